package planfile_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"authdeck/client/planfile"
	"authdeck/model/plan"
)

func TestAPlanThatWasLeftInTheMiddleIsToldUntilItIsFinishedOrDismissed(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "plan.json")
	p := of(3)
	if err := planfile.Write(path, p, false); err != nil {
		t.Fatal(err)
	}
	expect := func(when string, want int, open, half int) {
		t.Helper()
		found, err := planfile.Unfinished(folder)
		if err != nil || len(found) != want || want > 0 && (found[0].Path != path || found[0].Open != open || found[0].Half != half) {
			t.Errorf("%s: %+v, %v", when, found, err)
		}
	}
	writes := func(when string, records ...plan.Record) {
		t.Helper()
		j, err := planfile.Open(p, path)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			if err := j.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		expect(when+", while it is applied", 0, 0, 0)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	expect("before anything was done", 0, 0, 0)
	writes("nothing begun")
	expect("when nothing was begun", 0, 0, 0)
	writes("in the middle", plan.Record{Line: 0, Step: plan.Begins}, plan.Record{Line: 0, Step: plan.Ends, Outcome: plan.Done}, plan.Record{Line: 1, Step: plan.Begins})
	expect("in the middle", 1, 1, 1)
	if err := planfile.Dismiss(path); err != nil {
		t.Fatal(err)
	}
	expect("when it was dismissed", 0, 0, 0)
	writes("gone on with", plan.Record{Line: 1, Step: plan.Ends, Outcome: plan.Uncertain}, plan.Record{Line: 2, Step: plan.Begins})
	expect("when somebody went on with it", 1, 0, 1)
	writes("at its end", plan.Record{Line: 2, Step: plan.Ends, Outcome: plan.Done})
	expect("at its end", 0, 0, 0)
	if err := planfile.Dismiss(path); err == nil {
		t.Error("what is at its end is dismissed")
	}
}

func TestWhereThereIsNoFolderForPlansNoneWasLeft(t *testing.T) {
	if found, err := planfile.Unfinished(filepath.Join(t.TempDir(), "none")); len(found) != 0 || err != nil {
		t.Errorf("%+v, %v", found, err)
	}
}

// begunUpTo writes a plan of so many lines of which the first so many are done.
func begunUpTo(t testing.TB, folder string, p *plan.Plan, done int) (path string) {
	t.Helper()
	path = filepath.Join(folder, "plan.json")
	if err := planfile.Write(path, p, true); err != nil {
		t.Fatal(err)
	}
	j, err := planfile.Open(p, path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range done {
		for _, r := range []plan.Record{{Line: i, Step: plan.Begins}, {Line: i, Step: plan.Ends, Outcome: plan.Done}} {
			if err := j.Write(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestAPlanThatIsAtItsEndIsNotReadAtEachStart also wants none to be missed by that.
func TestAPlanThatIsAtItsEndIsNotReadAtEachStart(t *testing.T) {
	for done, want := range []bool{false, true, true, false} {
		path := begunUpTo(t, t.TempDir(), of(3), done)
		if is := planfile.WorthReading(path); is != want {
			t.Errorf("%d of 3 done: %t", done, is)
		}
	}
	skips := of(3)
	skips.Lines[2].Cannot = "it is not there"
	if path := begunUpTo(t, t.TempDir(), skips, 1); !planfile.WorthReading(path) {
		t.Error("one of which a line cannot be done, and another one is open")
	}
	folder := t.TempDir()
	path := begunUpTo(t, folder, of(3), 2)
	content, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, bytes.ReplaceAll(content, []byte("\n{\"n\""), []byte("{\"n\"")), 0o600) // as another program lays it out
	}
	if found, _ := planfile.Unfinished(folder); err != nil || len(found) != 1 || found[0].Open != 1 {
		t.Errorf("%+v, %v", found, err)
	}
}

// BenchmarkTheStart is what the plans in the folder cost at a start.
func BenchmarkTheStart(b *testing.B) {
	large := func() *plan.Plan {
		p := of(100_000)
		for i := range p.Lines {
			p.Lines[i].Says = []string{"The key stops working at once and does not come back: whatever uses it is refused.", fmt.Sprintf("Token %d is used by nothing that is known. It was made by somebody who is not told, long ago, and nobody has looked at it.", i)}
		}
		return p
	}
	for _, done := range []int{0, 1000} {
		b.Run(fmt.Sprintf("%d of 100,000 done", done), func(b *testing.B) {
			folder := b.TempDir()
			begunUpTo(b, folder, large(), done)
			for b.Loop() {
				_, _ = planfile.Unfinished(folder)
			}
		})
	}
}
