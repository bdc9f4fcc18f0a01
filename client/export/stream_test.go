package export_test

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"authdeck/client"
	"authdeck/model"
)

// heard is what came out by each time that a page was asked for.
type heard struct {
	strings.Builder
	by map[int]int // lines, by the first row of the page
}

func (h *heard) at(from int) error {
	h.by[from] = strings.Count(h.String(), "\n")
	return nil
}

// TestRowsAreThereBeforeTheNextPageIsAskedFor is for whoever reads along, in each format that a
// program or a person reads from a pipe.
func TestRowsAreThereBeforeTheNextPageIsAskedFor(t *testing.T) {
	for _, as := range []model.Format{model.CSV, model.TSV, model.Table, model.Lines, model.Document} {
		out := &heard{by: map[int]int{}}
		_, err := client.WriteRows(t.Context(), &endless{tokens: 450, fails: out.at}, model.Export{Rows: model.TokenRows, Format: as, Columns: []string{"id"}}, out)
		if err != nil || len(out.by) != 3 || out.by[0] > 1 || out.by[200] < 200 || out.by[400] < 400 {
			t.Errorf("%s: %v, lines by each page: %v", as, err, out.by)
		}
	}
}

func TestALimitEndsTheReadingWithItsLastRow(t *testing.T) {
	for limit, want := range map[int]struct {
		rows, pages int
		cut         bool
	}{1: {1, 1, true}, 199: {199, 1, true}, 200: {200, 1, true}, 201: {201, 2, true}, 450: {450, 3, false}, 451: {450, 3, false}, 0: {450, 3, false}} {
		out := &heard{by: map[int]int{}}
		done, err := client.WriteRows(t.Context(), &endless{tokens: 450, fails: out.at}, model.Export{Rows: model.TokenRows, Format: model.Lines, Limit: limit}, out)
		if err != nil || done.Rows != want.rows || strings.Count(out.String(), "\n") != want.rows || len(out.by) != want.pages || done.Cut != want.cut {
			t.Errorf("limit %d: %v, %+v, %d pages", limit, err, done, len(out.by))
		}
	}
}

// TestTheFirstOfAnOrderAreThoseOfTheWholeList has the last row come first.
func TestTheFirstOfAnOrderAreThoseOfTheWholeList(t *testing.T) {
	var out strings.Builder
	e := model.Export{Rows: model.TokenRows, Format: model.TSV, Bare: true, Limit: 2, Columns: []string{"id"}, Query: model.Query{Where: "sort:-id"}}
	if done, err := client.WriteRows(t.Context(), &endless{tokens: 450}, e, &out); err != nil || out.String() != "449\n448\n" || !done.Cut {
		t.Errorf("%v, %+v: %q", err, done, out.String())
	}
}

func TestAColumnThatIsNoneAsksNobody(t *testing.T) {
	api := &endless{tokens: 3, fails: func(int) error { t.Error("the system was asked"); return nil }}
	var out strings.Builder
	_, err := client.WriteRows(t.Context(), api, model.Export{Rows: model.TokenRows, Format: model.Document, Columns: []string{"colour"}}, &out)
	if err == nil || model.KindOf(err) != model.Internal || out.String() != "" {
		t.Errorf("%v, and %q was written", err, out.String())
	}
}

// TestNobodyWhoReadsEndsTheReading closes a pipe after the first lines, as head does.
func TestNobodyWhoReadsEndsTheReading(t *testing.T) {
	for _, as := range []model.Format{model.CSV, model.TSV, model.Table, model.Lines, model.Document} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		pages := 0
		api := &endless{tokens: 100_000, fails: func(from int) error {
			if pages++; from > 0 {
				_ = r.Close() // it has its lines
			}
			return nil
		}}
		go func() { _, _ = r.Read(make([]byte, 1<<16)) }()
		_, err = client.WriteRows(t.Context(), api, model.Export{Rows: model.TokenRows, Format: as, Columns: []string{"id"}}, w)
		if !errors.Is(err, syscall.EPIPE) || pages > 3 {
			t.Errorf("%s: %v after %d pages", as, err, pages)
		}
		_ = w.Close()
	}
}

// TestAFullDeviceIsAnErrorOfItsOwn is not taken for one of the system.
func TestAFullDeviceIsAnErrorOfItsOwn(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	for _, as := range []model.Format{model.CSV, model.TSV, model.Table, model.Lines, model.Document} {
		for _, rows := range []int{0, 3, 5000} {
			_, err := client.WriteRows(t.Context(), &endless{tokens: rows}, model.Export{Rows: model.TokenRows, Format: as, Columns: []string{"id"}}, full)
			silent := rows == 0 && as == model.Lines // nothing is written, and nothing fails
			if !silent && !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("%s of %s rows: %v", as, strconv.Itoa(rows), err)
			}
		}
	}
}
