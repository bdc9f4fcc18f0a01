package rotation_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"authdeck/model/rotation"
)

// names are the names of a line's fields, and of those within them.
func names(t *testing.T, line []byte) (all []string) {
	t.Helper()
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil {
		t.Fatal(err)
	}
	for name, value := range fields {
		all = append(all, name)
		if name == "old" || name == "new" {
			all = append(all, names(t, value)...)
		}
	}
	return all
}

func TestTheDocumentOfRotationsHasEveryFieldAndEveryStep(t *testing.T) {
	doc, err := os.ReadFile("../../docs/rotation.md")
	if err != nil {
		t.Fatal(err)
	}
	first := begun()
	words := names(t, rotation.Head(&first))
	for what, step := range every() {
		words = append(append(words, string(what)), names(t, rotation.Line(step))...)
	}
	for _, m := range []rotation.Manner{rotation.ToFile, rotation.Seen, rotation.ToClipboard, rotation.ToPipe, rotation.ToCommand, rotation.ToldSo} {
		words = append(words, string(m))
	}
	for _, w := range append(words, rotation.Schema) {
		if !strings.Contains(string(doc), "`"+w+"`") {
			t.Errorf("docs/rotation.md does not tell of %q", w)
		}
	}
}
