#!/bin/sh
# leaver.sh: somebody leaves. All tokens of theirs are ended in all systems, after somebody has
# read which, and an auditor gets a page about it.
#
#   leaver.sh plan  FOLDER NAME            who it is, and a plan of what would be deleted
#   leaver.sh apply FOLDER NAME ID TICKET  does it, looks at what is uncertain, writes the report
#
# NAME is the e-mail address, by which all systems know the same person. Between the two somebody
# reads FOLDER/plan.txt; ID stands in its first line, and is the yes to this plan and to no other.
# Where the configuration wants plans to be signed, somebody else does that in between:
#
#   authdeck plan sign FOLDER/plan.json
#
# It only ends tokens: switching accounts off is done elsewhere, and FOLDER/report.md has which
# ones can still sign in.
#
# Exit codes: 0 all of it is done; 3 there is nothing to delete; 4 a part is not done or nobody
# knows, or the report is not whole: run apply again; any other one is authdeck's own.
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
	authdeck person "$name" | tee "$folder/person.txt"
	authdeck plan delete --person "$name" --output "$folder/plan.json"
	authdeck plan show "$folder/plan.json" | tee "$folder/plan.txt"
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
