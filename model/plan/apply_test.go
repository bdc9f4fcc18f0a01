package plan_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

func TestAPlanIsAppliedLineByLineAndEachOrderSaysOfWhichPlanItIs(t *testing.T) {
	s, j := named("mars"), &memory{}
	p := made(t, s, model.Delete, some(5))
	run, events := applied(t, p, s, j, plan.Options{AtOnce: 1})
	if outcomes(run) != "[done done done done done]" || !slices.Equal(s.sent, []string{"t1", "t2", "t3", "t4", "t5"}) {
		t.Errorf("%s: %v", outcomes(run), s.sent)
	}
	if o := s.orders[0]; o.Plan != p.ID || o.Action != model.Delete || o.Token != p.Lines[0].Token || o.At.IsZero() {
		t.Errorf("the order is %+v", o)
	}
	if len(events) != 10 || len(j.records) != 10 || events[1].End.Outcome != plan.Done {
		t.Errorf("%d events, %d records", len(events), len(j.records))
	}
}

func TestNeverMoreLinesThanWereAllowedAreUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gauge{}
		mars, venus := named("mars"), named("venus")
		mars.outside, venus.outside, mars.late, venus.late = g, g, time.Second, time.Second
		both := union{members: []model.API{mars, venus}}
		var tokens []model.Token
		for i, token := range some(30) {
			token.System = []string{"mars", "venus"}[i%2]
			tokens = append(tokens, token)
		}
		p := made(t, both, model.Delete, tokens)
		g.most = 0
		began := time.Now()
		applied(t, p, both, &memory{}, plan.Options{AtOnce: 3})
		if g.most != 3 || time.Since(began) != 10*time.Second {
			t.Errorf("%d at once, in %v", g.most, time.Since(began))
		}
	})
}

// answers is a system of which one token is answered with an error, once or always.
func answers(id string, err error, often int) *system {
	s := named("mars")
	var mu sync.Mutex
	s.do = func(o model.Order) (model.Issued, error) {
		mu.Lock()
		defer mu.Unlock()
		if o.Token.ID == id && often != 0 {
			often--
			return model.Issued{}, err
		}
		return model.Issued{}, nil
	}
	return s
}

func TestEachEndHasItsOutcome(t *testing.T) {
	sent := func(k model.Kind) error { return &model.Error{Kind: k, Sent: true} }
	for _, c := range []struct {
		err  error
		want plan.Outcome
	}{
		{nil, plan.Done},
		{model.Fail(model.Conflict, "changed"), plan.Conflict},
		{sent(model.Conflict), plan.Uncertain},
		{model.Fail(model.NotFound, "gone"), plan.NotThere},
		{sent(model.NotFound), plan.Uncertain},
		{model.Fail(model.Forbidden, "no"), plan.Refused},
		{model.Fail(model.Invalid, "no"), plan.Refused},
		{model.Fail(model.Unsupported, "no"), plan.Refused},
		{model.Fail(model.Unauthorized, "no"), plan.Failed},
		{model.Fail(model.Unavailable, "no answer"), plan.Failed},
		{model.Fail(model.Unrecorded, "the disk is full"), plan.Failed},
		{model.Fail(model.Refused, "no reason"), plan.Failed},
		{model.Fail(model.Uncertain, "lost"), plan.Uncertain},
		{model.Fail(model.Partial, "half"), plan.Uncertain},
		{model.Fail(model.Contradicted, "still there"), plan.Uncertain},
		{errors.New("a fault of ours"), plan.Uncertain},
	} {
		s := answers("t1", c.err, -1)
		run, _ := applied(t, made(t, s, model.Delete, some(1)), s, &memory{}, plan.Options{})
		if got := run.Ends()[0].Outcome; got != c.want {
			t.Errorf("%v is %s, want %s", c.err, got, c.want)
		}
	}
}

