#!/usr/bin/env bash
# cyclonedx-gomod v1.10.0, "bin -licenses", of a program that was built in the folder of its source:
# no module has a licence, and of each it says "module not in cache", and all of them are there.
# It asks for the modules twenty at a time with one command, the main one among the first; that one
# nobody can download, the command fails, and the answers for the nineteen others are dropped with
# it. It ends with 0: of a program of 36 modules 17 have a licence. "app -licenses", in the folder
# of the source, has all of them; it ends with 1 where that is no git repository.
#
# Seen with Go 1.26. Needs go and its proxy.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GOFLAGS=-trimpath CGO_ENABLED=0
GOBIN=$folder/tools go install github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
mkdir "$folder/program"
cd "$folder/program"
cat >main.go <<'GO'
package main

import "github.com/spf13/cobra"

func main() { _ = (&cobra.Command{Use: "program", Run: func(*cobra.Command, []string) {}}).Execute() }
GO
cat >go.mod <<'MOD'
module program

go 1.25

require github.com/spf13/cobra v1.10.2
MOD
go mod tidy >/dev/null 2>&1
go mod download
go build -buildvcs=false -o ../built .

licences() { grep -c '"licenses"' "$1" || true; }
../tools/cyclonedx-gomod bin -licenses -json -output ../bin.json ../built 2>../said
if ../tools/cyclonedx-gomod app -licenses -json -output ../app.json . >../without 2>&1; then
	echo "app needs no git now"
	exit 1
fi
grep -o 'failed to determine version.*found' ../without
git init -q .
git add .
git -c user.name=nobody -c user.email=nobody@example.org commit -qm program
git tag v1.0.0
../tools/cyclonedx-gomod app -licenses -json -output ../app.json . 2>/dev/null
printf 'bin: %s with a licence; app: %s\n' "$(licences ../bin.json)" "$(licences ../app.json)"
grep -q 'spf13/cobra' ../bin.json || { echo "bin does not name cobra now"; exit 1; }
[ "$(licences ../bin.json)" = 0 ] || { echo "bin finds licences now"; exit 1; }
[ "$(licences ../app.json)" = 2 ] || { echo "app finds other licences now"; exit 1; }
sed 's/\x1b\[[0-9;]*m//g' ../said | grep 'spf13/cobra.*not in cache' || { echo "it says something else of cobra now"; exit 1; }
[ -d "$(go list -m -f '{{.Dir}}' github.com/spf13/cobra)" ]
echo "and cobra is in $(go env GOMODCACHE)"
