package plan_test

import (
	"errors"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
)

// sealing is a system whose keys are sealed as they come; gone says why a sealed one is not where
// it was put.
func sealing(gone error, dropped *int) *system {
	s := renewing()
	came := s.do
	s.do = func(o model.Order) (model.Issued, error) {
		issued, err := came(o)
		issued.Kept = model.Kept{
			Later: "authdeck keys shows it.", Drop: func() error { *dropped++; return nil }, Leave: func() {}, Gone: func() error { return gone },
		}
		return issued, err
	}
	return s
}

func TestTheJournalKnowsWhereEachKeyIs(t *testing.T) {
	s, j := renewing(), &memory{}
	run, _ := applied(t, made(t, s, model.Regenerate, some(1)), s, j, plan.Options{Keys: &ring{journal: j, keys: map[string]string{}}})
	want := plan.Place{Way: plan.InFile, At: "/keys.jsonl"}
	if last := j.records[len(j.records)-1]; last.Key != want || run.Ends()[0].Key != want {
		t.Errorf("%+v, %+v", last, run.Ends()[0])
	}
}

// TestAKeyThatWasRescuedIsNotOfferedAgainAndTheJournalKnowsWhereItIs is about one that the file
// for keys did not take, and a file of its own did.
func TestAKeyThatWasRescuedIsNotOfferedAgainAndTheJournalKnowsWhereItIs(t *testing.T) {
	dropped, rescued := 0, ""
	s, j := sealing(nil, &dropped), &memory{}
	how := plan.Options{AtOnce: 1, Keys: &ring{fails: errors.New("/keys.jsonl: the disk is full")}, Rescue: func(_ *plan.Line, issued model.Issued) (string, error) {
		if dropped > 0 {
			t.Error("the sealed one went before")
		}
		rescued = issued.Key.Reveal()
		return "/keys/mars-t1.key", nil
	}}
	run, events := applied(t, made(t, s, model.Regenerate, some(3)), s, j, how)
	end, last := run.Ends()[0], j.records[len(j.records)-1]
	if end.Outcome != plan.Done || !end.Apart() || end.NotHandedOver() || end.Key.At != "/keys/mars-t1.key" || last.Key != end.Key || last.Words != end.Words {
		t.Errorf("%+v, in the journal %+v", end, last)
	}
	if want := "the file for keys did not take its new key: /keys.jsonl: the disk is full; it is in a file of its own: /keys/mars-t1.key"; end.Words != want {
		t.Errorf("said %q, want %q", end.Words, want)
	}
	if dropped != 1 || rescued != "key of t1" || !events[len(events)-1].Lost.Key.Empty() || len(s.sent) != 1 || run.Err() == nil {
		t.Errorf("dropped %d, rescued %q, sent %v, %v", dropped, rescued, s.sent, run.Err())
	}
}

func TestAKeyThatNoFileTookComesToThePersonAndStaysSealedUntilThen(t *testing.T) {
	dropped := 0
	s := sealing(nil, &dropped)
	how := plan.Options{AtOnce: 1, Keys: &ring{fails: errors.New("the disk is full")}, Rescue: func(*plan.Line, model.Issued) (string, error) {
		return "", errors.New("that one too")
	}}
	run, events := applied(t, made(t, s, model.Regenerate, some(3)), s, &memory{}, how)
	end := run.Ends()[0]
	if events[len(events)-1].Lost.Key.Reveal() != "key of t1" || dropped != 0 || len(s.sent) != 1 || end.Apart() || end.Key != (plan.Place{}) {
		t.Errorf("%+v, dropped %d, sent %v", end, dropped, s.sent)
	}
	if !strings.Contains(end.Words, "the disk is full; nor did one of its own: that one too") {
		t.Errorf("said %q", end.Words)
	}
}

// TestWhereNobodyIsAtAScreenAKeyThatNothingTookStaysSealedAndElseGoesToAFile is about a command: it
// shows no key to anybody.
func TestWhereNobodyIsAtAScreenAKeyThatNothingTookStaysSealedAndElseGoesToAFile(t *testing.T) {
	full := errors.New("the disk is full")
	for name, c := range map[string]struct {
		gone, take, rescue error
		want               string
	}{
		"sealed, no file":        {nil, full, full, "its new key was not handed over: the disk is full; it is kept sealed: authdeck keys shows it."},
		"not sealed, no file":    {full, full, nil, "the file for keys did not take its new key: the disk is full; it is in a file of its own: /keys/t1.key"},
		"not sealed, no command": {full, &plan.NotTakenError{Why: full}, nil, "it is in a file of its own: /keys/t1.key"},
		"nowhere":                {full, full, full, "nor did one of its own: the disk is full; nobody has it"},
	} {
		dropped, rescued := 0, 0
		s := sealing(c.gone, &dropped)
		how := plan.Options{AtOnce: 1, Alone: true, Keys: &ring{fails: c.take}, Rescue: func(*plan.Line, model.Issued) (string, error) {
			rescued++
			return "/keys/t1.key", c.rescue
		}}
		run, _ := applied(t, made(t, s, model.Regenerate, some(3)), s, &memory{}, how)
		end := run.Ends()[0]
		if !strings.Contains(end.Words, c.want) || end.NotHandedOver() != (c.gone == nil) || (rescued > 0) != (c.gone != nil) || len(s.sent) != 1 || run.Err() == nil {
			t.Errorf("%s: said %q, rescued %d, sent %v, %v", name, end.Words, rescued, s.sent, run.Err())
		}
	}
}

