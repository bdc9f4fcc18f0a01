package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"authdeck/client/export"
	"authdeck/model"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestRowsAreWrittenAsTheyWere(t *testing.T) {
	for _, as := range model.Formats() {
		for name, got := range map[string]string{"tokens": written(as, tokens()...), "users": writtenUsers(as, users()...)} {
			path := filepath.Join("testdata", name+"."+string(as))
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil || got != string(want) {
				t.Errorf("%s differs, %v; look at it with -update and git diff", path, err)
			}
		}
	}
}

// undone takes off what docs/export.md says that is ours.
func undone(cell string) string {
	return regexp.MustCompile(`((?:^|[;؛])[ "]*)'('*[=+\-@＝＋－＠])`).ReplaceAllString(cell, "$1$2")
}

// table reads CSV: a map for each row.
func table(t *testing.T, text string) []map[string]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	all, err := r.ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatalf("%v in %.300q", err, text)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// objects reads an array, or an object a line.
func objects(t *testing.T, as model.Format, text string) (rows []map[string]any) {
	t.Helper()
	if as == model.JSONL {
		text = "[" + strings.Join(strings.Split(strings.TrimSuffix(text, "\n"), "\n"), ",") + "]"
	}
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		t.Fatalf("%v in %.300q", err, text)
	}
	return rows
}

// TestEveryFormatSaysTheSame holds CSV, read back and with our apostrophes taken off,
// against JSON, and both against the rows.
func TestEveryFormatSaysTheSame(t *testing.T) {
	all := tokens()
	sheet, array, lines := table(t, written(model.CSV, all...)), objects(t, model.JSON, written(model.JSON, all...)), objects(t, model.JSONL, written(model.JSONL, all...))
	if len(sheet) != len(all) || len(array) != len(all) || !reflect.DeepEqual(array, lines) {
		t.Fatalf("of %d rows there are %d, %d and %d", len(all), len(sheet), len(array), len(lines))
	}
	for i, row := range sheet {
		if array[i]["name"] != all[i].Name.String() || array[i]["description"] != all[i].Description.String() {
			t.Errorf("the name %q and the description %q of %+v", array[i]["name"], array[i]["description"], all[i])
		}
		for name, cell := range row {
			want := array[i][name]
			if list, is := want.([]any); is {
				var words []string
				for _, word := range list {
					words = append(words, word.(string))
				}
				want = strings.Join(words, ",")
			}
			if undone(cell) != want {
				t.Errorf("%s is %q in CSV and %q in JSON", name, cell, want)
			}
		}
	}
}

// TestNoCellIsAFormulaWhateverPartsCells looks at the lines as a program does that takes
// commas for cells, and as one does that takes semicolons.
func TestNoCellIsAFormulaWhateverPartsCells(t *testing.T) {
	run := regexp.MustCompile(`^[ "]*[=+\-@＝＋－＠\t\r]`)
	for _, token := range tokens() {
		text := written(model.CSV, token)
		for name, cell := range table(t, text)[0] {
			if run.MatchString(cell) {
				t.Errorf("%s of %q would be run: %q", name, token.Name, cell)
			}
		}
		for _, cell := range regexp.MustCompile(`[;؛\n]`).Split(strings.ReplaceAll(text, "\r\n", "\n"), -1) {
			if run.MatchString(cell) {
				t.Errorf("%q would be run between semicolons: %q", token.Name, cell)
			}
		}
	}
}

func TestAPythonReadsTheSame(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 here")
	}
	text := written(model.CSV, tokens()...)
	run := exec.Command(python, "-c", "import csv,json,sys,io\nprint(json.dumps(list(csv.DictReader(io.TextIOWrapper(sys.stdin.buffer,encoding='utf-8',newline=''),strict=True))))")
	run.Stdin = strings.NewReader(text)
	said, err := run.Output()
	var rows []map[string]string
	if err := errors.Join(err, json.Unmarshal(said, &rows)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(rows, table(t, text)) {
		t.Errorf("python3 has read %q", rows)
	}
}