func TestRetryAfterIsObeyedAndTheOtherSystemsGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mars, venus := answers("t3", &model.Error{Kind: model.RateLimited, RetryAfter: time.Minute}, 1), named("venus")
		both := union{members: []model.API{mars, venus}}
		var tokens []model.Token
		for _, s := range []string{"mars", "venus"} {
			for _, token := range some(5) {
				token.System = s
				tokens = append(tokens, token)
			}
		}
		p, j, began := made(t, both, model.Delete, tokens), &memory{}, time.Now()
		run, events := applied(t, p, both, j, plan.Options{AtOnce: 1})
		if plan.Tally(run.Ends())[plan.Done] != 10 || !slices.Equal(mars.sent, []string{"t1", "t2", "t3", "t3", "t4", "t5"}) {
			t.Errorf("%s: %v", outcomes(run), mars.sent)
		}
		if late := mars.at[3].Sub(began); late != time.Minute || venus.at[4] != began {
			t.Errorf("it was asked again after %v, and the other one after %v", late, venus.at[4].Sub(began))
		}
		off := slices.IndexFunc(events, func(e plan.Event) bool { return e.Step == plan.PutOff })
		if off < 0 || !events[off].Until.Equal(began.Add(time.Minute)) {
			t.Errorf("nobody was told: %+v", events)
		}
	})
}

func TestASystemThatNeverHasTimeIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := answers("t1", &model.Error{Kind: model.RateLimited}, -1)
		run, _ := applied(t, made(t, s, model.Delete, some(2)), s, &memory{}, plan.Options{})
		if outcomes(run) != "[failed done]" {
			t.Errorf("%s after %d times", outcomes(run), s.times("t1"))
		}
	})
}

func TestAConflictSaysWhatIsDifferent(t *testing.T) {
	s := answers("t1", model.Fail(model.Conflict, "it has changed since it was read"), -1)
	s.tokens = some(2)
	s.tokens[0].Expires, s.tokens[0].Description = day(29), model.Clean("for CI")
	run, _ := applied(t, made(t, s, model.Delete, some(2)), s, &memory{}, plan.Options{})
	said := run.Ends()[0].Words
	for _, want := range []string{"changed since", "its end was never and is 2026-11-29", "the description was none and is for CI"} {
		if !strings.Contains(said, want) {
			t.Errorf("it says %q, and not %q", said, want)
		}
	}
	if outcomes(run) != "[conflict done]" {
		t.Error(outcomes(run))
	}
}

func TestAnUncertainLineIsNeverSentAgainAndAFailedOneOnlyWhenAskedTo(t *testing.T) {
	s, j := named("mars"), &memory{}
	s.do = func(o model.Order) (model.Issued, error) {
		switch o.Token.ID {
		case "t1":
			return model.Issued{}, model.Fail(model.Uncertain, "the answer was lost")
		case "t2":
			return model.Issued{}, model.Fail(model.Unavailable, "no answer")
		}
		return model.Issued{}, nil
	}
	p := made(t, s, model.Delete, some(3))
	for range 3 {
		run, _ := applied(t, p, s, j, plan.Options{})
		if outcomes(run) != "[uncertain failed done]" {
			t.Error(outcomes(run))
		}
	}
	if s.times("t1") != 1 || s.times("t2") != 1 || s.times("t3") != 1 {
		t.Errorf("sent %v", s.sent)
	}
	for range 2 {
		applied(t, p, s, j, plan.Options{Which: plan.OnlyFailed})
	}
	if s.times("t1") != 1 || s.times("t2") != 3 || s.times("t3") != 1 {
		t.Errorf("sent %v", s.sent)
	}
}

func TestStoppingWaitsForWhatIsUnderWayAndBeginsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, stop := range map[string]func(*plan.Run, context.CancelFunc){
			"told":   func(r *plan.Run, _ context.CancelFunc) { r.Stop() },
			"left":   func(_ *plan.Run, cancel context.CancelFunc) { cancel() },
			"resume": func(r *plan.Run, cancel context.CancelFunc) { r.Stop(); cancel() },
		} {
			s, j := named("mars"), &memory{}
			p := made(t, s, model.Delete, some(20))
			s.late = time.Second
			ctx, cancel := context.WithCancel(t.Context())
			run, err := plan.Apply(ctx, p, s, j, plan.Options{AtOnce: 4})
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(1500 * time.Millisecond)
			stop(run, cancel)
			run.Wait(t.Context())
			if got := plan.Tally(run.Ends()); got[plan.Done] != 8 || got[plan.NotBegun] != 12 || len(s.sent) != 8 {
				t.Errorf("%s: %v, %d were sent", name, got, len(s.sent))
			}
			run, _ = applied(t, p, s, j, plan.Options{})
			if got := plan.Tally(run.Ends()); got[plan.Done] != 20 || len(s.sent) != 20 {
				t.Errorf("%s, and on: %v, %d were sent", name, got, len(s.sent))
			}
			cancel()
		}
	})
}

