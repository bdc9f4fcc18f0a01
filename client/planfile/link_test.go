package planfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/planfile"
	"authdeck/client/signature"
	"authdeck/model/plan"
)

// linked is a plan in a file, and a link to it in another folder.
func linked(t *testing.T) (path, link string) {
	t.Helper()
	folder, err := filepath.EvalSymlinks(t.TempDir()) // some machines have their temporary folder behind a link
	if err != nil {
		t.Fatal(err)
	}
	path, link = filepath.Join(folder, "plan.json"), filepath.Join(t.TempDir(), "link.json")
	if err := planfile.Write(path, of(3), false); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	return path, link
}

func TestAPlanIsOneByWhateverLinkSomebodyComesToIt(t *testing.T) {
	path, link := linked(t)
	first, err := planfile.Open(of(3), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := planfile.Open(of(3), link); err == nil || !strings.Contains(err.Error(), "another authdeck") {
		t.Errorf("two have it in hand: %v", err)
	}
	for _, r := range story() {
		if err := first.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	first.Close()
	for _, by := range []string{path, link} {
		ends, err := planfile.Ends(of(3), by)
		if err != nil || ends[0].Outcome != plan.Done {
			t.Errorf("by %s: %+v, %v", by, ends, err)
		}
	}
	f, _ := files(t)
	if _, err := f.Keep(of(2), link, true); err == nil || !strings.Contains(err.Error(), "done already") {
		t.Errorf("a plan that was begun was replaced: %v", err)
	}
	if left, _ := filepath.Glob(link + ".*"); len(left) > 0 {
		t.Errorf("beside the link is %v", left)
	}
}

func TestASignatureStandsBesideThePlanAndNotBesideALink(t *testing.T) {
	path, link := linked(t)
	socket, line := agentOf(t)
	signers := filepath.Join(t.TempDir(), "signers")
	if err := os.WriteFile(signers, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := planfile.ToSign(link, socket, "")
	if err != nil {
		t.Fatal(err)
	}
	if at, err := s.Sign(false); err != nil || at != path+".sig" {
		t.Errorf("it is in %s: %v", at, err)
	}
	f, _ := files(t)
	f.Applier = signature.Applier{User: "omid"}
	for _, by := range []string{path, link} {
		if err := f.Vouch(of(3), by, signers); err != nil {
			t.Errorf("by %s: %v", by, err)
		}
	}
}

func TestAPlanForWhichNothingWasDoneCanStillBeCorrected(t *testing.T) {
	f, folder := files(t)
	path := filepath.Join(folder, "plan.json")
	if _, err := f.Keep(of(3), path, false); err != nil {
		t.Fatal(err)
	}
	write(t, path, of(3)) // opened, and refused after that
	if _, err := f.Keep(of(2), path, true); err != nil {
		t.Errorf("it cannot be written anew: %v", err)
	}
	if _, err := planfile.Ends(of(2), path); err != nil {
		t.Errorf("it cannot be shown: %v", err)
	}
	write(t, path, of(2), plan.Record{Line: 1, Step: plan.Begins})
	if _, err := planfile.Open(of(3), path); err == nil || !strings.Contains(err.Error(), "was changed") {
		t.Errorf("what was done for another plan is taken for this one's: %v", err)
	}
	if err := os.WriteFile(path+".journal", []byte("notes\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := planfile.Open(of(2), path); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a file that is no journal was taken for one: %v", err)
	}
}

func TestWhoOnlyReadsAJournalHearsThatSomebodyAppliesItAndKeepsNobodyFromIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	first, err := planfile.Open(of(3), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Write(plan.Record{Line: 0, Step: plan.Begins}); err != nil {
		t.Fatal(err)
	}
	if ends, err := planfile.Ends(of(3), path); err != nil || !strings.Contains(ends[0].Words, "under way right now") {
		t.Errorf("%+v, %v", ends, err)
	}
	first.Close()
	if ends, err := planfile.Ends(of(3), path); err != nil || !strings.Contains(ends[0].Words, "the program ended") {
		t.Errorf("%+v, %v", ends, err)
	}
	write(t, path, of(3), plan.Record{Line: 0, Step: plan.Looked, Words: "It is gone."})
	if ends, err := planfile.Ends(of(3), path); err != nil || ends[0].Seen != "It is gone." {
		t.Errorf("%+v, %v", ends, err)
	}
}

func TestAJournalThatWasTakenAwayTakesNothingMore(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"removed":  os.Remove,
		"moved":    func(path string) error { return os.Rename(path, path+".old") },
		"replaced": func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o600)) },
	} {
		path := filepath.Join(t.TempDir(), "plan.json")
		j, err := planfile.Open(of(3), path)
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		if err := errors.Join(j.Write(plan.Record{Step: plan.Begins}), take(path+".journal")); err != nil {
			t.Fatal(err)
		}
		if err := j.Write(plan.Record{Line: 1, Step: plan.Begins}); err == nil || !strings.Contains(err.Error(), "not there any more") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
