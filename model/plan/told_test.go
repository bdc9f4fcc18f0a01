package plan_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

// without is a plan whose risks somebody has taken out of its file.
func without(p *plan.Plan) *plan.Plan {
	for i := range p.Lines {
		p.Lines[i].Risks = nil
	}
	return p
}

func TestARiskThatALineTellsOfItselfCannotBeTakenOutOfAFile(t *testing.T) {
	now := time.Now()
	tokens := some(6)
	tokens[0].LastUsed = model.At(now)
	tokens[1].Managed = model.Clean("outpost")
	tokens[2].LastUsed = model.When{}
	tokens[3].Own = true
	tokens[4].LastUsed = model.At(now.AddDate(0, 0, -20))
	for _, a := range []model.Action{model.Delete, model.Regenerate, model.Replace} {
		p := made(t, named("mars"), a, tokens)
		p.Lines[5].Risks = []plan.Risk{plan.Managed} // somebody has put one in
		whole := p.Told(now)
		p.Made = now.AddDate(3, 0, 0) // in the file too
		for i, want := range [][]plan.Risk{{plan.UsedLately}, {plan.Managed}, {plan.UseUnknown}, {plan.Own}, {plan.UsedLately}, {plan.Managed}} {
			if i < 5 {
				p.Lines[i].Risks = nil
			}
			if got := p.Told(now).Lines[i].Risks; !slices.Equal(got, want) || !slices.Equal(whole.Lines[i].Risks, want) {
				t.Errorf("%s, line %d: %v and %v, want %v", a, i+1, got, whole.Lines[i].Risks, want)
			}
		}
	}
	late := made(t, named("mars"), model.Delete, tokens[:1])
	if got := without(late).Told(now.AddDate(1, 0, 0)).Lines[0].Risks; !slices.Equal(got, []plan.Risk{plan.UsedLately}) {
		t.Errorf("a year later it has %v", got)
	}
}

func TestTheRisksOfANewEndCannotBeTakenOutOfAFile(t *testing.T) {
	now := time.Now().Truncate(time.Second)
	tokens := some(1)
	tokens[0].LastUsed, tokens[0].Expires = model.At(now), model.At(now.AddDate(0, 3, 0))
	for end, want := range map[time.Time][]plan.Risk{
		now.AddDate(0, 0, 7): {plan.UsedLately, plan.EndsSooner}, now.AddDate(0, 2, 0): {plan.EndsSooner}, now.AddDate(0, 4, 0): nil,
	} {
		p := &plan.Plan{Action: model.Edit, Set: plan.Set{Expires: model.At(end)}, Made: now.AddDate(-1, 0, 0), Lines: []plan.Line{{Token: tokens[0]}}}
		if got := p.Told(now).Lines[0].Risks; !slices.Equal(got, want) {
			t.Errorf("to %s it has %v, want %v", end, got, want)
		}
		p.Lines[0].Cannot = "it is left alone"
		if got := p.Told(now).Lines[0].Risks; slices.Contains(got, plan.EndsSooner) {
			t.Errorf("a line that is left alone has %v", got)
		}
	}
}

func TestWhatIsReadAgainTellsItsRisksWhateverTheFileSays(t *testing.T) {
	s := named("mars")
	s.me.ID = "7"
	p := without(made(t, s, model.Delete, some(3)))
	s.tokens = some(3)
	s.tokens[0].Own = true
	s.tokens[1].Managed = model.Clean("outpost")
	s.tokens[2].LastUsed = model.At(time.Now())
	now := p.Known(p.Again(t.Context(), s, plan.Rereading{}))
	if got := now.Lines[2].Risks; slices.Contains(got, plan.Changed) {
		t.Errorf("that it was used makes it another one: %v", got)
	}
	for i, want := range []plan.Risk{plan.Own, plan.Managed, plan.UsedLately} {
		if got := now.Lines[i].Risks; !slices.Contains(got, want) || i > 0 && !slices.Contains(got, plan.OwnAccount) {
			t.Errorf("line %d has %v", i+1, got)
		}
	}
}

func TestThatNobodyKnowsAsWhomOneSignsInIsNotThatItIsAnother(t *testing.T) {
	s := named("mars")
	p := made(t, s, model.Delete, some(2))
	s.tokens = some(2)
	s.stranger = model.Fail(model.Unavailable, "no answer")
	for i, l := range p.Known(p.Again(t.Context(), s, plan.Rereading{})).Lines {
		if !strings.Contains(l.Says[0], "as whom authdeck signs in was not told: no answer") {
			t.Errorf("line %d says %q", i+1, l.Says)
		}
	}
}

