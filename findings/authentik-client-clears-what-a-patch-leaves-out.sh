#!/usr/bin/env bash
# authentik-client 2026.8.5 (2026.5.8 and 2025.12.6 too): a partial update that was made by
# from_dict or from_json sends null for every nullable field that the dict does not have.
# {"description": "x"} goes out with "managed": null and "expires": null, which asks the
# server to take away a token's mark and its date too; a user's new name with "last_login":
# null. The same model made by its constructor, or by pydantic's own model_validate, sends
# what it was given and nothing else.
#
# The generated from_dict hands `obj.get("expires")` to model_validate, and thereby sets
# the field; to_dict keeps a null that was set.
#
# Seen with Python 3.11 and pydantic 2. Needs python3 with venv.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check authentik-client==2026.8.5
cat >finding.py <<'PYTHON'
import http.server
import json
import threading

import authentik_client as ak

bodies = []


class Server(http.server.BaseHTTPRequestHandler):
    def do_PATCH(self):
        bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(403)  # what it would answer is beside the point
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
core = ak.CoreApi(ak.ApiClient(ak.Configuration(host="http://127.0.0.1:%d" % server.server_port)))


def sent(call, address, model):
    try:
        call(address, model)
    except ak.ApiException:
        pass
    return json.dumps(bodies.pop(), sort_keys=True)


change = {"description": "x"}
for how, model in (("constructor", ak.PatchedTokenRequest(**change)),
                   ("model_validate", ak.PatchedTokenRequest.model_validate(change)),
                   ("from_dict", ak.PatchedTokenRequest.from_dict(change)),
                   ("from_json", ak.PatchedTokenRequest.from_json('{"description": "x"}'))):
    print(f"token, {how}:", sent(core.core_tokens_partial_update, "deploy", model))
print("user, from_dict:", sent(core.core_users_partial_update, 7, ak.PatchedUserRequest.from_dict({"name": "n"})))
PYTHON
said=$(venv/bin/python finding.py)
printf '%s\n' "$said"
want='token, constructor: {"description": "x"}
token, model_validate: {"description": "x"}
token, from_dict: {"description": "x", "expires": null, "managed": null}
token, from_json: {"description": "x", "expires": null, "managed": null}
user, from_dict: {"last_login": null, "name": "n"}'
[ "$said" = "$want" ] || { echo "it behaves otherwise now"; exit 1; }
