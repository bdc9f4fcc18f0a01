#!/usr/bin/env bash
# Measures authdeck beside a bare Bubble Tea v1 program, on the demo with 10,000
# tokens: bench.sh [PATH-OF-ptybench.py]. That program measures through a
# pseudo-terminal and prints one JSON object a line; without it only the Go
# benchmarks run.
set -euo pipefail
cd "$(dirname "$0")/.."

bench=${1:-}
gobench() { go test -run '^$' -bench . -benchmem ./ui/... ./client/... | grep -E '^(pkg|Benchmark)'; }
if [ -z "$bench" ]; then
  echo "bench: no ptybench.py named; only the Go benchmarks run" >&2
  gobench
  exit
fi
[ -f "$bench" ] || { echo "bench: $bench is not there" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

go build -trimpath -ldflags='-s -w' -o "$work/authdeck" .
go build -trimpath -ldflags='-s -w' -o "$work/bare" ./ui/terminal/testdata/bare

measure() { # NAME PROGRAM [OPTION...]
  local name=$1 program=$2
  shift 2
  printf '%-28s ' "$name"
  # shellcheck disable=SC2086
  python3 "$bench" --size 100x30 "$@" -- $program
}

for round in 1 2 3; do
  measure "bare, round $round" "$work/bare"
  measure "authdeck, round $round" "$work/authdeck demo --tokens 10000"
done
measure "authdeck, 240 users" "$work/authdeck demo"
measure "bare, silent terminal" "$work/bare" --silent -n 1 --idle 1
measure "authdeck, silent terminal" "$work/authdeck demo --tokens 10000" --silent -n 1 --idle 1
measure "bare, 400 ms round trip" "$work/bare" --rtt 0.4 -n 1 --idle 1
measure "authdeck, 400 ms round trip" "$work/authdeck demo --tokens 10000" --rtt 0.4 -n 1 --idle 1

gobench