func TestWhatTheConsoleNeedsEndsLastAlsoWhereTheFileDoesNotSaySo(t *testing.T) {
	s, tokens := named("mars"), some(3)
	tokens[0].Owner.ID = "1"
	s.me.ID = "1"
	p := without(made(t, s, model.Delete, tokens))
	s.tokens = tokens
	applied(t, p, s, &memory{}, plan.Options{AtOnce: 1, Known: p.Known(p.Again(t.Context(), s, plan.Rereading{}))})
	if !slices.Equal(s.sent, []string{"t2", "t3", "t1"}) {
		t.Errorf("sent %v", s.sent)
	}
}

func TestAConflictSaysThatATokenWasGivenToSomebodyElseAndWhatCannotBeTold(t *testing.T) {
	for want, change := range map[string]func(*system){
		"it is not among the tokens of its owner any more":  func(s *system) { s.tokens = s.tokens[1:] },
		"the owner was sara and is root":                    func(s *system) { s.tokens[0].Owner = model.User{ID: "1", Username: model.Clean("root")} },
		"the owner was sara (7) and is sara (9)":            func(s *system) { s.tokens[0].Owner.ID = "9" },
		"the state was active and is revoked":               func(s *system) { s.tokens[0].State = model.Revoked },
		"could not be read: no answer":                      func(s *system) { s.tokens, s.unread = nil, model.Fail(model.Unavailable, "no answer") },
		"nothing that the list of its owner's tokens shows": func(*system) {},
		"its key was of 2026-11-02T08:30:00.000000005Z and is of 2026-11-02T08:30:00.000000006Z": func(s *system) {
			at, _ := day(2).Time()
			s.tokens[0].Updated = model.At(at.Add(1))
		},
	} {
		s, j := answers("t1", model.Fail(model.Conflict, "it has changed since it was read"), -1), &memory{}
		s.tokens = some(2)
		change(s)
		applied(t, made(t, s, model.Delete, some(1)), s, j, plan.Options{})
		if said := j.records[1].Words; !strings.Contains(said, want) {
			t.Errorf("it says %q, and not %q", said, want)
		}
	}
}

func TestWhatAnotherCredentialIsNotToldOrToldMoreIsNoChange(t *testing.T) {
	for name, change := range map[string]func(*model.Token){
		"when it was used":       func(t *model.Token) { t.LastUsed = model.When{} },
		"the name of its owner":  func(t *model.Token) { t.Owner.Username = model.Text{} },
		"its state":              func(t *model.Token) { t.State = model.Unclear },
		"that it is the other's": func(t *model.Token) { t.Own = !t.Own },
	} {
		was, is := some(1)[0], some(1)[0]
		was.Own, is.Own = true, true
		change(&is)
		if said := plan.Difference(&was, &is); said != "" {
			t.Errorf("%s: %s", name, said)
		}
	}
}

func TestWhatALaterLookFoundIsKnownWhenThePlanIsOpenedAgain(t *testing.T) {
	p := made(t, named("mars"), model.Delete, some(2))
	ends := p.Ends([]plan.Record{
		{Line: 0, Step: plan.Begins},
		{Line: 0, Step: plan.Ends, Outcome: plan.Uncertain, Words: "the answer was lost."},
		{Line: 0, Step: plan.Looked, Words: "It is there."},
		{Line: 0, Step: plan.Looked, Words: "It is gone."},
		{Line: 1, Step: plan.Looked, Words: "Nobody has sent it."},
	})
	if e := ends[0]; e.Outcome != plan.Uncertain || e.Told() != "the answer was lost; looked at since: It is gone." || ends[1].Told() != "" {
		t.Errorf("%+v", ends)
	}
}

func TestWhatAnotherProgramHasInHandHasNotEnded(t *testing.T) {
	p := made(t, named("mars"), model.Delete, some(2))
	records := []plan.Record{{Line: 0, Step: plan.Begins}}
	if said := p.EndsSoFar(records, true)[0].Words; said != "another authdeck has it under way right now" {
		t.Error(said)
	}
	if said := p.EndsSoFar(records, false)[0].Words; !strings.HasPrefix(said, "the program ended") {
		t.Error(said)
	}
}