// TestWhatTheSystemSaidIsNotLostWhereItsKeyWasNotTaken is about a key that came with trouble, and
// one with a note.
func TestWhatTheSystemSaidIsNotLostWhereItsKeyWasNotTaken(t *testing.T) {
	for said, answer := range map[string]func(model.Issued) (model.Issued, error){
		"the old one opens still": func(i model.Issued) (model.Issued, error) {
			return i, model.Fail(model.Partial, "the old one opens still")
		},
		"The scope is narrower.": func(i model.Issued) (model.Issued, error) {
			i.Notes = []string{"The scope is narrower."}
			return i, nil
		},
	} {
		s := sealing(nil, new(int))
		came := s.do
		s.do = func(o model.Order) (model.Issued, error) {
			issued, _ := came(o)
			return answer(issued)
		}
		how := plan.Options{AtOnce: 1, Keys: &ring{fails: &plan.NotTakenError{Why: errors.New("the command failed")}}}
		run, _ := applied(t, made(t, s, model.Regenerate, some(1)), s, &memory{}, how)
		if end := run.Ends()[0]; !end.NotHandedOver() || !strings.HasSuffix(end.Words, "; the system said: "+said) {
			t.Errorf("said %q", end.Words)
		}
	}
}

// TestASealedKeyThatIsGoneIsNotSaidToWait is about one that was not handed over, and whose sealed
// file somebody has removed.
func TestASealedKeyThatIsGoneIsNotSaidToWait(t *testing.T) {
	for gone, waits := range map[error]bool{nil: true, errors.New("it is not there any more"): false} {
		dropped := 0
		s := sealing(gone, &dropped)
		how := plan.Options{AtOnce: 1, Keys: &ring{fails: &plan.NotTakenError{Why: errors.New("the command failed")}}}
		run, events := applied(t, made(t, s, model.Regenerate, some(1)), s, &memory{}, how)
		if end, lost := run.Ends()[0], events[len(events)-1].Lost; end.NotHandedOver() != waits || lost.Key.Empty() != waits {
			t.Errorf("%v: %+v, %d letters for the person", gone, end, lost.Key.Len())
		}
	}
}

// TestAJournalThatKnowsLessThanIsKnownIsNotGoneOnWith is about one that was taken away: what was
// done, and what is uncertain, would be sent once more.
func TestAJournalThatKnowsLessThanIsKnownIsNotGoneOnWith(t *testing.T) {
	for _, outcome := range plan.Outcomes() {
		s := named("mars")
		p := made(t, s, model.Delete, some(2))
		known := p.Ends([]plan.Record{{Line: 1, Step: plan.Ends, Outcome: outcome}})
		_, err := plan.Apply(t.Context(), p, s, &memory{}, plan.Options{Ends: known})
		if (err == nil) != (outcome == plan.NotBegun) {
			t.Errorf("%s: %v", outcome, err)
		}
		if err != nil && (len(s.sent) > 0 || !strings.Contains(err.Error(), "(line 2 is "+string(outcome)+")")) {
			t.Errorf("%s: sent %v, %v", outcome, s.sent, err)
		}
	}
	s := named("mars")
	p := made(t, s, model.Delete, some(2))
	failed := []plan.Record{{Line: 1, Step: plan.Ends, Outcome: plan.Failed}}
	since := p.Ends(append(failed, plan.Record{Line: 1, Step: plan.Begins})) // of a journal that was put back
	if _, err := plan.Apply(t.Context(), p, s, &memory{records: failed}, plan.Options{Ends: since, Which: plan.OnlyFailed}); err == nil || len(s.sent) > 0 {
		t.Errorf("a line that is uncertain was sent once more, because its journal has it failed: %v, %v", s.sent, err)
	}
	j := &memory{}
	run, _ := applied(t, p, s, j, plan.Options{Ends: p.Ends(nil)})
	if outcomes(run) != "[done done]" {
		t.Error(outcomes(run))
	}
}
