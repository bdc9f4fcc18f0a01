package planfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/file/filetest"
	"authdeck/client/planfile"
	"authdeck/model"
	"authdeck/model/plan"
)

// inFolder is a path in a folder of its own, which can be moved.
func inFolder(t *testing.T, name string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "folder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, name)
}

func issued(key string) model.Issued { return model.Issued{Key: model.NewSecret(key)} }

// TestAFileForKeysThatGoesAwayTakesNoKeyAnyMore is about the file that somebody removes, moves,
// replaces or empties while a plan writes to it: no key is called written that nobody would find.
func TestAFileForKeysThatGoesAwayTakesNoKeyAnyMore(t *testing.T) {
	ways := filetest.Away()
	ways["emptied"] = func(t *testing.T, path string) {
		t.Helper()
		if err := os.Truncate(path, 0); err != nil {
			t.Fatal(err)
		}
	}
	for how, away := range ways {
		f, _ := files(t)
		path := inFolder(t, "keys.jsonl")
		keys, err := inFile(f, path)
		if err != nil {
			t.Fatal(err)
		}
		p := of(3)
		if err := keys.Take(&p.Lines[0], issued("first-key")); err != nil {
			t.Fatal(err)
		}
		away(t, path)
		for i := 1; i < 3; i++ {
			if err := keys.Take(&p.Lines[i], issued("later-key")); err == nil || !strings.Contains(err.Error(), path+": ") {
				t.Errorf("%s: the error is %v", how, err)
			}
		}
		if err := keys.Close(); err == nil || !strings.Contains(err.Error(), "new keys that were written to "+path+": 1; ") {
			t.Errorf("%s: at the end, %v", how, err)
		}
		for _, left := range []string{path, path + ".old", filepath.Join(filepath.Dir(path)+".old", "keys.jsonl")} {
			if content, _ := os.ReadFile(left); strings.Contains(string(content), "later-key") {
				t.Errorf("%s: a key that goes elsewhere is in %s too", how, left)
			}
		}
		if _, err := os.Stat(path); how == "replaced" && err != nil {
			t.Errorf("that of somebody else was removed: %v", err)
		}
	}
}

