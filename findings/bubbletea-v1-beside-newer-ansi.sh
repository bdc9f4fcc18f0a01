#!/usr/bin/env bash
# Bubble Tea v1.3.10 does not build beside github.com/charmbracelet/x/ansi v0.11.9 by
# itself: the x/cellbuf that lipgloss v1.1.0 asks for was written against an older ansi,
# and minimal version selection has no reason to raise it. Naming x/cellbuf v0.0.15 in
# go.mod is enough.
#
# Seen with Go 1.26: the first build fails in x/cellbuf, the second one succeeds. Needs go.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >main.go <<'GO'
package main

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

func main() { fmt.Println(ansi.StringWidth("three"), tea.KeyEnter) }
GO
cat >go.mod <<'MOD'
module finding

go 1.25

require (
	github.com/charmbracelet/bubbletea v1.3.10
	github.com/charmbracelet/x/ansi v0.11.9
)
MOD
go mod tidy >/dev/null 2>&1

if said=$(go build -o one . 2>&1); then
	echo "it builds without naming x/cellbuf now"
	exit 1
fi
printf '%s\n' "$said" | head -n 3
grep -q 'x/cellbuf' <<<"$said" || { echo "it fails for another reason now"; exit 1; }

go get github.com/charmbracelet/x/cellbuf@v0.0.15 >/dev/null 2>&1
go build -o two .
[ "$(./two)" = "5 enter" ]
echo "with x/cellbuf v0.0.15 it builds"
