package command

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"authdeck/model/audit"
	"authdeck/ui/batch"
)

// recorded are so many entries.
func recorded(n int) []audit.Entry {
	entries := make([]audit.Entry, n)
	for i := range entries {
		entries[i].Number = int64(i + 1)
	}
	return entries
}

func TestTheConsoleShowsTheEndOfARecordInTheOrderOfItsLines(t *testing.T) {
	for _, n := range []int{0, 1, mostEntries, mostEntries + 1, 2*mostEntries + 7} {
		f, path, _ := auditing("", audit.Report{Entries: int64(n), Verdict: audit.Tampered}, recorded(n)...)
		o := &options{World: f.World}
		got, err := o.activity(Systems{Systems: batch.Systems{Record: "folder/audit.jsonl"}}).Recorded(t.Context())
		if err != nil || *path != "folder/audit.jsonl" || got.Found.Verdict != audit.Tampered || got.Left+len(got.Entries) != n || len(got.Entries) != min(n, mostEntries) {
			t.Fatalf("of %d lines of %s it has %d and leaves %d, %v", n, *path, len(got.Entries), got.Left, err)
		}
		for i, e := range got.Entries {
			if e.Number != int64(got.Left+i+1) {
				t.Fatalf("of %d lines the entry %d is number %d", n, i, e.Number)
			}
		}
	}
}

func TestARecordThatIsNotThereIsEmptyAndOneThatCannotBeReadIsNot(t *testing.T) {
	for _, why := range []error{fmt.Errorf("no record: %w", fs.ErrNotExist), errors.New("permission denied")} {
		f := newFake()
		f.Verify = func(string) (audit.Report, error) { return audit.Report{}, why }
		_, err := (&options{World: f.World}).recorded("audit.jsonl")
		if empty := errors.Is(why, fs.ErrNotExist); empty != (err == nil) {
			t.Errorf("%v gives %v", why, err)
		}
	}
}

func TestADemoThatRecordsNowhereSaysSo(t *testing.T) {
	from := (&options{}).activity(Systems{})
	if from.Recorded != nil || !strings.HasPrefix(from.Unrecorded, "Nothing is recorded in the demo") {
		t.Errorf("%+v", from)
	}
}
