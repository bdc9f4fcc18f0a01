#!/usr/bin/env bash
# Program.Kill of Bubble Tea v1 closes the input while the goroutine that reads it may still
# wait there. At an orderly end the reader is cancelled, waited for and closed; at a killed
# one the wait is left out, and the reader of muesli/cancelreader still asks the files for
# their descriptors that are being closed. Go's race detector says so, now and then; without it the
# descriptor that is waited on may by then belong to somebody else. The documentation of
# Kill speaks of a final render that is skipped, not of a goroutine that is left behind.
# To send the program its own Quit ends it without that.
#
# Seen with bubbletea v1.3.10 and cancelreader v0.2.2, Go 1.26.8, Linux: some of 400 killed
# programs have the race, none of 400 that quit. Needs go, a C compiler for -race, and the
# module proxy; GOTOOLCHAIN=go1.26.8 asks for that Go.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'MOD'
module finding

go 1.26
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"io"
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

type still struct{}

func (still) Init() tea.Cmd                         { return nil }
func (s still) Update(tea.Msg) (tea.Model, tea.Cmd) { return s, nil }
func (still) View() string                          { return "" }

// end runs a program that another goroutine ends. Nothing is ever typed.
func end(how func(*tea.Program)) {
	in, typing, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	p := tea.NewProgram(still{}, tea.WithInput(in), tea.WithOutput(io.Discard), tea.WithoutSignals())
	go how(p)
	_, _ = p.Run()
	_, _ = typing.Close(), in.Close()
}

func main() {
	how := map[string]func(*tea.Program){"kill": (*tea.Program).Kill, "quit": (*tea.Program).Quit}[os.Args[1]]
	for range 400 {
		end(how)
	}
	fmt.Println("400 ended")
}
GO
export GOTOOLCHAIN=${GOTOOLCHAIN:-local} GOFLAGS=-mod=mod
go version
go get github.com/charmbracelet/bubbletea@v1.3.10 github.com/muesli/cancelreader@v0.2.2 2>/dev/null
go build -race -o ends .
export GORACE='halt_on_error=0 exitcode=66'
for how in kill quit; do
  code=0
  said=$(timeout 120 ./ends "$how" 2>&1) || code=$?
  grep -q '^400 ended$' <<<"$said" || { printf '%s\n' "$said" | tail -20; echo "$how: the programs did not end"; exit 1; }
  raced=no
  grep -q 'epollCancelReader).Close' <<<"$said" && raced=yes
  echo "$how: exit code $code, a race with the closing of the reader: $raced"
  case "$how $code $raced" in
    'kill 66 yes' | 'quit 0 no') ;;
    *) echo "it behaves otherwise now"; exit 1 ;;
  esac
done
