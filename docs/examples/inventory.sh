#!/bin/sh
# inventory.sh: what came, went and changed among all tokens since the last inventory: the
# evidence of an access review.
#
#   inventory.sh FOLDER [--config FILE] [--system NAME]...
#
# It writes FOLDER/inventory-2026-11-30.jsonl, which has every token of every system without its
# key, and is never written over, and prints what is different from the one before. Once a month
# from cron:
#
#   0 6 1 * *  /usr/local/bin/inventory.sh /var/lib/authdeck/inventories
#
# Exit codes: 0 nothing is different, or it is the first one; 3 something is; any other one is
# authdeck's own, and the difference was not looked for.
set -eu

if [ $# -lt 1 ]; then
	echo "usage: inventory.sh FOLDER [--config FILE] [--system NAME]..." >&2
	exit 2
fi
folder=$1
shift

umask 077
mkdir -p "$folder"
before=
for file in "$folder"/inventory-*.jsonl; do # in the order of their days
	[ -e "$file" ] && before=$file
done

now=$folder/inventory-$(date -u +%Y-%m-%d).jsonl
authdeck inventory save "$now" "$@"
if [ -z "$before" ]; then
	echo "inventory.sh: $now is the first one" >&2
	exit 0
fi
authdeck inventory diff "$before" "$now"
