#!/usr/bin/env bash
# Remakes the pictures of the README from the running demo, in tmux.
# Needs go, tmux and a UTF-8 locale; nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
tmux() { command tmux -L authdeck-pictures -f /dev/null "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$work"' EXIT

go build -o "$work/authdeck" .
(cd docs/tools && go build -o "$work/freeze" github.com/charmbracelet/freeze)

# until WORDS: wait for words on the screen, ten seconds at most.
until_seen() {
  for _ in $(seq 100); do
    tmux capture-pane -p | grep -qF -- "$1" && return
    sleep 0.1
  done
  echo "pictures: “$1” did not come to the screen" >&2
  exit 1
}

# shot NAME: the screen as a picture. freeze knows neither reverse nor faint, nor
# a reset of the colour alone, so these are spelt in colours. With a width it
# does not draw four times as large, and without a PATH it draws by itself, in
# its own font.
shot() {
  tmux capture-pane -pe |
    sed -e 's/\x1b\[39m/\x1b[0m/g; s/\x1b\[7m/\x1b[36m/g; s/\x1b\[2m/\x1b[90m/g' >"$work/$1.ansi"
  PATH= "$work/freeze" --language ansi --window --padding 24 --font.size 18 --line-height 1.3 \
    --width 1160 --output "docs/$1.png" "$work/$1.ansi" >/dev/null
  chmod 644 "docs/$1.png"
}

export LC_ALL=C.UTF-8 COLORTERM=truecolor
tmux new-session -d -x 100 -y 26 "$work/authdeck demo"
tmux set -g status off
until_seen 'page 1 of'
tmux send-keys j j j j
until_seen '› amirhoss'
shot tokens
tmux send-keys r
until_seen 'y yes'
shot question
tmux send-keys n
until_seen 'Nothing was done'
tmux send-keys 0
until_seen '5 systems'
until_seen 'saymon'
tmux resize-window -x 100 -y 12
sleep 1
shot systems
