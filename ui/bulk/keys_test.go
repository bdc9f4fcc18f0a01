package bulk

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/order"
)

// TestAFileForKeysThatIsThereIsSaidBeforeTheQuestion has another name typed then.
func TestAFileForKeysThatIsThereIsSaidBeforeTheQuestion(t *testing.T) {
	r := renewing(t, 2)
	r.shelf.there = errors.New("there is a file of this name already, /home/sara/keys.jsonl; give it another name")
	r.press("a⏎")
	r.sees("A file for the new keys", "Nothing was sent: there is a file of this name already, /home/sara/keys.jsonl; give it another name.")
	r.shelf.there = nil
	r.press("⏎")
	r.sees("Regenerate 2 tokens?")
	r.sent()
}

func TestANameThatWouldBeSaidBackAsAnotherIsNotTaken(t *testing.T) {
	for keys, last := range map[string]string{"a": "A file for the new keys", "w": "Write the plan to a file"} {
		r := renewing(t, 2)
		r.press(keys + "\u202e⏎")
		r.sees(last)
		if !strings.Contains(r.view(100, 30), "holds") || len(r.shelf.plans) > 0 {
			t.Errorf("%s: it was taken:\n%s", keys, r.view(100, 30))
		}
	}
}

// TestOfSeveralApplicationsItIsSaidWhichKeysAreWhere has each go to a file of its own.
func TestOfSeveralApplicationsItIsSaidWhichKeysAreWhere(t *testing.T) {
	r := renewing(t, 4)
	came := r.system.do
	r.system.do = func(id string) (model.Issued, error) {
		if id == "3" && !slices.Contains(r.system.sent[:len(r.system.sent)-1], "3") {
			return model.Issued{}, model.Fail(model.Unavailable, "no answer")
		}
		return came(id)
	}
	r.press("a⏎4⏎")
	r.sees("3 done · 1 failed; the new keys are in /home/sara/authdeck-keys-")
	r.press("r")
	for range 40 { // another name, for it cannot be that one
		r.press("⌫")
	}
	r.press("~/second.jsonl⏎y")
	r.sees("4 done; new keys: 3 in /home/sara/authdeck-keys-", ", 1 in /home/sara/second.jsonl.")
	s, _ := r.front.(*sheet)
	for i, end := range s.ends {
		if end.Key.At == "" || (end.Key.At == "/home/sara/second.jsonl") != (i == 2) {
			t.Errorf("the key of line %d is at %+v", i+1, end.Key)
		}
	}
	// opened again, it knows them of the journal
	ends := s.plan.Ends(r.shelf.records)
	again, cmd := Show(r.desk, r.system, s.plan, "/state/plan.json", ends)
	r.front = again
	r.run(cmd)
	r.sees("4 done", "New keys: 3 in /home/sara/authdeck-keys-", ", 1 in /home/sara/second.jsonl.", "Line 1, on shop: done; its new key is in /home/sara/authdeck-keys-")
}

func TestManyPlacesOfKeysAreNotAllSaid(t *testing.T) {
	var ends []plan.End
	for _, at := range []string{"a", "b", "b", "c", "d", "e"} {
		ends = append(ends, plan.End{Outcome: plan.Done, Key: plan.Place{Way: plan.Sealed, At: "/" + at}})
	}
	if said := plan.WhereKeys(ends, 6); said != "new keys: 2 sealed in /b, 1 sealed in /a, 1 sealed in /c, 2 in other files, which the lines tell" {
		t.Error(said)
	}
	if said := plan.WhereKeys(ends[:0], 0); said != "" {
		t.Error(said)
	}
}

func TestKeysThatAreNotThereAnyMoreAtTheEndAreMissed(t *testing.T) {
	r := renewing(t, 2)
	r.shelf.gone = errors.New("new keys that were written to /home/sara/keys.jsonl: 2; it is not there any more")
	r.press("a⏎2⏎")
	r.sees("New keys that were written to /home/sara/keys.jsonl: 2; it is not there any more.")
	if strings.Contains(r.view(100, 30), "the new keys are in") {
		t.Error("they are said to be there")
	}
}

// TestARescuedKeyIsOfferedNowhereElse is about one that was sealed as it came.
func TestARescuedKeyIsOfferedNowhereElse(t *testing.T) {
	r, dropped := renewing(t, 1), 0
	came := r.system.do
	r.system.do = func(id string) (model.Issued, error) {
		issued, err := came(id)
		issued.Kept.Drop = func() error { dropped++; return nil }
		return issued, err
	}
	r.shelf.lost = errors.New("the disk is full")
	r.press("a⏎y")
	r.sees("done, key in its own file", "done: the file for keys did not take its new key: the disk is full; it is in a file of its own: /keys/shop-1-")
	if dropped != 1 || len(r.kept) != 1 || strings.Contains(r.view(100, 30), "could not be kept") {
		t.Errorf("dropped %d, kept %v", dropped, r.kept)
	}
}

// stranded is a plan of which three keys came that nothing took; each is sealed since it came.
func stranded(t *testing.T) *reader {
	t.Helper()
	r := renewing(t, 3)
	s, _ := r.front.(*sheet)
	s.at = &journey{to: delivery{Outlet: plan.Outlet{Way: plan.InFile}}}
	var keys []lost
	for i := range 3 {
		keys = append(keys, lost{i, model.Issued{Key: model.NewSecret("newkey"), Kept: model.Kept{Drop: func() error { return nil }}}})
	}
	r.front = s.handOver(keys)
	return r
}

func TestAtTheEndEachKeyThatWaitsIsNamed(t *testing.T) {
	r := stranded(t)
	r.sees("The new key of token ci-1 of sara")
	r.run(r.front.Rescue())
	var named []string
	for _, msg := range r.told {
		if filed, is := msg.(order.KeyFiled); is && filed.Path == "" && filed.Err == nil {
			named = append(named, filed.What())
		}
	}
	slices.Sort(named)
	if len(named) != 3 || !strings.Contains(named[2], "ci-3") || r.front.Holds() != order.Nothing {
		t.Errorf("named %q, and it holds %v", named, r.front.Holds())
	}
}

func TestKeysThatNothingTookComeOneAfterTheOtherAndEachAsAnotherQuestion(t *testing.T) {
	r := stranded(t)
	for i, name := range []string{"ci-1", "ci-2", "ci-3"} {
		r.sees("The new key of token " + name + " of sara")
		if r.front.Holds() != order.SealedKey {
			t.Errorf("%s: it holds %v", name, r.front.Holds())
		}
		before := r.front
		r.press("v⎋")
		if r.front == before {
			t.Errorf("what was pressed at key %d can reach the next one", i+1)
		}
	}
	r.sees("Plan: regenerate 3 tokens")
}

// TestAPlanWhoseJournalWasTakenAwayIsNotGoneOnWith is about what is uncertain, which would be sent
// once more.
func TestAPlanWhoseJournalWasTakenAwayIsNotGoneOnWith(t *testing.T) {
	r := reads(t, model.Delete, tokens(4)...)
	r.desk.Making.AtOnce = 1
	r.shelf.after = 3
	r.system.do = func(string) (model.Issued, error) {
		return model.Issued{}, model.Fail(model.Uncertain, "the answer was lost")
	}
	r.press("a4⏎")
	r.sees("2 uncertain · 2 can be sent")
	r.shelf.records, r.shelf.after = nil, 0
	r.press("a2⏎")
	r.sees("Nothing was sent: the journal of the plan does not have what was done for it (line 1 is uncertain)", "2 uncertain · 2 can be sent")
	r.sent("1", "2")
}
