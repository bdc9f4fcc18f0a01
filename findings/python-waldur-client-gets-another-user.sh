#!/usr/bin/env bash
# python-waldur-client 0.6.4: get_user("alice") asks `/api/users/?name_exact=alice`. Waldur
# has no such filter for users (they have user names, and `username` is the filter), and a
# Django filter set takes no notice of a parameter that it does not know, so that the
# answer is everybody whom the caller may see. With one such user that one is returned,
# whatever the name; with more, names that exist raise MultipleObjectsReturned.
#
# Seen with Python 3.11. Needs python3 with venv.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check python-waldur-client==0.6.4
cat >finding.py <<'PYTHON'
import http.server
import json
import threading
from urllib.parse import parse_qs, urlsplit

from waldur_client import WaldurClient, WaldurClientException

users = [{"username": "bob"}]


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        print("  asked:", self.path)
        found = [u for u in users if u["username"] in query.get("username", [u["username"]])]
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = WaldurClient("http://127.0.0.1:%d/api" % server.server_port, "key")


def outcome(name):
    try:
        return client.get_user(name)["username"]
    except WaldurClientException as error:
        return type(error).__name__


print("bob alone, alice is asked for:", outcome("alice"))
users.append({"username": "alice"})
print("both, alice is asked for:", outcome("alice"))
PYTHON
said=$(venv/bin/python finding.py)
printf '%s\n' "$said"
want='  asked: /api/users/?name_exact=alice
bob alone, alice is asked for: bob
  asked: /api/users/?name_exact=alice
both, alice is asked for: MultipleObjectsReturned'
[ "$said" = "$want" ] || { echo "it behaves otherwise now"; exit 1; }