func TestWhateverEndsTheProgramNothingIsSentTwice(t *testing.T) {
	for cut := range 21 { // after each record that there can be
		s, j := named("mars"), &memory{}
		p := made(t, s, model.Delete, some(10))
		applied(t, p, s, j, plan.Options{AtOnce: 1})
		left := &memory{records: j.records[:cut]}
		s.sent = nil
		run, _ := applied(t, p, s, left, plan.Options{AtOnce: 1})
		done, begun := cut/2, (cut+1)/2
		got := plan.Tally(run.Ends())
		if got[plan.Done] != 10-(begun-done) || got[plan.Uncertain] != begun-done || len(s.sent) != 10-begun {
			t.Errorf("after %d records: %v, %d were sent", cut, got, len(s.sent))
		}
		for i := range begun {
			if s.times(p.Lines[i].Token.ID) != 0 {
				t.Errorf("after %d records: line %d was sent again", cut, i+1)
			}
		}
	}
}

func TestNothingIsSentThatCannotBeWrittenDown(t *testing.T) {
	s, j := named("mars"), &memory{}
	j.fails = func(r plan.Record) error {
		if r.Line == 2 && r.Step == plan.Begins {
			return errors.New("the disk is full")
		}
		return nil
	}
	run, _ := applied(t, made(t, s, model.Delete, some(5)), s, j, plan.Options{AtOnce: 1})
	if outcomes(run) != "[done done not-begun not-begun not-begun]" || len(s.sent) != 2 || run.Err() == nil {
		t.Errorf("%s, %d were sent: %v", outcomes(run), len(s.sent), run.Err())
	}
	if !strings.Contains(run.Ends()[2].Words, "the disk is full") {
		t.Errorf("it says %q", run.Ends()[2].Words)
	}
}

func TestAnEndThatCannotBeWrittenDownIsTheLast(t *testing.T) {
	s, j := named("mars"), &memory{}
	j.fails = func(r plan.Record) error {
		if r.Line == 1 && r.Step == plan.Ends {
			return errors.New("the disk is full")
		}
		return nil
	}
	run, _ := applied(t, made(t, s, model.Delete, some(5)), s, j, plan.Options{AtOnce: 1})
	if outcomes(run) != "[done done not-begun not-begun not-begun]" || len(s.sent) != 2 || run.Err() == nil {
		t.Errorf("%s, %d were sent: %v", outcomes(run), len(s.sent), run.Err())
	}
}

// ring keeps keys and says when it took them.
type ring struct {
	journal *memory
	keys    map[string]string
	after   []int // the records that there were, when a key came
	fails   error
}

func (r *ring) Close() error { return nil }

func (*ring) Place(*plan.Line) plan.Place { return plan.Place{Way: plan.InFile, At: "/keys.jsonl"} }

func (r *ring) Take(l *plan.Line, issued model.Issued) error {
	if r.fails != nil {
		return r.fails
	}
	r.keys[l.Token.ID], r.after = issued.Key.Reveal(), append(r.after, len(r.journal.Records()))
	return nil
}

func renewing() *system {
	s := named("mars")
	s.do = func(o model.Order) (model.Issued, error) {
		return model.Issued{Token: o.Token, Key: model.NewSecret("key of " + o.Token.ID)}, nil
	}
	return s
}

func TestANewKeyIsKeptBeforeItsLineIsCalledDone(t *testing.T) {
	s, j := renewing(), &memory{}
	keys := &ring{journal: j, keys: map[string]string{}}
	run, _ := applied(t, made(t, s, model.Regenerate, some(2)), s, j, plan.Options{AtOnce: 1, Keys: keys})
	if outcomes(run) != "[done done]" || keys.keys["t2"] != "key of t2" || !slices.Equal(keys.after, []int{1, 3}) {
		t.Errorf("%s: %v, after %v", outcomes(run), keys.keys, keys.after)
	}
	if said := fmt.Sprint(j.records); strings.Contains(said, "key of") {
		t.Errorf("the journal has a key: %s", said)
	}
}

