#!/bin/sh
# leaked.sh: a key was found where it does not belong. Whose it is, is asked of the systems, its
# token is ended, and the systems are asked once more. It needs jq.
#
#   leaked.sh TICKET < FILE-WITH-THE-KEY
#
# The key is an argument of no command, so that no list of processes shows it. Who is asked gets to
# see the key: name the systems with --system in whose below where it must not be all.
#
# Exit codes: 0 it opens nothing any more; 1 it still opens something, or a system could not be
# asked; 3 no system knew it; any other one is authdeck's own.
set -eu

if [ $# -ne 1 ]; then
	echo "usage: leaked.sh TICKET < FILE-WITH-THE-KEY" >&2
	exit 2
fi
IFS= read -r key

whose() { # 3 where somebody knows the key
	code=0
	printf '%s\n' "$key" | authdeck whose --json || code=$?
	return "$code"
}

code=0
found=$(whose) || code=$?
case $code in
0) echo "leaked.sh: no system knows this key" >&2; exit 3 ;;
3) ;;
*) exit "$code" ;;
esac
printf '%s\n' "$found" | jq -r '.systems[] | select(.known == "yes" and .token != null) | [.system, .token.id] | @tsv' | while IFS='	' read -r system id; do
	authdeck token delete "$system" "$id" --yes --reason "$1" </dev/null
done
whose >/dev/null || {
	echo "leaked.sh: the key still opens something" >&2
	exit 1
}
echo "leaked.sh: the key opens nothing any more" >&2
