package planfile_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client/planfile"
	"authdeck/model"
	"authdeck/model/plan"
)

// of is a plan of some lines.
func of(lines int) *plan.Plan {
	p := &plan.Plan{ID: "P1", Made: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC), By: "sara", Host: "bastion", Action: model.Delete}
	for i := range lines {
		p.Lines = append(p.Lines, plan.Line{System: "mars", Kind: "stub", Host: "mars.example", Token: model.Token{
			ID: fmt.Sprintf("t%d", i+1), Name: model.Clean("ci\n"), Owner: model.User{ID: "7", Username: model.Clean("sara")},
		}})
	}
	return p
}

func files(t *testing.T) (f planfile.Files, folder string) {
	folder = t.TempDir()
	return planfile.Files{Folder: filepath.Join(folder, "state", "plans"), AtHome: func(path string) string { return path }}, folder
}

func TestAPlanInAFileIsItsOwnersAloneAndReadsAsItWas(t *testing.T) {
	f, folder := files(t)
	for _, path := range []string{"", filepath.Join(folder, "plan.json")} {
		kept, err := f.Keep(of(3), path, false)
		if err != nil {
			t.Fatal(err)
		}
		again, err := planfile.Read(kept)
		if err != nil || !reflect.DeepEqual(again, of(3)) {
			t.Errorf("%+v, %v", again, err)
		}
		if info, _ := os.Stat(kept); info.Mode().Perm() != 0o600 {
			t.Errorf("its mode is %v", info.Mode())
		}
	}
}

func TestWithoutAHomeAPlanIsNotLeftWhereTheProgramHappensToBe(t *testing.T) {
	t.Chdir(t.TempDir())
	f := planfile.Files{Folder: "authdeck/plans", AtHome: func(path string) string { return path }}
	if _, err := f.Keep(of(1), "", false); err == nil || !strings.Contains(err.Error(), "set HOME") {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat("authdeck"); err == nil {
		t.Error("a folder was made")
	}
}

func TestAFileThatIsThereIsNotReplacedUnasked(t *testing.T) {
	f, folder := files(t)
	path := filepath.Join(folder, "plan.json")
	if err := os.WriteFile(path, []byte("notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Keep(of(1), path, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the error is %v", err)
	}
	if left, _ := os.ReadFile(path); string(left) != "notes" {
		t.Errorf("it holds %q", left)
	}
	if _, err := f.Keep(of(1), path, true); err != nil {
		t.Error(err)
	}
	write(t, path, of(1), plan.Record{Step: plan.Begins})
	if _, err := f.Keep(of(2), path, true); err == nil || !strings.Contains(err.Error(), "done already") {
		t.Errorf("a plan that was begun was replaced: %v", err)
	}
}

// write writes records into the journal of a plan.
func write(t *testing.T, path string, p *plan.Plan, records ...plan.Record) {
	t.Helper()
	j, err := planfile.Open(p, path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, r := range records {
		if err := j.Write(r); err != nil {
			t.Fatal(err)
		}
	}
}

// story is a journal with everything in it.
func story() []plan.Record {
	at := time.Date(2026, 11, 30, 12, 1, 2, 3, time.UTC)
	return []plan.Record{
		{Line: 0, At: at, Step: plan.Begins},
		{Line: 0, At: at, Step: plan.PutOff, Words: "too many requests"},
		{Line: 1, At: at, Step: plan.Begins},
		{Line: 1, At: at, Step: plan.Ends, Outcome: plan.Uncertain, Words: "the answer was lost"},
		{Line: 0, At: at, Step: plan.Begins},
		{Line: 0, At: at, Step: plan.Ends, Outcome: plan.Done},
	}
}

func TestAJournalKnowsWhatWasDoneWhenItIsOpenedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	write(t, path, of(3), story()...)
	j, err := planfile.Open(of(3), path)
	if err != nil || !reflect.DeepEqual(j.Records(), story()) {
		t.Fatalf("%+v, %v", j.Records(), err)
	}
	defer j.Close()
	read, _, err := planfile.Records(of(3), path)
	if err != nil || !reflect.DeepEqual(read, story()) {
		t.Errorf("read alone: %+v, %v", read, err)
	}
	if info, _ := os.Stat(path + ".journal"); info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v", info.Mode())
	}
}

func TestAJournalThatWasCutAnywhereKnowsWhatIsWholeInIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	write(t, path, of(3), story()...)
	whole, err := os.ReadFile(path + ".journal")
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(whole) + 1 {
		if err := os.WriteFile(path+".journal", whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		lines := max(0, strings.Count(string(whole[:cut]), "\n")-1)
		j, err := planfile.Open(of(3), path)
		if err != nil || len(j.Records()) != lines {
			t.Fatalf("cut at %d: %+v, %v", cut, j, err)
		}
		if err := j.Write(story()[0]); err != nil {
			t.Fatal(err)
		}
		j.Close()
		if again, _, err := planfile.Records(of(3), path); err != nil || len(again) != lines+1 {
			t.Fatalf("cut at %d, and written on: %+v, %v", cut, again, err)
		}
	}
}

func TestAChangedPlanAndTheJournalOfAnotherAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	write(t, path, of(3), story()...)
	changed, other := of(3), of(3)
	changed.Lines[2].Token.ID = "t9"
	other.ID = "P2"
	for p, want := range map[*plan.Plan]string{changed: "was changed", other: "another plan"} {
		if _, err := planfile.Open(p, path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// ending is a plan that gives three tokens a new end.
func ending(end model.When) *plan.Plan {
	p := of(3)
	p.Action, p.Set = model.Edit, plan.Set{Expires: end}
	return p
}

func newYear(year int) model.When { return model.At(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)) }

func TestAPlanWithAnotherEndIsAnotherPlanForItsJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	write(t, path, ending(newYear(2027)), story()...)
	for _, end := range []model.When{newYear(2028), model.Not(model.Never)} {
		if _, err := planfile.Open(ending(end), path); err == nil || !strings.Contains(err.Error(), "was changed") {
			t.Errorf("%s: %v", plan.EndWords(end), err)
		}
	}
}

