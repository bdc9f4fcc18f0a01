package client_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"authdeck/client"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// TestAnExportHoldsEveryRowAndNoKey writes both lists of every system in every format.
func TestAnExportHoldsEveryRowAndNoKey(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		totals := map[model.Rows]int{model.UserRows: must(w.api.Users(t.Context(), model.Query{Size: 7}))(t).Total}
		if withTokens(w.subject) {
			totals[model.TokenRows] = must(w.api.Tokens(t.Context(), model.Query{Size: 7}))(t).Total
		}
		for rows, total := range totals {
			for _, as := range model.Formats() {
				path := filepath.Join(t.TempDir(), "rows")
				done, err := client.Export(t.Context(), w.api, model.Export{Rows: rows, Format: as, Path: path})
				if err != nil {
					t.Fatal(err)
				}
				content := must(os.ReadFile(path))(t)
				redacttest.Hides(t, "the file", string(content))
				ids := idsIn(t, as, content)
				if len(ids) != total || done.Rows != total || done.Read.Total != total {
					t.Errorf("%s as %s: of %d there are %d in the file, and it is said: %+v", rows, as, total, len(ids), done)
				}
				for id, times := range ids {
					if times != 1 {
						t.Errorf("%s as %s: %s comes %d times", rows, as, id, times)
					}
				}
			}
		}
	})
}

// idsIn are the names that a system gives its rows, with how often each is in a file.
func idsIn(t *testing.T, as model.Format, content []byte) map[string]int {
	t.Helper()
	ids := map[string]int{}
	var rows []struct{ ID string }
	switch as {
	case model.CSV:
		for _, row := range must(csv.NewReader(bytes.NewReader(content)).ReadAll())(t)[1:] {
			ids[row[1]]++
		}
	case model.JSONL:
		content = append(append([]byte("["), bytes.Join(bytes.Split(bytes.TrimSpace(content), []byte("\n")), []byte(","))...), ']')
		fallthrough
	case model.JSON:
		if err := json.Unmarshal(content, &rows); err != nil {
			t.Fatal(err)
		}
	case model.Document, model.Lines, model.TSV, model.Table:
		t.Fatalf("no file is written as %s", as)
	}
	for _, row := range rows {
		ids[row.ID]++
	}
	return ids
}

// TestAYesANoAndWhatCannotBeToldAreAllRows exports three files of one question.
func TestAYesANoAndWhatCannotBeToldAreAllRows(t *testing.T) {
	forThose(t, withTokensInEarnest, func(t *testing.T, w *world) {
		total := must(w.api.Tokens(t.Context(), model.Query{Size: 7}))(t).Total
		for _, where := range []string{"expires:never", "age>1y", "is:look", "used<90d"} {
			sum, folder := 0, t.TempDir()
			for name, q := range map[string]model.Query{"yes": {Where: where}, "no": {Where: "-" + where}, "untold": {Where: where, Untold: true}} {
				e := model.Export{Rows: model.TokenRows, Format: model.CSV, Path: filepath.Join(folder, name), Query: q}
				sum += must(client.Export(t.Context(), w.api, e))(t).Rows
			}
			if sum != total {
				t.Errorf("%s: %d rows in three files, and there are %d", where, sum, total)
			}
		}
	})
}