func TestAFileForKeysThatGoesAwayAfterTheLastKeyIsMissedAtTheEnd(t *testing.T) {
	f, _ := files(t)
	path := inFolder(t, "keys.jsonl")
	keys, err := inFile(f, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := keys.Take(&of(1).Lines[0], issued("first-key")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := keys.Close(); err == nil || !strings.Contains(err.Error(), "somebody has removed or moved it") {
		t.Errorf("at the end, %v", err)
	}
}

func TestAFileForKeysThatIsThereIsSaidBeforeAndWithItsWholeName(t *testing.T) {
	f, folder := files(t)
	t.Chdir(folder)
	for name, want := range map[string]string{"notes": "there is a file of this name already, ", "none/x": "its folder: no such file", "notes/x": "its folder is none", "x/": "the name of no file", "": "the name of no file"} {
		if err := os.WriteFile("notes", []byte("notes"), 0o600); err != nil {
			t.Fatal(err)
		}
		all := f.Outlets(&plan.Plan{})
		whole, err := all[0].Check(name)
		if err == nil || !strings.Contains(err.Error(), want) || want != "the name of no file" && !strings.Contains(err.Error(), filepath.Join(folder, name)) {
			t.Errorf("%q: %v, want %q", name, err, want)
		}
		if _, opened := all[0].Open(name); opened == nil || opened.Error() != err.Error() {
			t.Errorf("%q: opened with %v", name, opened)
		}
		if name == "notes" && (!errors.Is(err, fs.ErrExist) || whole != filepath.Join(folder, "notes")) {
			t.Errorf("%q: %s, %v", name, whole, err)
		}
	}
	whole, err := f.Outlets(&plan.Plan{})[0].Check("keys.jsonl")
	if err != nil || whole != filepath.Join(folder, "keys.jsonl") {
		t.Fatalf("%s, %v", whole, err)
	}
	keys, err := f.Outlets(&plan.Plan{})[0].Open("keys.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if at := keys.Place(&of(1).Lines[0]); at != (plan.Place{Way: plan.InFile, At: whole}) {
		t.Errorf("the keys are at %+v", at)
	}
	_ = keys.Close()
}

func TestAPlanIsSaidToBeWhereItIsFromTheRootOn(t *testing.T) {
	f, folder := files(t)
	t.Chdir(folder)
	if at, err := f.Keep(of(1), "plan.json", false); err != nil || at != filepath.Join(folder, "plan.json") {
		t.Errorf("it is in %s, %v", at, err)
	}
}

// TestAJournalThatGoesAwayIsWrittenToNoMore is about nothing being sent that nobody remembers.
func TestAJournalThatGoesAwayIsWrittenToNoMore(t *testing.T) {
	for how, away := range filetest.Away() {
		path := inFolder(t, "plan.json")
		j, err := planfile.Open(of(3), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Write(plan.Record{Step: plan.Begins}); err != nil {
			t.Fatal(err)
		}
		away(t, path+".journal")
		for range 2 {
			if err := j.Write(plan.Record{Line: 1, Step: plan.Begins}); err == nil || !strings.Contains(err.Error(), path+".journal: it is not there any more") {
				t.Errorf("%s: the error is %v", how, err)
			}
		}
		_ = j.Close()
	}
}

func TestAJournalKnowsWhereEachKeyIsAndHasNone(t *testing.T) {
	path := inFolder(t, "plan.json")
	done := func(line int, at plan.Place) plan.Record {
		return plan.Record{Line: line, At: story()[0].At, Step: plan.Ends, Outcome: plan.Done, Key: at}
	}
	said := []plan.Record{
		done(0, plan.Place{Way: plan.InFile, At: "/home/sara/keys.jsonl"}), done(1, plan.Place{Way: plan.Sealed, At: "/home/sara/sealed.jsonl"}),
		done(2, plan.Place{Way: plan.ByCommand, At: "vault kv put secret/{name}"}),
	}
	write(t, path, of(3), said...)
	p := of(3)
	read, _, err := planfile.Records(p, path)
	if err != nil {
		t.Fatal(err)
	}
	for i, end := range p.Ends(read) {
		if end.Key != said[i].Key {
			t.Errorf("the key of line %d is at %+v", i+1, end.Key)
		}
	}
	content, _ := os.ReadFile(path + ".journal")
	if want := `"outcome":"done","key":{"way":"file","at":"/home/sara/keys.jsonl"}}`; !strings.Contains(string(content), want) {
		t.Errorf("there is no %s in %s", want, content)
	}
	for name, key := range map[string]string{"no place": `{"way":"file","at":""}`, "no such way": `{"way":"mail","at":"x"}`, "a key": `{"way":"file","at":"/x","key":"x"}`} {
		path := inFolder(t, "plan.json")
		write(t, path, of(3), said[0])
		f, _ := os.OpenFile(path+".journal", os.O_WRONLY|os.O_APPEND, 0)
		_, _ = f.WriteString(`{"n":1,"at":"2026-11-30T12:00:00Z","step":"ends","outcome":"done","key":` + key + "}\n")
		_ = f.Close()
		if _, err := planfile.Open(of(3), path); err == nil || !strings.Contains(err.Error(), "line 3:") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAJournalOfBeforeIsOpenedAsItWas(t *testing.T) {
	path := inFolder(t, "plan.json")
	p := of(1)
	sum, err := p.Sum()
	if err != nil {
		t.Fatal(err)
	}
	old := `{"schema":"authdeck-plan-journal/1","plan":"P1","sha256":"` + sum + "\"}\n" +
		`{"n":1,"at":"2026-11-30T12:00:00Z","step":"begins"}` + "\n" + `{"n":1,"at":"2026-11-30T12:00:01Z","step":"ends","outcome":"done","words":"so it was"}` + "\n"
	if err := os.WriteFile(path+".journal", []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	read, _, err := planfile.Records(p, path)
	if end := p.Ends(read)[0]; err != nil || end.Outcome != plan.Done || end.Words != "so it was" || end.Key != (plan.Place{}) {
		t.Errorf("%+v, %v", end, err)
	}
}

func TestTheDocumentOfPlansTellsWhereKeysCanBe(t *testing.T) {
	doc, err := os.ReadFile("../../docs/plan.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, way := range plan.Ways() {
		if !strings.Contains(string(doc), "| `"+string(way)+"` |") {
			t.Errorf("the document does not tell the way %s", way)
		}
	}
	for _, field := range []string{"schema", "plan", "sha256", "n", "at", "step", "outcome", "words", "key", "way"} {
		if !strings.Contains(string(doc), "`"+field+"`") {
			t.Errorf("the document does not tell the field %s of a journal", field)
		}
	}
}
