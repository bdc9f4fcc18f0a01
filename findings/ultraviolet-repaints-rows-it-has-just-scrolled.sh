#!/usr/bin/env bash
# The painter of Bubble Tea v2 moves the rows of a scrolling list on the screen with one
# line feed, and then writes each of them that has a wide letter again from its first
# column: a list of Chinese names pays for the scrolling and for the whole screen. A row
# that is drawn into the buffer again as it was, which Bubble Tea does with every row of
# every frame, is written again as well; that is issue 163 of ultraviolet, which is
# closed. The same list with names in ASCII costs a row.
#
# Seen with github.com/charmbracelet/ultraviolet v0.0.0-20261008173134-6b8d4baf91b4 (of
# Bubble Tea v2.1.1) under Go 1.26, 20 rows of 30 columns:
#   ascii: same frame 0 bytes, scroll by one 20 bytes, of 19 rows that were moved 0 are written again
#   wide: same frame 712 bytes, scroll by one 714 bytes, of 19 rows that were moved 19 are written again
# Needs go.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'MOD'
module finding

go 1.25.0

require (
	github.com/charmbracelet/ultraviolet v0.0.0-20261008173134-6b8d4baf91b4
	github.com/charmbracelet/x/ansi v0.11.9
)
MOD
cat >main.go <<'GO'
package main

import (
	"bytes"
	"fmt"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

const width, height = 30, 20

func rows(name string, first int) []string {
	var all []string
	for i := first; i < first+height; i++ {
		all = append(all, fmt.Sprintf("row-%02d %s", i, name))
	}
	return all
}

func measure(kind, name string) {
	var wire bytes.Buffer
	renderer := uv.NewTerminalRenderer(&wire, []string{"TERM=xterm-256color"})
	renderer.SetFullscreen(true)
	renderer.SetRelativeCursor(false)
	renderer.SetScrollOptim(true)
	screen := uv.NewScreenBuffer(width, height)
	screen.Method = ansi.GraphemeWidth
	frame := func(rows []string) string {
		wire.Reset()
		screen.Clear()
		uv.NewStyledString(strings.Join(rows, "\n")).Draw(screen, screen.Bounds())
		renderer.Render(screen.RenderBuffer)
		_ = renderer.Flush()
		return wire.String()
	}
	renderer.Erase()
	frame(rows(name, 10))
	same := frame(rows(name, 10))
	scrolled := frame(rows(name, 11))
	again := strings.Count(scrolled, "row-") - 1 // one of them is new
	if !strings.HasPrefix(scrolled, "\r\n") { // at the last row, where the frame before had ended
		fmt.Println("it does not scroll")
	}
	fmt.Printf("%s: same frame %d bytes, scroll by one %d bytes, of 19 rows that were moved %d are written again\n",
		kind, len(same), len(scrolled), again)
}

func main() {
	measure("ascii", "Adam Miller")
	measure("wide", "张伟")
}
GO
go mod tidy 2>/dev/null
said=$(timeout 120 go run .)
printf '%s\n' "$said"
wanted='ascii: same frame 0 bytes, scroll by one 20 bytes, of 19 rows that were moved 0 are written again
wide: same frame 712 bytes, scroll by one 714 bytes, of 19 rows that were moved 19 are written again'
[ "$said" = "$wanted" ] || { echo "it behaves otherwise now"; exit 1; }
