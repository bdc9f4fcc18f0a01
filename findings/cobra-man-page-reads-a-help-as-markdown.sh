#!/usr/bin/env bash
# cobra v1.10.2, doc.GenManTree, with what is a plain help on a terminal:
#
#   - A help is taken for Markdown: <FILE> is taken for HTML and is gone from the page,
#     and so are the stars of *.go*.
#   - An option stands there with its default in place of what it wants: the help says
#     "--out FILE", and the page --out="".
#   - SOURCE_DATE_EPOCH is heeded, and gives the month of the local time zone: one moment, and two
#     different pages, so that a build is not reproducible with it.
#
# Seen with Go 1.26. Needs go and its proxy.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >main.go <<'GO'
package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func main() {
	cmd := &cobra.Command{
		Use: "program", Short: "Reads files.", Run: func(*cobra.Command, []string) {},
		Long: "Reads <FILE>, such as *.go*.",
	}
	cmd.Flags().String("out", "", "write to `FILE`")
	if len(os.Args) > 1 {
		cmd.Execute()
	} else if err := doc.GenManTree(cmd, nil, "."); err != nil {
		panic(err)
	}
}
GO
cat >go.mod <<'MOD'
module finding

go 1.25

require github.com/spf13/cobra v1.10.2
MOD
go mod tidy >/dev/null 2>&1
go build -o program .

./program --help | grep -F -e '<FILE>, or *.go and *.md.' -e '--out FILE'
SOURCE_DATE_EPOCH=1796081400 TZ=UTC ./program
echo "---"
grep -e '^Reads' -e 'out' -e '^.TH' program.1
! grep -qF '<FILE>' program.1 || { echo "<FILE> stays now"; exit 1; }
! grep -qF '*' program.1 || { echo "the stars stay now"; exit 1; }
grep -qF 'out\fP=""' program.1 || { echo "an option is shown in another way now"; exit 1; }
grep -qF '"Nov 2026"' program.1 || { echo "the date is another one now"; exit 1; }
SOURCE_DATE_EPOCH=1796081400 TZ=Asia/Tehran ZONEINFO=$(go env GOROOT)/lib/time/zoneinfo.zip ./program
grep '^.TH' program.1
grep -qF '"Dec 2026"' program.1 || { echo "one moment is one date in two time zones now"; exit 1; }
echo "words are gone, and one moment is two dates"
