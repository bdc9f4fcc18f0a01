package export_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"authdeck/client"
	"authdeck/model"
)

// endless is a system with as many tokens as a test wants, none of which is held.
type endless struct {
	model.API
	tokens int
	fails  func(from int) error // of the page that begins there; nil for none
}

func (e *endless) Info() model.Info { return info() }

func (e *endless) Tokens(_ context.Context, q model.Query) (model.Page[model.Token], error) {
	from, _ := strconv.Atoi(string(q.At))
	if e.fails != nil {
		if err := e.fails(from); err != nil {
			return model.Page[model.Token]{}, err
		}
	}
	page := model.Page[model.Token]{Total: e.tokens, Note: "yours alone"}
	end, token := min(from+q.Size, e.tokens), model.Token{Name: model.Clean("token"), Expires: model.Not(model.Never)}
	for n := from; n < end; n++ {
		token.ID = strconv.Itoa(n)
		page.Items = append(page.Items, token)
	}
	if end < e.tokens {
		page.Next = model.Cursor(strconv.Itoa(end))
	}
	return page, nil
}

// TestAMillionRowsWouldTakeNoMoreMemory writes 200,000 and looks again and again at what is
// in use: a kept list of them takes 200 MiB, and what knows doubles again takes four. What a question
// finds takes no more: of 40,000 a kept list takes 40.
func TestAMillionRowsWouldTakeNoMoreMemory(t *testing.T) {
	const most = 8 << 20
	inUse := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for where, tokens := range map[string]int{"": 200_000, "expires:never": 40_000} {
		start, highest := inUse(), uint64(0)
		q := model.Query{Where: where, Told: func(s model.Sifted) {
			if s.Read%20_000 == 0 {
				highest = max(highest, inUse())
			}
		}}
		done, err := client.WriteRows(t.Context(), &endless{tokens: tokens}, model.Export{Rows: model.TokenRows, Format: model.JSONL, Query: q}, io.Discard)
		if err != nil || done.Rows != tokens || highest == 0 {
			t.Fatalf("%d rows, %v", done.Rows, err)
		}
		if highest > start+most {
			t.Errorf("%q: %d KiB more are in use while they are written", where, (highest-start)>>10)
		}
	}
}

func target(t *testing.T) (path string, left func() string) {
	folder := t.TempDir()
	return filepath.Join(folder, "tokens.csv"), func() string {
		found := ""
		entries, err := os.ReadDir(folder)
		for _, e := range entries {
			content, bad := os.ReadFile(filepath.Join(folder, e.Name()))
			err = errors.Join(err, bad)
			found += fmt.Sprintf("%s: %.40s", e.Name(), content)
		}
		if err != nil {
			t.Error(err)
		}
		return found
	}
}

// TestWhateverEndsAnExportLeavesWhatWasThere gives up, and has a system fail, in the middle:
// with a file there and without one.
func TestWhateverEndsAnExportLeavesWhatWasThere(t *testing.T) {
	broken := model.Fail(model.Unavailable, "the server has gone")
	for _, before := range []string{"", "tokens.csv: old"} {
		for name, end := range map[string]func(cancel func()) error{
			"given up": func(cancel func()) error { cancel(); return nil },
			"failed":   func(func()) error { return broken },
		} {
			path, left := target(t)
			if before != "" {
				if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			ctx, cancel := context.WithCancel(t.Context())
			api := &endless{tokens: 5000, fails: func(from int) error {
				if from < 2000 {
					return nil
				}
				return end(cancel)
			}}
			e := model.Export{Rows: model.TokenRows, Format: model.CSV, Path: path, Replace: true}
			_, err := client.Export(ctx, api, e)
			if kind := model.KindOf(err); err == nil || kind != model.Cancelled && kind != model.Unavailable || left() != before {
				t.Errorf("%s: %v, and there is %q, want %q", name, err, left(), before)
			}
			cancel()
		}
	}
}

func TestAnExistingFileIsReplacedOnlyIfThatIsWanted(t *testing.T) {
	path, left := target(t)
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := model.Export{Rows: model.TokenRows, Format: model.JSONL, Path: path}
	api := &endless{tokens: 3, fails: func(int) error { t.Error("the system was asked"); return nil }}
	if _, err := client.Export(t.Context(), api, e); !errors.Is(err, fs.ErrExist) || left() != "tokens.csv: old" {
		t.Errorf("%v, and there is %q", err, left())
	}
	e.Replace, api.fails = true, nil
	done, err := client.Export(t.Context(), api, e)
	if err != nil || done.Rows != 3 || done.Note != "yours alone" || left() != `tokens.csv: {"system":"id-prod","id":"0","name":"tok` {
		t.Errorf("%+v, %v, and there is %q", done, err, left())
	}
}

func TestProgressIsTold(t *testing.T) {
	path, _ := target(t)
	var told []model.Sifted
	q := model.Query{Told: func(s model.Sifted) { told = append(told, s) }}
	done, err := client.Export(t.Context(), &endless{tokens: 450}, model.Export{Rows: model.TokenRows, Format: model.CSV, Path: path, Query: q})
	if err != nil || len(told) != 3 || told[1].Read != 400 || told[1].Total != 450 || done.Read.Read != 450 {
		t.Errorf("told %+v, done %+v, %v", told, done, err)
	}
}

func TestWhatIsNoListIsNotWritten(t *testing.T) {
	path, left := target(t)
	for _, e := range []model.Export{{Rows: "keys", Format: model.CSV, Path: path}, {Rows: model.TokenRows, Format: "xlsx", Path: path}} {
		if _, err := client.Export(t.Context(), &endless{tokens: 3}, e); err == nil || left() != "" {
			t.Errorf("%+v: %v, and there is %q", e, err, left())
		}
	}
}
