package export_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"authdeck/client/export"
	"authdeck/model"
)

// asked are tokens as a command writes them.
func asked(t *testing.T, e model.Export, of export.Of, done model.Exported, all ...model.Token) string {
	t.Helper()
	var out strings.Builder
	w, err := export.Tokens(&out, e, of)
	if err != nil {
		return err.Error()
	}
	for i := range all {
		err = errors.Join(err, w.Row(&all[i]))
	}
	if err := errors.Join(err, w.End(done)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestATabOrALinesEndIsInNoText writes what does harm, and counts: for nothing is quoted there.
func TestATabOrALinesEndIsInNoText(t *testing.T) {
	all := tokens()
	lines := strings.Split(asked(t, model.Export{Format: model.TSV}, of(), model.Exported{}, all...), "\n")
	if len(lines) != len(all)+2 || lines[len(lines)-1] != "" {
		t.Fatalf("of %d rows and the names there are %d lines", len(all), len(lines)-1)
	}
	names := export.Columns(model.TokenRows)
	if lines[0] != strings.Join(names, "\t") {
		t.Errorf("the names are %q", lines[0])
	}
	sheet := objects(t, model.JSONL, written(model.JSONL, all...))
	for i, line := range lines[1 : len(all)+1] {
		cells := strings.Split(line, "\t")
		if len(cells) != len(names) || strings.ContainsAny(line, "\x1b\r\x00\x7f") {
			t.Errorf("%q has %d cells, want %d", line, len(cells), len(names))
			continue
		}
		for j, name := range names {
			if text, is := sheet[i][name].(string); is && text != cells[j] {
				t.Errorf("%s is %q with tabs and %q in JSON", name, cells[j], text)
			}
		}
	}
}

func TestWhoeverWantsNoNamesGetsRowsAlone(t *testing.T) {
	for as, want := range map[model.Format]string{model.TSV: "1140\tci-deploy\n", model.CSV: "1140,ci-deploy\r\n", model.Table: "1140  ci-deploy\n"} {
		e := model.Export{Format: as, Bare: true, Columns: []string{"id", "name"}}
		if got := asked(t, e, of(), model.Exported{}, tokens()[0]); got != want {
			t.Errorf("%s: %q", as, got)
		}
	}
}

func TestColumnsAreThoseThatWereNamedInThatOrder(t *testing.T) {
	for as, want := range map[model.Format]string{
		model.CSV:      "owner,id\r\nali,1140\r\n",
		model.TSV:      "owner\tid\nali\t1140\n",
		model.Table:    "OWNER  ID\nali    1140\n",
		model.JSONL:    `{"owner":"ali","id":"1140"}` + "\n",
		model.Lines:    `{"schema":"authdeck/1","kind":"token","owner":"ali","id":"1140"}` + "\n",
		model.Document: `{"schema":"authdeck/1","kind":"tokens","tokens":[` + "\n" + `{"owner":"ali","id":"1140"}` + "\n" + `],"count":0,"whole":true,"note":"","untold":{"count":0,"fields":[]},"lacks":[]}` + "\n",
	} {
		if got := asked(t, model.Export{Format: as, Columns: []string{" Owner", "id"}}, of(), model.Exported{}, tokens()[0]); got != want {
			t.Errorf("%s: %q, want %q", as, got, want)
		}
	}
}

func TestAColumnThatIsNoneIsSaidWithTheNearestAndAll(t *testing.T) {
	for name, want := range map[string]string{
		"ownr":  `there is no column "ownr". Is it "owner"? There are system, id, name, kind, owner,`,
		"zzzzz": `there is no column "zzzzz". There are system, id,`,
		"":      `there is no column "". `,
		"id":    `the column "id" is named twice`,
		"how":   `there is no column "how". `, // of a person's rows alone
	} {
		if got := asked(t, model.Export{Format: model.TSV, Columns: []string{"id", name}}, of(), model.Exported{}); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// TestTheKindOfATokenAndThatOfADocumentAreTwoNames has it by its old name elsewhere.
func TestTheKindOfATokenAndThatOfADocumentAreTwoNames(t *testing.T) {
	for _, name := range []string{"kind", "type"} {
		e := model.Export{Format: model.Lines, Columns: []string{name}}
		if got := asked(t, e, of(), model.Exported{}, tokens()[0]); got != `{"schema":"authdeck/1","kind":"token","type":"api"}`+"\n" {
			t.Errorf("%s: %s", name, got)
		}
		if e.Format = model.TSV; asked(t, e, of(), model.Exported{}, tokens()[0]) != "kind\napi\n" {
			t.Errorf("%s has another name between tabs", name)
		}
	}
}

// TestCommandsSayOfARowWhatAFileSays holds the two forms of JSON against each other.
func TestCommandsSayOfARowWhatAFileSays(t *testing.T) {
	all := tokens()
	file := objects(t, model.JSONL, written(model.JSONL, all...))
	lines := objects(t, model.JSONL, asked(t, model.Export{Format: model.Lines}, of(), model.Exported{}, all...))
	var document struct{ Tokens []map[string]any }
	if err := json.Unmarshal([]byte(asked(t, model.Export{Format: model.Document}, of(), model.Exported{}, all...)), &document); err != nil {
		t.Fatal(err)
	}
	for i, row := range file {
		row["type"] = row["kind"]
		delete(row, "kind")
		one, err := export.Token(&all[i], of())
		var alone map[string]any
		if err := errors.Join(err, json.Unmarshal(one, &alone)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(row, document.Tokens[i]) || !reflect.DeepEqual(row, alone) {
			t.Errorf("%v in a file, %v in a document, %v alone", row, document.Tokens[i], alone)
		}
		row["schema"], row["kind"] = "authdeck/1", "token"
		if !reflect.DeepEqual(row, lines[i]) {
			t.Errorf("%v in a line", lines[i])
		}
	}
}

// TestADocumentThatWasCutOffIsNone is for whoever reads one whose writer was killed: of no part of
// it can be taken that it is a list.
func TestADocumentThatWasCutOffIsNone(t *testing.T) {
	whole := asked(t, model.Export{Format: model.Document}, of(), model.Exported{}, tokens()[:3]...)
	for end := range strings.TrimSuffix(whole, "\n") {
		if json.Valid([]byte(whole[:end])) {
			t.Fatalf("%q is taken for a document", whole[:end])
		}
	}
}

func TestADocumentSaysWhatIsNotInIt(t *testing.T) {
	done := model.Exported{Rows: 1, Cut: true, Note: "<yours> alone", Read: model.Sifted{Unsaid: 3, Untold: []string{"expires"}}}
	got := asked(t, model.Export{Format: model.Document, Columns: []string{"id"}, Lacks: []string{"shop: no answer"}}, of(), done, tokens()[0])
	if want := `],"count":1,"whole":false,"note":"<yours> alone","untold":{"count":3,"fields":["expires"]},"lacks":["shop: no answer"]}` + "\n"; !strings.HasSuffix(got, want) {
		t.Errorf("it ends %s", got)
	}
	for name, e := range map[string]struct {
		cut   bool
		lacks []string
	}{"cut": {true, nil}, "lacking": {false, []string{"shop: no answer"}}} {
		if got := asked(t, model.Export{Format: model.Document, Lacks: e.lacks}, of(), model.Exported{Cut: e.cut}); !strings.Contains(got, `"whole":false`) {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := asked(t, model.Export{Format: model.Document}, of(), model.Exported{}); got != `{"schema":"authdeck/1","kind":"tokens","tokens":[],"count":0,"whole":true,"note":"","untold":{"count":0,"fields":[]},"lacks":[]}`+"\n" {
		t.Errorf("without rows it is %s", got)
	}
}

// TestATableIsAlignedAndNoWiderThanTheTerminal has letters of one cell, of two and of none.
func TestATableIsAlignedAndNoWiderThanTheTerminal(t *testing.T) {
	all := tokens()[:3]
	all[1].Name, all[2].Name = model.Clean("東京の鍵"), model.Clean("e\u0301te\u0301")
	e := model.Export{Format: model.Table, Columns: []string{"id", "name", "owner", "expires"}}
	want := "ID    NAME       OWNER  EXPIRES\n1140  ci-deploy  ali    2026-12-30\n2     東京の鍵   ali    never\n3     e\u0301te\u0301        ali    2025-01-02\n"
	if got := asked(t, e, of(), model.Exported{}, all...); got != want {
		t.Errorf("it is\n%swant\n%s", got, want)
	}
	for _, width := range []int{1, 2, 20, 31, 60, 79, 200} {
		for line := range strings.Lines(asked(t, model.Export{Format: model.Table, Width: width}, of(), model.Exported{}, tokens()...)) {
			line = strings.TrimSuffix(line, "\n")
			if wide := uniseg.StringWidth(line); wide > width || strings.Contains(line, "\x1b") || !utf8.ValidString(line) {
				t.Errorf("in %d cells there are %d: %q", width, wide, line)
			}
		}
	}
}

// TestWhatIsTooWideGivesWayAndTheNumberDoesNot shortens the widest column.
func TestWhatIsTooWideGivesWayAndTheNumberDoesNot(t *testing.T) {
	long := tokens()[0]
	long.ID, long.Name = strings.Repeat("1", 20), model.Clean(strings.Repeat("n", 30))
	got := asked(t, model.Export{Format: model.Table, Columns: []string{"name", "id"}, Width: 40, Bare: true}, of(), model.Exported{}, long)
	if want := strings.Repeat("n", 17) + "…  " + strings.Repeat("1", 20) + "\n"; got != want {
		t.Errorf("it is %q", got)
	}
}

func TestOfSeveralSystemsATableSaysOfWhichARowIs(t *testing.T) {
	two := of()
	if got := asked(t, model.Export{Format: model.Table}, two, model.Exported{}); got != "ID  NAME  OWNER  STATE  EXPIRES  LAST_USED  LOOK\n" {
		t.Errorf("of one it is %q", got)
	}
	two.Systems = append(two.Systems, model.Info{Name: "shop"})
	if got := asked(t, model.Export{Format: model.Table}, two, model.Exported{}); !strings.HasPrefix(got, "SYSTEM  ID  ") {
		t.Errorf("of two it is %q", got)
	}
}

// TestWhatComesLaterFindsItsColumnsWideEnough has a page whose names are longer than before.
func TestWhatComesLaterFindsItsColumnsWideEnough(t *testing.T) {
	var out strings.Builder
	w, err := export.Tokens(&out, model.Export{Format: model.Table, Columns: []string{"name", "owner"}}, of())
	first, later := tokens()[0], tokens()[1]
	later.Name = model.Clean("a-longer-name")
	if err := errors.Join(err, w.Row(&first), w.Flush(), w.Row(&later), w.Flush(), w.Row(&first), w.Flush()); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != "NAME       OWNER\nci-deploy  ali\na-longer-name  ali\nci-deploy      ali\n" {
		t.Errorf("it is\n%s", got)
	}
}

// TestAFullDiskIsAnErrorOfCommandsToo writes each of their formats to nowhere.
func TestAFullDiskIsAnErrorOfCommandsToo(t *testing.T) {
	for _, as := range []model.Format{model.TSV, model.Table, model.Lines, model.Document} {
		w, err := export.Tokens(full{}, model.Export{Format: as}, of())
		for _, token := range tokens() {
			err = errors.Join(err, w.Row(&token))
		}
		if err = errors.Join(err, w.End(model.Exported{})); err == nil || !strings.Contains(err.Error(), "the disk is full") {
			t.Errorf("%s: %v", as, err)
		}
	}
}
