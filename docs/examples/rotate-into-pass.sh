#!/bin/sh
# rotate-into-pass.sh: a token gets a new key, which goes into pass (https://www.passwordstore.org)
# and nowhere else. Nobody sees it, and it is in no file in clear.
#
#   rotate-into-pass.sh SYSTEM ID PASS-NAME TICKET
#
# SYSTEM is its name in the configuration, ID the exact one of the token (authdeck tokens), and
# PASS-NAME is what pass calls the key, which is put in the place of the old one there.
#
# Exit codes: 0 the new key is in pass; 4 the token has a new key, and it is not: it is kept
# sealed, and authdeck keys take hands it over; 5 a rule of yours forbids it; any other one is
# authdeck's own, and nothing was changed.
set -eu

if [ $# -ne 4 ]; then
	echo "usage: rotate-into-pass.sh SYSTEM ID PASS-NAME TICKET" >&2
	exit 2
fi
command -v pass >/dev/null || {
	echo "rotate-into-pass.sh: there is no pass here; nothing was done" >&2
	exit 1
}

authdeck token rotate "$1" "$2" --yes --reason "$4" --key-to-command -- pass insert --multiline --force "$3"
