package plans

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
)

func TestAPlanIsAppliedOnceHoweverOftenItIsCalledFor(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "delete", "owner:sara")
	for range 2 {
		if code := w.applied(t); code != batch.Done || !strings.Contains(w.out, "to delete 3 tokens: 3 of 3 done\n") {
			t.Errorf("exit code %d: %s%s", code, w.out, w.stderr.String())
		}
	}
	if n := w.idp.sent(); n != 3 {
		t.Errorf("sent %d times", n)
	}
}

func TestYesCountsOnlyForThePlanThatItNames(t *testing.T) {
	w := newWorld(t)
	id := w.planned(t, "delete", "owner:sara")
	w.expect(t, batch.Misuse, "--id says which, with the ID that somebody has read", "apply", "/p.json", "--yes")
	w.expect(t, batch.Misuse, "the plan in /p.json is "+id, "apply", "/p.json", "--yes", "--id", "OTHER")
	w.expect(t, batch.Misuse, "--yes --id "+id+" answers", "apply", "/p.json")
	w.expect(t, batch.Misuse, "the plan q.json: ", "apply", "q.json")
	w.expect(t, batch.Misuse, "one FILE", "apply")
	if n := w.idp.sent(); n > 0 || len(w.files.records) > 0 {
		t.Errorf("sent %d", n)
	}
}

// TestAtATerminalItIsAskedAsTheConsoleAsks has the count, or the action with it where a risk is
// grave, typed.
func TestAtATerminalItIsAskedAsTheConsoleAsks(t *testing.T) {
	for typed, c := range map[string]struct {
		production bool
		one        bool
		code       batch.Exit
	}{
		"3": {code: batch.Done}, "y": {code: batch.Failed}, "": {code: batch.Failed}, "delete 3": {production: true, code: batch.Done}, " 3": {production: true, code: batch.Failed},
		"ci-t1": {production: true, one: true, code: batch.Done}, "yes": {one: true, code: batch.Failed},
	} {
		w := newWorld(t)
		w.idp.info.Production = c.production
		if c.one {
			w.idp.tokens = w.idp.tokens[:1]
		}
		w.planned(t, "delete", "owner:sara")
		typist := batchtest.Typing(t, typed+"\n", &w.stderr)
		w.Stdin, w.Stderr = typist.TTY, typist
		if code := w.run(t, "apply", "/p.json"); code != c.code || (w.idp.sent() > 0) != (code == batch.Done) || !strings.Contains(w.stderr.String(), "press enter to go on") {
			t.Errorf("%q: exit code %d, sent %d: %s", typed, code, w.idp.sent(), w.stderr.String())
		}
	}
}

// TestADryRunThatCannotBeSaidIsAFailure of a plan that is done, too: nothing was sent, and nothing is
// uncertain.
func TestADryRunThatCannotBeSaidIsAFailure(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	w := newWorld(t)
	w.planned(t, "delete", "owner:sara")
	w.full = full
	w.expect(t, batch.Failed, "", "apply", "/p.json", "--dry-run")
	w.full = nil
	w.applied(t)
	w.full = full
	w.expect(t, batch.Failed, "", "apply", "/p.json", "--dry-run")
	w.expect(t, batch.Failed, "", "apply", "/p.json", "--dry-run", "--json")
}

func TestEachEndHasItsCode(t *testing.T) {
	no := func(kind model.Kind, ids string) func(model.Order) (model.Issued, error) {
		return func(o model.Order) (model.Issued, error) {
			if strings.Contains(ids, o.Token.ID) {
				return model.Issued{}, model.Fail(kind, "no "+o.Token.ID)
			}
			return model.Issued{}, nil
		}
	}
	for name, c := range map[string]struct {
		do   func(model.Order) (model.Issued, error)
		code batch.Exit
		says string
	}{
		"all done":         {no(model.Unavailable, ""), batch.Done, ""},
		"one failed":       {no(model.Unavailable, "t2"), batch.Partly, "line 2, ci-t2 of sara in idp: failed: no t2"},
		"all failed":       {no(model.Unavailable, "t1 t2 t3"), batch.Failed, "to try again what failed: authdeck apply /p.json --only-failed"},
		"one lost":         {no(model.Uncertain, "t3"), batch.Partly, "to look at what is uncertain: authdeck apply /p.json --look"},
		"all lost":         {no(model.Uncertain, "t1 t2 t3"), batch.Partly, "uncertain: no t1"},
		"one changed":      {no(model.Conflict, "t1"), batch.Partly, "line 1, ci-t1 of sara in idp: changed since"},
		"the first is 401": {no(model.Unauthorized, "t1"), batch.Failed, "to go on with it: authdeck apply /p.json"},
	} {
		w := newWorld(t)
		w.idp.do = c.do
		w.planned(t, "delete", "owner:sara")
		if code := w.applied(t, "--at-once", "1"); code != c.code || !strings.Contains(w.stderr.String(), c.says) {
			t.Errorf("%s: exit code %d: %s%s", name, code, w.out, w.stderr.String())
		}
	}
}

