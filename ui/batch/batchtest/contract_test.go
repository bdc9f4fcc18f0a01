package batchtest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"authdeck/ui/batch/batchtest"
)

// failed is a test that says whether it failed.
type failed struct {
	testing.TB
	words string
}

func (f *failed) Helper() {}

func (f *failed) Errorf(format string, words ...any) { f.words += fmt.Sprintf(format, words...) }

// TestWhatIsNotInTheContractIsFound has each of them differ in one thing from what may be.
func TestWhatIsNotInTheContractIsFound(t *testing.T) {
	const tail = `,"count":1,"whole":true,"note":"","untold":{"count":0,"fields":[]},"lacks":[]}`
	for written, holds := range map[string]bool{
		`{"schema":"authdeck/1","kind":"tokens","tokens":[{"id":"7","expires":"never"}]` + tail:                   true,
		`{"schema":"authdeck/1","kind":"token","id":"7"}` + "\n" + `{"schema":"authdeck/1","kind":"user"}` + "\n": true,
		`{"schema":"authdeck/2","kind":"token","id":"7"}`:                                                         false,
		`{"schema":"authdeck/1","kind":"key"}`:                                                                    false,
		`{"kind":"token","schema":"authdeck/1"}`:                                                                  false,
		`{"schema":"authdeck/1","kind":"token","colour":"red"}`:                                                   false,
		`{"schema":"authdeck/1","kind":"token","id":7}`:                                                           false,
		`{"schema":"authdeck/1","kind":"token","expires":"2026-11-30T12:00:00.5Z"}`:                               false,
		`{"schema":"authdeck/1","kind":"token","expires":"2026-11-30T12:00:00+03:30"}`:                            false,
		`{"schema":"authdeck/1","kind":"token","expires":null}`:                                                   false,
		`{"schema":"authdeck/1","kind":"token","owner_active":"maybe"}`:                                           false,
		`{"schema":"authdeck/1","kind":"token","name":"a\u001b[2J"}`:                                              false,
		`{"schema":"authdeck/1","kind":"token"}` + "\n" + `{"schema":"authd`:                                      false,
		`{"schema":"authdeck/1","kind":"tokens","tokens":[{"id":"7"}]`:                                            false,
		`{"schema":"authdeck/1","kind":"tokens","tokens":[]}`:                                                     false,
		`{"schema":"authdeck/1","kind":"tokens","tokens":[{"colour":"red"}]` + tail:                               false,
		`{"schema":"authdeck/1","kind":"tokens","tokens":[{"kind":"api"}]` + tail:                                 false,
		``: false,
	} {
		f := &failed{TB: t}
		if batchtest.Holds(f, []byte(written)); (f.words == "") != holds {
			t.Errorf("%s: %q", written, f.words)
		}
	}
}

// TestEachFieldOfTheContractIsDocumentedAndNoOther holds docs/json.md against the schema: each
// section that is called as a definition is tells of its fields, those below them included.
func TestEachFieldOfTheContractIsDocumentedAndNoOther(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(batchtest.Document(t, "authdeck-1.schema.json"), &schema); err != nil {
		t.Fatal(err)
	}
	defs, _ := schema["$defs"].(map[string]any)
	sections := sectionsOf(string(batchtest.Document(t, "json.md")))
	for _, kind := range kindsOf(schema) {
		if _, told := sections[kind]; !told || defs[kind] == nil {
			t.Errorf("docs/json.md or the schema does not tell of the kind %s", kind)
		}
	}
	for name, told := range sections {
		if defs[name] == nil {
			t.Errorf("docs/json.md tells of %s, which is nothing in the schema", name)
			continue
		}
		var fields []string
		below(defs, sections, defs[name], "", &fields)
		if name == "report" {
			report := string(batchtest.Document(t, "report.md"))
			for _, field := range fields {
				if last := field[strings.LastIndex(field, ".")+1:]; !strings.Contains(report, "`"+strings.TrimSuffix(last, "[]")+"`") {
					t.Errorf("docs/report.md does not tell of %s", field)
				}
			}
			continue
		}
		for _, field := range fields {
			if !slices.Contains(told, field) {
				t.Errorf("docs/json.md does not tell of %s in %s", field, name)
			}
		}
		for _, field := range told {
			if !slices.Contains(fields, field) {
				t.Errorf("docs/json.md tells of %s in %s, which is not there", field, name)
			}
		}
	}
}

func kindsOf(schema map[string]any) (kinds []string) {
	properties, _ := schema["properties"].(map[string]any)
	kind, _ := properties["kind"].(map[string]any)
	all, _ := kind["enum"].([]any)
	for _, one := range all {
		kinds = append(kinds, one.(string))
	}
	return kinds
}

// sectionsOf are the fields of which a page tells, by the definition that a section is called
// after.
func sectionsOf(page string) map[string][]string {
	sections, name := map[string][]string{}, ""
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		if heading, is := strings.CutPrefix(line, "## "); is {
			if name = ""; strings.HasPrefix(heading, "`") {
				name = strings.Trim(heading, "`")
				sections[name] = nil
			}
			continue
		}
		cells := strings.Split(line, "|")
		if name == "" || len(cells) < 4 || !strings.Contains(cells[1], "`") {
			continue
		}
		for field := range strings.SplitSeq(strings.NewReplacer("`", "", " ", "").Replace(cells[1]), ",") {
			sections[name] = append(sections[name], field)
		}
	}
	return sections
}

// below adds the fields of a schema, but for those of a definition that has a section of its own.
func below(defs map[string]any, sections map[string][]string, schema any, path string, fields *[]string) {
	at, _ := schema.(map[string]any)
	if to, is := at["$ref"].(string); is {
		name := strings.TrimPrefix(to, "#/$defs/")
		if _, own := sections[name]; !own {
			below(defs, sections, defs[name], path, fields)
		}
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		several, _ := at[keyword].([]any)
		for _, one := range several {
			below(defs, sections, one, path, fields)
		}
	}
	if items, is := at["items"]; is {
		below(defs, sections, items, path+"[]", fields)
	}
	properties, _ := at["properties"].(map[string]any)
	for name, field := range properties {
		full := strings.TrimPrefix(path+"."+name, ".")
		*fields = append(*fields, full)
		below(defs, sections, field, full, fields)
	}
}