func TestAJournalThatIsNotAsItIsWrittenIsRefusedWithItsLine(t *testing.T) {
	for name, line := range map[string]string{
		"no JSON":           "{",
		"an unknown field":  `{"n":1,"at":"2026-11-30T12:00:00Z","step":"begins","key":"x"}`,
		"no such line":      `{"n":4,"at":"2026-11-30T12:00:00Z","step":"begins"}`,
		"no such step":      `{"n":1,"at":"2026-11-30T12:00:00Z","step":"thinks"}`,
		"no such outcome":   `{"n":1,"at":"2026-11-30T12:00:00Z","step":"ends","outcome":"fine"}`,
		"no outcome":        `{"n":1,"at":"2026-11-30T12:00:00Z","step":"ends"}`,
		"an outcome before": `{"n":1,"at":"2026-11-30T12:00:00Z","step":"begins","outcome":"done"}`,
		"two at once":       `{"n":1,"at":"2026-11-30T12:00:00Z","step":"begins"}{}`,
	} {
		path := filepath.Join(t.TempDir(), "plan.json")
		write(t, path, of(3), story()...)
		f, _ := os.OpenFile(path+".journal", os.O_WRONLY|os.O_APPEND, 0)
		_, _ = f.WriteString(line + "\n")
		f.Close()
		if _, err := planfile.Open(of(3), path); err == nil || !strings.Contains(err.Error(), "line 8:") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTwoDoNotApplyOnePlanAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	first, err := planfile.Open(of(3), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := planfile.Open(of(3), path); err == nil || !strings.Contains(err.Error(), "another authdeck") {
		t.Errorf("the error is %v", err)
	}
	first.Close()
	if second, err := planfile.Open(of(3), path); err != nil {
		t.Error(err)
	} else {
		second.Close()
	}
}

func TestALinkInPlaceOfAJournalIsNotFollowed(t *testing.T) {
	folder := t.TempDir()
	path, elsewhere := filepath.Join(folder, "plan.json"), filepath.Join(folder, "elsewhere")
	if err := os.WriteFile(elsewhere, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, path+".journal"); err != nil {
		t.Fatal(err)
	}
	if _, err := planfile.Open(of(1), path); err == nil {
		t.Error("it was followed")
	}
}

func TestManyWriteAtOnceAndEachLineIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	j, err := planfile.Open(of(100), path)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			if err := j.Write(plan.Record{Line: i, Step: plan.Begins}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	j.Close()
	if read, _, err := planfile.Records(of(100), path); err != nil || len(read) != 100 {
		t.Errorf("%d are there: %v", len(read), err)
	}
	if err := j.Write(plan.Record{}); err == nil {
		t.Error("a closed journal takes lines")
	}
}

func TestTheKeysOfAPlanAreInANewFileOfTheirOwnersAlone(t *testing.T) {
	f, folder := files(t)
	path := filepath.Join(folder, "keys.jsonl")
	keys, err := inFile(f, path)
	if err != nil {
		t.Fatal(err)
	}
	p := of(2)
	for i, key := range []string{"first-key", "second\"key"} {
		if err := keys.Take(&p.Lines[i], model.Issued{Key: model.NewSecret(key)}); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("{\"system\":\"mars\",\"id\":\"t%d\",\"name\":\"ci␊\",\"owner\":\"sara\",\"key\":%q}\n", i+1, key)
		if got, _ := os.ReadFile(path); !strings.HasSuffix(string(got), want) {
			t.Errorf("it holds %s, want %s", got, want)
		}
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v", info.Mode())
	}
	if err := keys.Close(); err != nil {
		t.Error(err)
	}
	if _, err := inFile(f, path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there was opened: %v", err)
	}
}

func TestAFileForKeysToWhichNoneCameIsNotLeftBehind(t *testing.T) {
	f, folder := files(t)
	path := filepath.Join(folder, "keys.jsonl")
	keys, err := inFile(f, path)
	if err != nil {
		t.Fatal(err)
	}
	keys.Close()
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}
}

func BenchmarkOpen(b *testing.B) {
	p := of(100_000)
	for i := range p.Lines {
		l := &p.Lines[i]
		l.Kind, l.Host, l.Token.Version = "authentik", "mars.example:443", fmt.Sprintf("%032x", i)
		l.Token.Created, l.Token.Updated = model.At(p.Made.Add(-time.Duration(i)*time.Second)), model.At(p.Made.Add(-time.Duration(i)*time.Minute))
		l.Says = []string{"The key stops working at once and does not come back: whatever uses it is refused.", fmt.Sprintf("Token %d is used by nothing that is known.", i)}
		l.Risks = []plan.Risk{plan.Production, plan.UseUnknown}
	}
	path := filepath.Join(b.TempDir(), "plan.json")
	if err := planfile.Write(path, p, false); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p, err := planfile.Read(path)
		if err != nil {
			b.Fatal(err)
		}
		j, err := planfile.Open(p, path)
		if err != nil {
			b.Fatal(err)
		}
		p.Ends(j.Records())
		j.Close()
	}
}

// inFile opens a file for keys in clear.
func inFile(f planfile.Files, path string) (plan.Keys, error) {
	all := f.Outlets(&plan.Plan{})
	return all[len(all)-1].Open(path)
}