func TestOnlyWhatFailedIsSentAgainAndNothingElse(t *testing.T) {
	w := newWorld(t)
	var down atomic.Bool
	down.Store(true)
	w.idp.do = func(o model.Order) (model.Issued, error) {
		switch {
		case o.Token.ID == "t1" && down.Load():
			return model.Issued{}, model.Fail(model.Unavailable, "no answer")
		case o.Token.ID == "t2":
			return model.Issued{}, model.Fail(model.Uncertain, "lost")
		}
		return model.Issued{}, nil
	}
	w.planned(t, "delete", "owner:sara")
	w.applied(t)
	down.Store(false)
	if code := w.applied(t, "--only-failed", "--json"); code != batch.Partly || w.idp.sent() != 4 {
		t.Errorf("exit code %d, sent %d", code, w.idp.sent())
	}
	var d applied
	if err := json.Unmarshal([]byte(w.out), &d); err != nil || d.Outcomes[plan.Done] != 2 || d.Outcomes[plan.Uncertain] != 1 || d.Outcomes[plan.Failed] != 0 || len(d.Lines) != 3 || d.Lines[1].Words != "lost" {
		t.Errorf("%v: %s", err, w.out)
	}
}

func TestWhatARuleForbidsIsNotSentAndHasItsCode(t *testing.T) {
	for words, rule := range map[string]func(*world){
		"idp wants a reason; --reason gives one": func(w *world) { w.idp.info.WantsReason = true },
		"idp wants a signed plan: it is not signed": func(w *world) {
			w.idp.info.Signers, w.files.unsigned = "/etc/signers", errors.New("it is not signed")
		},
		"idp: authdeck is read-only here": func(w *world) {
			w.idp.info.ReadOnly, w.idp.info.Missing = true, model.Caps{model.Delete: "authdeck is read-only here"}
		},
	} {
		w := newWorld(t)
		w.planned(t, "delete", "owner:sara")
		rule(w)
		if code := w.applied(t); code != batch.Refused || !strings.Contains(w.stderr.String(), "nothing was sent: "+words) || w.idp.sent() > 0 {
			t.Errorf("%s: exit code %d: %s", words, code, w.stderr.String())
		}
	}
	w := newWorld(t)
	w.planned(t, "delete", "owner:sara")
	if w.applied(t, "--read-only"); !w.opened.ReadOnly {
		t.Error("the systems are opened to be changed, and --read-only was said")
	}
	w = newWorld(t)
	w.idp.info.WantsReason = true
	w.planned(t, "delete", "owner:sara")
	if code := w.applied(t, "--reason", " OPS-7 "); code != batch.Done || w.idp.orders[0].Reason.String() != "OPS-7" {
		t.Errorf("exit code %d: %s", code, w.stderr.String())
	}
}

func TestADryRunSendsNothing(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "delete", "owner:sara")
	w.expect(t, batch.Done, "", "apply", "/p.json", "--dry-run")
	if w.idp.sent() > 0 || len(w.files.records) > 0 || !strings.HasPrefix(w.out, "1\tsend\tidp\tt1\tci-t1\tsara\t") || strings.Count(w.out, "\n") != 3 {
		t.Errorf("%s", w.out)
	}
}

func TestALineThatIsAnotherByNowIsToldBeforeAnythingIsSent(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "delete", "owner:sara")
	w.idp.tokens[1].Name = model.Clean("for somebody else")
	w.expect(t, batch.Done, "line 2, ci-t2 of sara in idp: it has changed since: the name was ci-t2 and is for somebody else", "apply", "/p.json", "--dry-run")
	if !strings.Contains(w.out, "2\tsend\tidp\tt2\tci-t2\tsara\tchanged\n") {
		t.Errorf("%s", w.out)
	}
	w.expect(t, batch.Done, "", "apply", "/p.json", "--dry-run", "--no-reread")
	if strings.Contains(w.stderr.String(), "changed") {
		t.Errorf("%s", w.stderr.String())
	}
}

