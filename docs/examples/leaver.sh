#!/bin/sh
# leaver.sh: somebody leaves. All tokens of theirs are ended in all systems, after somebody has
# read which, and an auditor gets a page about it.
#
#   leaver.sh plan  FOLDER NAME            who it is, and a plan of what would be deleted
#   leaver.sh apply FOLDER NAME ID TICKET  does it, looks at what is uncertain, writes the report
#
# NAME is the e-mail address: by a user name alone nothing is sure, and only what is sure to be
# theirs is in the plan. Between the two somebody reads FOLDER/plan.txt; ID stands in its first
# line, and is the yes to this plan and to no other. Where the configuration wants plans to be
# signed, somebody else does that in between:
#
#   authdeck plan sign FOLDER/plan.json
#
# It only ends tokens: switching accounts off is done elsewhere, and FOLDER/report.md says which
# can still sign in. It needs jq.
#
# Exit codes: 0 all of it is done; 4 a part is not done, or nobody knows, or the report is not
# whole: run apply again; any other one is authdeck's own: 1 nobody is found, or no
# token of theirs; 2 it is another plan; 5 a rule of yours forbids it.
set -eu

usage() {
	echo "usage: leaver.sh plan FOLDER NAME | leaver.sh apply FOLDER NAME ID TICKET" >&2
	exit 2
}

[ $# -ge 3 ] || usage
step=$1 folder=$2 name=$3
shift 3
umask 077

case $step in
plan)
	[ $# -eq 0 ] || usage
	mkdir -p "$folder"
	authdeck person "$name" --json >"$folder/person.json"
	theirs=$(jq -r '[.accounts[] | select(.sure == "yes") | "(system=\(.system) owner_id=\(.id | tojson))"]
		| join(" or ")' "$folder/person.json")
	authdeck plan delete "$theirs" --output "$folder/plan.json" >&2
	authdeck plan show "$folder/plan.json" >"$folder/plan.txt"
	cat "$folder/plan.txt"
	;;
apply)
	[ $# -eq 2 ] || usage
	code=0
	authdeck apply "$folder/plan.json" --id "$1" --yes --reason "$2" || code=$?
	case $code in
	0) ;;
	4) authdeck apply "$folder/plan.json" --look || true ;; # what became of the uncertain ones
	*) exit "$code" ;;
	esac
	authdeck report person "$name" --output "$folder/report.md" --force || code=4
	exit "$code"
	;;
*)
	usage
	;;
esac