// TestAKeyThatTheFileHasIsNotKeptBesideIt is about the one that was sealed when it came: it is
// dropped when the file has it, and stays where the file did not take it.
func TestAKeyThatTheFileHasIsNotKeptBesideIt(t *testing.T) {
	for fails, want := range map[error]int{nil: 2, errors.New("the disk is full"): 0} {
		s, j, dropped := renewing(), &memory{}, 0
		came := s.do
		s.do = func(o model.Order) (model.Issued, error) {
			issued, err := came(o)
			issued.Kept.Drop = func() error { dropped++; return nil }
			return issued, err
		}
		applied(t, made(t, s, model.Regenerate, some(2)), s, j, plan.Options{AtOnce: 1, Keys: &ring{journal: j, keys: map[string]string{}, fails: fails}})
		if dropped != want {
			t.Errorf("%v: %d were dropped, not %d", fails, dropped, want)
		}
	}
}

func TestWithoutAPlaceForKeysNoneIsMade(t *testing.T) {
	s := renewing()
	p := made(t, s, model.Regenerate, some(2))
	if _, err := plan.Apply(t.Context(), p, s, &memory{}, plan.Options{}); err == nil || len(s.sent) != 0 {
		t.Errorf("%v, and %d were sent", err, len(s.sent))
	}
}

func TestAKeyThatCannotBeKeptComesToThePersonAndIsTheLast(t *testing.T) {
	s, j := renewing(), &memory{}
	p := made(t, s, model.Regenerate, some(5))
	run, events := applied(t, p, s, j, plan.Options{AtOnce: 1, Keys: &ring{fails: errors.New("the disk is full")}})
	last := events[len(events)-1]
	if last.Lost.Key.Reveal() != "key of t1" || len(s.sent) != 1 || run.Err() == nil || !strings.Contains(last.End.Words, "the disk is full") {
		t.Errorf("%+v, %d were sent", last, len(s.sent))
	}
}

func TestWhatMayBeTheConsolesOwnCredentialEndsLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, tokens := named("mars"), some(6)
		s.me.ID, tokens[1].Owner.ID = "1", "1"
		p := made(t, s, model.Delete, tokens)
		s.late = time.Second
		applied(t, p, s, &memory{}, plan.Options{AtOnce: 4})
		if s.sent[5] != "t2" || s.at[5].Sub(s.at[4]) < time.Second {
			t.Errorf("sent %v", s.sent)
		}
	})
}

func TestASystemThatRefusesTheCredentialOrIsSilentIsLeftAlone(t *testing.T) {
	for kind, sent := range map[model.Kind]int{model.Unauthorized: 1, model.Unrecorded: 1, model.Refused: 1, model.Unavailable: 5} {
		s := named("mars")
		s.do = func(model.Order) (model.Issued, error) { return model.Issued{}, model.Fail(kind, "no") }
		run, _ := applied(t, made(t, s, model.Delete, some(20)), s, &memory{}, plan.Options{AtOnce: 1})
		got := plan.Tally(run.Ends())
		if len(s.sent) != sent || got[plan.NotBegun] != 20-sent || got[plan.Failed] != sent || run.Ends()[19].Words == "" {
			t.Errorf("%v: %d were sent, %v", kind, len(s.sent), got)
		}
	}
}

func TestALineOfAnotherSystemOfTheSameNameIsNotSent(t *testing.T) {
	p := made(t, named("mars"), model.Delete, some(2))
	other := named("mars")
	other.info.Host = "elsewhere.example"
	run, _ := applied(t, p, other, &memory{}, plan.Options{})
	if len(other.sent) != 0 || !strings.Contains(run.Ends()[0].Words, "elsewhere.example") {
		t.Errorf("%d were sent, %+v", len(other.sent), run.Ends())
	}
}

func TestWhatCannotBeDoneIsSkippedAndSaysWhy(t *testing.T) {
	s := named("mars")
	s.prepare = func(t model.Token) (model.Form, error) {
		if t.ID == "t1" {
			return model.Form{}, model.Fail(model.Unsupported, "it is not yours")
		}
		return model.Form{}, nil
	}
	run, _ := applied(t, made(t, s, model.Delete, some(2)), s, &memory{}, plan.Options{})
	if outcomes(run) != "[cannot done]" || run.Ends()[0].Words != "it is not yours" || s.times("t1") != 0 {
		t.Errorf("%s: %+v", outcomes(run), run.Ends()[0])
	}
}