func TestInterruptedNothingMoreIsBegunAndWhatIsUnderWayIsWaitedFor(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "delete", "owner:sara")
	ctx, cancel := context.WithCancel(t.Context())
	w.idp.do = func(model.Order) (model.Issued, error) {
		cancel()
		for !strings.Contains(w.stderr.String(), "nothing more is begun") {
			runtime.Gosched()
		}
		return model.Issued{}, nil
	}
	code := w.runIn(ctx, t, "apply", "/p.json", "--at-once", "1", "--yes", "--id", w.files.plans["/p.json"].ID)
	if code != batch.Partly || w.idp.sent() != 1 || !strings.Contains(w.out, "1 of 3 done, 2 not begun") || !strings.Contains(w.stderr.String(), "to go on with it: authdeck apply /p.json") {
		t.Errorf("exit code %d, sent %d: %s%s", code, w.idp.sent(), w.out, w.stderr.String())
	}
	w.idp.do = nil
	if code := w.applied(t); code != batch.Done || w.idp.sent() != 3 {
		t.Errorf("exit code %d, sent %d", code, w.idp.sent())
	}
}

func TestWhatWasDoneIsNoFailureWhereNobodyReadsTheTally(t *testing.T) {
	w := newWorld(t)
	w.planned(t, "delete", "owner:sara")
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	a := &application{plan: w.files.plans["/p.json"], path: "/p.json"}
	a.Session.World = w.World
	a.Stdout, a.ends, a.here = full, a.plan.Ends([]plan.Record{{Line: 0, Step: plan.Ends, Outcome: plan.Done}, {Line: 1, Step: plan.Ends, Outcome: plan.Done}, {Line: 2, Step: plan.Ends, Outcome: plan.Done}}), a.plan
	if code := batch.CodeOf(a.conclude(nil)); code != batch.Partly {
		t.Errorf("exit code %d", code)
	}
}

func TestALookNotesWhatIsSeenAndSendsNothing(t *testing.T) {
	w := newWorld(t)
	w.idp.do = func(model.Order) (model.Issued, error) {
		return model.Issued{}, model.Fail(model.Uncertain, "the answer was lost")
	}
	w.planned(t, "delete", "owner:sara")
	w.applied(t)
	told := model.Finding{End: model.Visible, Words: "It is not there any more."}
	w.idp.look = func(o model.Order) (model.Finding, error) {
		if o.Token.ID == "t2" {
			return model.Finding{}, nil
		}
		return told, nil
	}
	w.expect(t, batch.Found, "lines of which nothing tells whether they happened: 1", "apply", "/p.json", "--look")
	if !strings.Contains(w.out, "line 1, ci-t1 of sara in idp: uncertain: the answer was lost; looked at since: It is not there any more.\n") || w.idp.sent() != 3 {
		t.Errorf("%s", w.out)
	}
	if ends := w.files.plans["/p.json"].Ends(w.files.Records()); ends[0].Seen != told.Words || ends[0].Outcome != plan.Uncertain || ends[1].Seen == "" {
		t.Errorf("%+v", ends)
	}
	w.idp.look = func(model.Order) (model.Finding, error) { return told, nil }
	w.expect(t, batch.Done, "", "apply", "/p.json", "--look", "--json")
	if !strings.Contains(w.out, `"seen": "It is not there any more."`) {
		t.Errorf("%s", w.out)
	}
	w.idp.look = func(model.Order) (model.Finding, error) { return told, model.Fail(model.Unavailable, "no answer") }
	w.expect(t, batch.Found, "it could not be looked at: no answer", "apply", "/p.json", "--look")
}

// TestALineThatCannotBeDoneIsMissing: whoever waits for a leaver's tokens to be gone is not told
// that all is done while one of them opens.
func TestALineThatCannotBeDoneIsMissing(t *testing.T) {
	for want, ends := range map[batch.Exit][]plan.Outcome{
		batch.Done: {plan.Done, plan.Done}, batch.Partly: {plan.Done, plan.Cannot}, batch.Failed: {plan.Cannot, plan.Cannot},
	} {
		a := application{}
		for _, o := range ends {
			a.ends = append(a.ends, plan.End{Outcome: o})
		}
		if got := a.code(); got != want {
			t.Errorf("%v: exit code %d, want %d", ends, got, want)
		}
	}
}
