#!/usr/bin/env bash
# Measures authdeck beside the build before and beside bare programs of Bubble Tea v1
# and v2, all in one run and in turn: bench.sh [PATH-OF-ptybench.py]. That program
# measures through a pseudo-terminal; without it only the Go benchmarks run.
#
# It prints what docs/performance.md has, and names the file that keeps every figure
# that it was made from. A whole run takes about half an hour. Of the environment:
# BEFORE (a commit), ROUNDS (of each program on the first TERM; on the others it is
# one), STARTS, COUNT (of each Go benchmark), TERMS and BENCH_OUT (a folder).
set -euo pipefail
cd "$(dirname "$0")/.."

bench=${1:-}
before=${BEFORE:-5a6ab0e}
rounds=${ROUNDS:-3} starts=${STARTS:-15} count=${COUNT:-10}
read -ra terms <<<"${TERMS:-xterm-256color tmux-256color screen-256color}"
benchstat=golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da

say() { printf 'bench: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
[ -z "$bench" ] || [ -f "$bench" ] || fail "$bench is not there"
git cat-file -e "$before^{commit}" || fail "the build before, $before, is not in this clone"

out=${BENCH_OUT:-$(mktemp -d)}
mkdir -p "$out"
results=$out/results.jsonl
: >"$results"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

small() { go build -trimpath -ldflags='-s -w' -o "$work/$1" .; }
mkdir "$work/tree"
git archive "$before" | tar -x -C "$work/tree"
small now
(cd "$work/tree" && small before)
(cd docs/bench/bare1 && small bare1)
(cd docs/bench/bare2 && small bare2)

# measure PROGRAM ROWS TERM [OPTION...]: one measurement, one line of the results. Rows
# of ASCII are those of the people of one name, and measure.py looks whether they are.
measure() {
  local program=$1 rows=$2 term=$3 options=() run
  shift 3
  case $program in
    now | before)
      run=("$work/$program" demo --tokens 10000)
      options=(--frame Systems --row active)
      [ "$rows" = mixed ] || options+=(--before $'/smith\r')
      ;;
    few) run=("$work/now" demo) options=(--frame Systems --row active) ;;
    bare2-by-one) run=("$work/bare2" "$rows" by-one) options=(--frame active --row active) ;;
    *) run=("$work/$program" "$rows") options=(--frame active --row active) ;;
  esac
  say "$program, rows $rows, $term $*"
  python3 docs/bench/measure.py "$bench" --as program="$program" --as rows="$rows" --as term="$term" \
    --size 100x30 --env TERM="$term" "${options[@]}" "$@" -- "${run[@]}" >>"$results"
}

script() { if [ "$1" = mixed ]; then echo wide; else echo ascii; fi; }

frames() { # each program on each kind of rows, in turn
  local term=$1 rows program
  shift
  for rows in mixed ascii; do
    for program in "$@"; do
      measure "$program" "$rows" "$term" --script "$(script "$rows")" -n 60 --idle 10
    done
  done
}

beginnings() { # the start alone, without a key
  local program
  for _ in $(seq "$starts"); do
    for program in now before bare1 bare2; do measure "$program" mixed "${terms[0]}" --starts --as start=plain; done
  done
  for program in now before bare1 bare2; do
    measure "$program" mixed "${terms[0]}" --starts --silent --as start=silent
    measure "$program" mixed "${terms[0]}" --starts --rtt 0.4 --as start=far
  done
  for _ in 1 2 3; do measure few mixed "${terms[0]}" --starts --as start=plain; done
}

# others measures what other people's programs cost, where there are any: lazygit in its
# list of commits, awx-tui as it starts.
others() {
  local program run
  git init -q "$work/repository"
  for i in $(seq 200); do
    git -C "$work/repository" -c user.name=bench -c user.email=bench@host.invalid commit -q --allow-empty -m "change $i"
  done
  mkdir -p "$work/config/lazygit"
  echo 'disableStartupPopups: true' >"$work/config/lazygit/config.yml"
  for program in lazygit awx-tui; do
    if ! command -v "$program" >/dev/null; then
      echo "{\"program\": \"$program\", \"missing\": \"is not installed here\"}" >>"$results"
      continue
    fi
    run=("$program")
    [ "$program" != lazygit ] || run+=(--path "$work/repository")
    say "$program"
    python3 docs/bench/measure.py "$bench" --as program="$program" --as rows=own --as term="${terms[0]}" --size 100x30 \
      --env XDG_CONFIG_HOME="$work/config" --before "$([ "$program" != lazygit ] || echo 4)" -n 60 --idle 10 -- "${run[@]}" >>"$results" ||
      echo "{\"program\": \"$program\", \"missing\": \"could not be measured\"}" >>"$results"
  done
}

# gobench measures View and a move of both builds in turn, as a machine is not equally
# fast all the time.
gobench() {
  go test -c -o "$work/now.test" ./ui
  (cd "$work/tree" && go test -c -o "$work/before.test" ./ui)
  for _ in $(seq "$count"); do
    (cd ui && "$work/now.test" -test.run '^$' -test.bench . -test.benchmem) >>"$out/now.txt"
    (cd "$work/tree/ui" && "$work/before.test" -test.run '^$' -test.bench . -test.benchmem) >>"$out/before.txt"
  done
  (cd "$out" && go run "$benchstat" before.txt now.txt) >"$out/benchstat.txt"
}

rm -f "$out/now.txt" "$out/before.txt"
if [ -n "$bench" ]; then
  for _ in $(seq "$rounds"); do frames "${terms[0]}" now before bare1 bare2 bare2-by-one; done
  for term in "${terms[@]:1}"; do frames "$term" now before bare1 bare2; done
  beginnings
  others
else
  say "no ptybench.py named; only the Go benchmarks run"
fi
say "the Go benchmarks of ui, $count times in both builds"
gobench
say "the Go benchmarks of the demo"
go test -run '^$' -bench . -benchmem ./client/... | grep -E '^(pkg|Benchmark)' >"$out/demo.txt"
python3 docs/bench/table.py "$before" "$out" | tee "$out/table.md"
say "every figure is in $out"
