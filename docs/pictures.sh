#!/usr/bin/env bash
# Remakes the pictures of the README from the running demo, in a dark and in a light
# terminal: docs/NAME-dark.png, docs/NAME-light.png, and docs/job-*.svg, which moves. Needs
# go, tmux, Chromium, and fonts for every script (Debian: chromium fonts-dejavu-core
# fonts-noto-core fonts-noto-cjk).
#
# Of the environment: AUTHDECK (a built program instead of this folder's), CHROMIUM, and
# PICTURES_OUT (a folder instead of docs).
set -euo pipefail
cd "$(dirname "$0")/.."

# What is waited for before a screen is kept. Who changes these words in the console
# changes them here.
listed='page 1 of'            # a page of a list has come
detailed='last used'          # details of a token
somebody='ali.ahmadi'         # a page of users has come
detailed_user='@shop.example' # … of a user
asked='Regenerate token'      # the question before a change
answered='The new key of'     # a new key
kept='only you can read'      # … which has been written to a file
picking='for yourself'        # for which user a new token is
fields='Create a token on'    # … and its form
person='a person in 5 systems' # … of whom
planned='Nothing has been sent' # a plan that was made
systems='5 systems'
asking='asking…'              # a system has not answered yet
counting=' …  '               # … or its tokens have not been counted
found='deploy-old-jenkins'    # what a search for jenkins finds, and no first page has

say() { printf 'pictures: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$chromium" ] || fail "Chromium is needed: chromium, chromium-browser or google-chrome, or what CHROMIUM names"
for program in go tmux fc-list; do command -v "$program" >/dev/null || fail "$program is needed"; done
for font in 'DejaVu Sans Mono' 'Noto Sans Arabic' 'Noto Sans Mono CJK SC'; do
  fc-list -q "$font" || fail "the font $font is needed (Debian: fonts-dejavu-core fonts-noto-core fonts-noto-cjk)"
done

export LC_ALL=C.UTF-8
out=$(realpath "${PICTURES_OUT:-docs}")
work=$(mktemp -d)
export TMUX_TMPDIR=$work # tmux leaves its sockets behind
opened=0 # a server that is ending would take the next session with it, so each has its own
tmux() { command tmux -L "authdeck-pictures-$$-$opened" -f /dev/null "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$work"' EXIT

authdeck=${AUTHDECK:-$work/authdeck}
[ -n "${AUTHDECK:-}" ] || go build -o "$authdeck" .
(cd docs/tools && go build -o "$work/picture" ./picture)

on_screen() { tmux capture-pane -p | grep -qF -- "$1"; }

# until_seen WORDS, until_gone WORDS: ten seconds at most.
until_seen() {
  for _ in $(seq 200); do
    ! on_screen "$1" || return 0
    sleep 0.05
  done
  tmux capture-pane -p >&2
  fail "“$1” did not come to the screen"
}
until_gone() {
  for _ in $(seq 200); do
    on_screen "$1" || return 0
    sleep 0.05
  done
  fail "“$1” did not leave the screen"
}

press() { tmux send-keys "$@"; }

# answer KEY WORDS: what has only just come to the screen hears nothing in its first
# moments, so it is told again.
answer() {
  for _ in $(seq 20); do
    press "$1"
    for _ in $(seq 10); do
      ! on_screen "$2" || return 0
      sleep 0.05
    done
  done
  fail "“$2” did not follow the key $1"
}

# open LINES SYSTEM: the demo's console in a window of 104 columns.
open() {
  tmux kill-server 2>/dev/null || true
  opened=$((opened + 1))
  mkdir -p "$work/$opened" # a new home, where no key lies
  tmux new-session -d -x 104 -y "$1" "HOME=$work/$opened AUTHDECK_BACKGROUND=$background $authdeck demo --listen 127.0.0.1:8199 --system $2" \; set -g status off
  until_seen "$listed"
}

# keep NAME [CAPTION]: the screen, when it has stood still, and where its cursor is.
keep() {
  local before='' now
  while now=$(tmux capture-pane -peN) && [ "$now" != "$before" ]; do
    before=$now
    sleep 0.3
  done
  {
    tmux display-message -p "#{pane_width} #{pane_height} #{cursor_x} #{cursor_y} #{cursor_flag} ${2:-}"
    printf '%s\n' "$now"
  } >"$work/$1"
}

# still NAME: the screen as a PNG.
still() {
  local name="$1-$background" size
  keep "$name"
  "$work/picture" still "$background" "$work/$name" >"$work/$name.svg"
  size=$(sed -n 's/.* width="\([0-9]*\)" height="\([0-9]*\)" font-size.*/\1,\2/p' "$work/$name.svg" | head -1)
  printf '<body style="margin:0;background:transparent">%s' "$(cat "$work/$name.svg")" >"$work/$name.html"
  photograph "$work/$name.html" "$work/$name.png" "$size"
  "$work/picture" small "$work/$name.png" "$out/$name.png"
  say "$name.png, $(stat -c %s "$out/$name.png") bytes"
}

photograph() {
  local sandbox=()
  [ "$(id -u)" != 0 ] || sandbox=(--no-sandbox) # Chromium has none for root
  HOME=$work "$chromium" --headless "${sandbox[@]}" --disable-gpu --hide-scrollbars --force-device-scale-factor=2 \
    --default-background-color=00000000 --screenshot="$2" --window-size="$3" "file://$1" >"$work/chromium" 2>&1 || true
  [ -s "$2" ] || fail "Chromium took no picture: $(tail -3 "$work/chromium")"
}

# frame KEY|WORDS SECONDS: one more screen of the film, and what was pressed.
frame() {
  local name
  name=frame-$background-$(printf %02d ${#film[@]})
  keep "$name" "$1"
  film+=("$work/$name=$2")
}

stills() {
  open 26 shop
  press j j j j Enter
  until_seen "$detailed"
  still tokens
  press Escape
  until_gone "$detailed"
  press r
  until_seen "$asked"
  still question
  answer y "$answered"
  still key
  open 26 idp
  press c
  until_seen "$picking"
  answer Tab "$fields"
  press ci-deploy
  until_seen ci-deploy
  still form
  open 26 tower
  press 2
  until_seen "$somebody"
  press j j j j j Enter
  until_seen "$detailed_user"
  still people
  open 20 shop
  press /chloe Enter
  until_seen chloe.dupre
  press p
  until_seen "$person"
  until_seen pult
  press '*'
  until_seen '3 marked'
  press d
  until_seen "$planned"
  still plan
  open 20 idp
  press 0
  until_seen "$systems"
  until_gone "$asking"
  until_gone "$counting"
  still systems
}

# job is the film: a token that nobody can vouch for gets another key.
job() {
  film=()
  open 26 idp
  frame '|the tokens of a system' 2
  press /
  frame '/|search' 1
  press jenkins
  until_seen jenkins
  frame 'jenkins|' 1.5
  press Enter
  until_seen "$found"
  frame 'enter|all that has to do with it' 2
  press G
  frame 'G|the last one: its owner is switched off, and it never expires' 3
  press r
  until_seen "$asked"
  frame 'r|regenerate it: nothing is done before you say so' 4
  answer y "$answered"
  frame 'y|the new key, masked until you want to see it' 3
  press w
  until_seen "$kept"
  frame 'w|written to a file' 4
  press Escape
  until_gone "$answered"
  frame 'esc|' 2.5
  "$work/picture" film "$background" "${film[@]}" >"$out/job-$background.svg"
  say "job-$background.svg, $(stat -c %s "$out/job-$background.svg") bytes"
}

for background in dark light; do
  stills
  job
done
