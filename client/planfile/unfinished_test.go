package planfile_test

import (
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
