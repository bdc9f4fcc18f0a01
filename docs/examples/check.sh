#!/bin/sh
# check.sh: whether tokens end soon, for cron. It is silent where all is well, so that cron has
# nothing to mail; else it says so in one line on the standard error.
#
#   check.sh FILE.prom [QUERY...] [--warn 14d] [--crit 3d] [--system NAME]...
#
# The figures go to FILE.prom, in the folder of the node exporter's textfile collector, whatever
# they are. Every quarter of an hour, with a log in place of mail:
#
#   */15 * * * *  check.sh /var/lib/prometheus/node-exporter/authdeck.prom 2>> /var/log/authdeck-check.log
#
# Exit codes, those of monitoring plugins: 0 OK; 1 warning; 2 critical; 3 unknown.
set -u

if [ $# -lt 1 ]; then
	echo "usage: check.sh FILE.prom [QUERY...] [--warn 14d] [--crit 3d] [--system NAME]..." >&2
	exit 3
fi
file=$1
shift

said=$(authdeck check --prometheus "$file" "$@")
code=$?
if [ "$code" -ne 0 ]; then
	printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${said%% |*}" >&2 # without the figures
fi
exit "$code"
