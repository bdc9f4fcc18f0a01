package audit_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/audit"
)

// documented is docs/audit.md.
func documented(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/audit.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fields are the members of a line, in their order.
func fields(of reflect.Type) (names []string) {
	for f := range of.Fields() {
		if f.Anonymous {
			names = append(names, fields(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// TestEveryFieldIsDocumented wants the table to have the fields of a line, in their order,
// and no others.
func TestEveryFieldIsDocumented(t *testing.T) {
	_, table, _ := strings.Cut(documented(t), "| field | what it is |")
	table, _, _ = strings.Cut(table, "```")
	var told []string
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, "|"); len(cells) > 2 && strings.Contains(cells[1], "`") {
			told = append(told, strings.Split(strings.NewReplacer("`", "", " ", "").Replace(cells[1]), ",")...)
		}
	}
	if want := fields(reflect.TypeFor[audit.Entry]()); !slices.Equal(told, want) {
		t.Errorf("docs/audit.md tells of\n%s, and a line has\n%s", told, want)
	}
}

// TestEveryWordIsDocumented looks for what stands in a field of few words.
func TestEveryWordIsDocumented(t *testing.T) {
	words := []string{audit.Schema, string(audit.AboutTo), string(audit.Outcome), string(audit.Looked), string(audit.Resumed), string(audit.Continued), audit.Done, audit.Shows, audit.NotShown, audit.CannotTell}
	for _, a := range model.Actions() {
		words = append(words, a.String())
	}
	for k := model.Internal; k <= model.Refused; k++ {
		if k != model.Unopened && k != model.Unrecorded { // neither comes to a line
			words = append(words, k.String())
		}
	}
	for _, w := range words {
		if !strings.Contains(documented(t), "`"+w+"`") {
			t.Errorf("docs/audit.md does not tell of %q", w)
		}
	}
}

// TestThePythonOfTheDocumentsVerifiesToo runs it as it stands there.
func TestThePythonOfTheDocumentsVerifiesToo(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 here")
	}
	_, code, _ := strings.Cut(documented(t), "```python\n")
	code, _, _ = strings.Cut(code, "```")
	lines, head := written(t, 5)
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	before := filepath.Join(t.TempDir(), "audit-00000002.jsonl")
	run := func(lines []string) (string, error) { // in two parts
		for to, part := range map[string][]string{before: lines[:2], path: lines[2:]} {
			if err := os.WriteFile(to, []byte(strings.Join(part, "")), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		said, err := exec.Command(python, "-c", code, before, path).CombinedOutput()
		return string(said), err
	}
	if said, err := run(lines); err != nil || said != "5 "+head.Hash+"\n" {
		t.Errorf("%q, %v", said, err)
	}
	lines[2] = strings.Replace(lines[2], "sara", "lara", 1)
	if said, err := run(lines); err == nil || !strings.Contains(said, "line 3 is not as it was written") {
		t.Errorf("%q, %v", said, err)
	}
}
