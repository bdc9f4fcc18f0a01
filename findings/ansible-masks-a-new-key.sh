#!/usr/bin/env bash
# awx.awx 24.6.1 under ansible-core 2.19.14: a token that a play makes in the way of the
# module's own example, with `controller_oauthtoken: "{{ controller_token }}"` (the
# fact that another one returned), comes back with a key that is not its key. All values of
# that dict count as secrets then, `user: 1` among them, and whatever is like one is
# masked in the answer: each 1 in the new key becomes eight asterisks. The server shows a
# key once, so this one is lost, and the task says changed and nothing else.
# With `controller_token.token`, which is a string, the key comes as it is.
#
# Seen with Python 3.11. Needs python3 with venv, and loads 55 MB.
set -euo pipefail
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check ansible-core==2.19.14
venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps ansible==12.3.0
venv/bin/python -m zipfile -e ansible-12.3.0-*.whl unpacked

cat >server.py <<'PYTHON'
import http.server
import json

KEYS = iter(["AzO5vG7kQmWd2bYx8LrT3nHcPf6uJe", "Kp2Wm1ZtQhV7cRxYbN4dLfGs8Ju3Ea", "japqWU0iMnGxaycNKRmmwXrg1FpdTe"])


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        key = next(KEYS)
        print("made", key, flush=True)
        self.answer(201, {"id": 41, "type": "o_auth2_access_token", "url": "/api/v2/tokens/41/", "user": 1, "token": key,
                          "refresh_token": None, "application": None, "scope": "write", **body})

    def do_GET(self):
        self.answer(200, {"current_version": "/api/v2/", "available_versions": {"v2": "/api/v2/"}})

    def answer(self, status, body):
        body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Server)
print("http://127.0.0.1:%d" % server.server_port, flush=True)
server.serve_forever()
PYTHON
python3 server.py >said_by_server &
server=$!
until [ -s said_by_server ]; do kill -0 "$server" || exit 1; sleep 0.1; done

cat >play.yml <<'YAML'
- hosts: localhost
  gather_facts: false
  module_defaults:
    awx.awx.token: {controller_host: "{{ host }}", validate_certs: false}
  tasks:
    - awx.awx.token: {description: first, controller_oauthtoken: "a-key"}
    - awx.awx.token: {description: by the string, controller_oauthtoken: "{{ controller_token.token }}"}
      register: by_string
    - awx.awx.token: {description: by the dict, controller_oauthtoken: "{{ controller_token }}"}
      register: by_dict
    - copy:
        dest: "{{ playbook_dir }}/returned"
        content: |
          {{ by_string.changed }} {{ by_string.ansible_facts.controller_token.token }}
          {{ by_dict.changed }} {{ by_dict.ansible_facts.controller_token.token }}
YAML
HOME=$folder ANSIBLE_COLLECTIONS_PATH=$folder/unpacked venv/bin/ansible-playbook -i localhost, -c local \
  -e host="$(head -n 1 said_by_server)" -e ansible_python_interpreter="$folder/venv/bin/python" play.yml >said_by_ansible 2>&1 ||
  { cat said_by_ansible; exit 1; }
echo "the server made:"; sed -n 's/^made /  /p' said_by_server | tail -n 2
echo "the tasks returned:"; sed 's/^/  /' returned
want='True Kp2Wm1ZtQhV7cRxYbN4dLfGs8Ju3Ea
True japqWU0iMnGxaycNKRmmwXrg********FpdTe'
[ "$(cat returned)" = "$want" ] || { echo "it behaves otherwise now"; exit 1; }
