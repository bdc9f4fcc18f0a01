package inventory_test

import (
	"errors"
	"strings"
	"testing"

	"authdeck/model/inventory"
)

// FuzzNothingElseIsTakenForAnInventory has any bytes in place of a part of one. Whatever they are,
// what is read as good is what was written, and what is wrong is wrong at a line that there is.
func FuzzNothingElseIsTakenForAnInventory(f *testing.F) {
	file, sum := saved(f, head(), system{name: "idp", tokens: some("1", "2")}, system{name: "shop", why: "down"})
	for _, seed := range []string{"", "\n", "{}\n", "x", `{"schema":"authdeck/1","kind":"inventory","number":1,`, `,"hash":"`, file} {
		for _, at := range []uint{0, 1, uint(len(file) / 2), uint(len(file))} {
			f.Add(at, uint(len(seed)), seed)
		}
	}
	f.Fuzz(func(t *testing.T, at, cut uint, put string) {
		from := at % uint(len(file)+1)
		till := from + cut%(uint(len(file))-from+1)
		content := file[:from] + put + file[till:]
		got, err := verified(strings.NewReader(content))
		if (err == nil) != (content == file) || err == nil && got.Hash != sum.Hash {
			t.Fatalf("%q: %+v, %v", content, got, err)
		}
		if wrong, is := errors.AsType[*inventory.LineError](err); is && (wrong.Line < 1 || wrong.Line > strings.Count(content, "\n")+1 || wrong.Words == "") {
			t.Fatalf("%q: %v", content, err)
		}
	})
}