func TestUnknownNeverAndNotApplicableAreThreeWords(t *testing.T) {
	rows := table(t, written(model.CSV, tokens()...))
	for i, want := range []map[string]string{
		{"expires": "2026-12-30T12:00:00Z", "updated": "unknown", "owner_active": "yes", "state": "active", "own": "no", "note": "unknown", "look": "unknown", "untold": "several"},
		{"expires": "never", "updated": "n/a", "last_used": "never", "created": "2025-01-01T08:30:00Z", "owner_active": "no", "own": "yes", "look": "inactive-owner,unused,old,never-expires"},
		{"expires": "2025-01-02T08:30:00Z", "state": "expired", "look": "expired", "untold": ""},
		{"expires": "unknown", "last_used": "unknown", "owner_active": "unknown", "state": "unknown", "look": "unknown-owner", "description": "", "id": "x␛[2J"},
	} {
		for name, cell := range want {
			if rows[i][name] != cell {
				t.Errorf("row %d: %s is %q, want %q", i, name, rows[i][name], cell)
			}
		}
	}
}

// TestARowOfAPersonSaysHowItWasMatchedAndHowSureThatIs does so in every format, in the last two
// columns, and rows of nobody in particular have none.
func TestARowOfAPersonSaysHowItWasMatchedAndHowSureThatIs(t *testing.T) {
	all := tokens()[:4]
	sheet, array, lines := table(t, writtenTied(model.CSV, all...)), objects(t, model.JSON, writtenTied(model.JSON, all...)), objects(t, model.JSONL, writtenTied(model.JSONL, all...))
	for i, sure := range []string{"yes", "no", "yes", "unknown"} {
		how := "user name only as in " + all[i].Owner.Username.String()
		if sheet[i]["how"] != how || sheet[i]["sure"] != sure {
			t.Errorf("row %d: %q, %q", i, sheet[i]["how"], sheet[i]["sure"])
		}
		if !reflect.DeepEqual(array[i], lines[i]) || array[i]["how"] != how || array[i]["sure"] != sure {
			t.Errorf("row %d: %v and %v", i, array[i], lines[i])
		}
	}
	if first, _, _ := strings.Cut(writtenTied(model.CSV), "\r\n"); !strings.HasSuffix(first, ",how,sure") {
		t.Errorf("the columns are %s", first)
	}
	if _, has := table(t, written(model.CSV, all...))[0]["how"]; has {
		t.Error("rows of nobody in particular say how they were matched")
	}
}

func TestNoRowsAreAHeadingAnArrayOrNothing(t *testing.T) {
	for as, want := range map[model.Format]string{model.JSON: "[]\n", model.JSONL: ""} {
		if got := written(as); got != want {
			t.Errorf("%s: %q", as, got)
		}
	}
	if got := table(t, written(model.CSV)); len(got) != 0 {
		t.Errorf("CSV: %q", got)
	}
}

func TestAFormatThatIsNoneIsRefused(t *testing.T) {
	if _, err := export.Tokens(&bytes.Buffer{}, model.Export{Format: "xlsx"}, of()); err == nil {
		t.Error("xlsx is taken for a format")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestAFullDiskIsAnErrorInEveryFormat(t *testing.T) {
	for _, as := range model.Formats() {
		w, err := export.Tokens(full{}, model.Export{Format: as}, of())
		for _, token := range tokens() {
			if err == nil {
				err = w.Row(&token)
			}
		}
		if err == nil {
			err = w.End(model.Exported{})
		}
		if err == nil || err.Error() != "the disk is full" {
			t.Errorf("%s: %v", as, err)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, row := range tokens() {
		f.Add(row.Name.String())
	}
	f.Add("\r\n")
	f.Add(`\.`)
	f.Fuzz(func(t *testing.T, came string) {
		token := model.Token{Name: model.Clean(came)}
		want := token.Name.String()
		if cell := table(t, written(model.CSV, token))[0]["name"]; undone(cell) != want {
			t.Errorf("%+q is %+q in CSV", want, cell)
		}
		for _, as := range []model.Format{model.JSON, model.JSONL} {
			if got := objects(t, as, written(as, token))[0]["name"]; got != want {
				t.Errorf("%+q is %+q in %s", want, got, as)
			}
		}
	})
}
