package export_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"authdeck/model"
)

// documented is docs/export.md.
func documented(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// cut is what stands between two marks.
func cut(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, begins := strings.Cut(text, from)
	part, _, ends := strings.Cut(rest, to)
	if !begins || !ends {
		t.Fatalf("docs/export.md has nothing between %q and %q", from, to)
	}
	return part
}

// TestEveryFieldIsDocumented wants no field without a line and no line without a field.
func TestEveryFieldIsDocumented(t *testing.T) {
	text := documented(t)
	for part, written := range map[string]string{
		cut(t, text, "## Tokens", "## Users"):      written(model.CSV),
		cut(t, text, "## Users", "## Of a person"): writtenUsers(model.CSV),
		cut(t, text, "## Of a person", "## Values"): strings.TrimPrefix(
			strings.TrimSpace(writtenTied(model.CSV)), strings.TrimSpace(written(model.CSV))+","),
	} {
		var told []string
		for line := range strings.Lines(part) {
			if cells := strings.Split(line, "|"); len(cells) > 2 && strings.Contains(cells[1], "`") {
				told = append(told, strings.Split(strings.NewReplacer("`", "", " ", "").Replace(cells[1]), ",")...)
			}
		}
		for name := range strings.SplitSeq(strings.TrimSpace(written), ",") {
			if at := strings.Index(" "+strings.Join(told, " ")+" ", " "+name+" "); at < 0 {
				t.Errorf("docs/export.md does not tell of %s", name)
			}
		}
		if len(told) != len(strings.Split(written, ",")) {
			t.Errorf("docs/export.md tells of %s, and there are %s", told, written)
		}
	}
}

// TestThePythonOfTheDocumentsGivesTheTextsBack runs it as it stands there.
func TestThePythonOfTheDocumentsGivesTheTextsBack(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 here")
	}
	code := cut(t, documented(t), "```python\n", "```")
	run := exec.Command(python, "-c", code+"\nimport csv,json,sys,io\nsheet=csv.DictReader(io.TextIOWrapper(sys.stdin.buffer,encoding='utf-8',newline=''),strict=True)\nprint(json.dumps([original(row['name']) for row in sheet]))")
	run.Stdin = strings.NewReader(written(model.CSV, tokens()...))
	said, err := run.Output()
	var names []string
	if err := errors.Join(err, json.Unmarshal(said, &names)); err != nil {
		t.Fatal(err)
	}
	if len(names) != len(tokens()) {
		t.Fatalf("there are %d rows, and %d were written", len(names), len(tokens()))
	}
	for i, token := range tokens() {
		if names[i] != token.Name.String() {
			t.Errorf("%q has become %q", token.Name, names[i])
		}
	}
}
