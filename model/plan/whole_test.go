package plan_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
)

// spread are tokens of a system, each of another owner.
func spread(n int) []model.Token {
	all := some(n)
	for i := range all {
		all[i].Owner = model.User{ID: "o" + strconv.Itoa(i+1), Username: model.Clean("user-" + strconv.Itoa(i+1))}
	}
	return all
}

func TestASystemThatGivesItsListWholeIsReadOnceWhoeverTheOwnersAre(t *testing.T) {
	s := named("cloud")
	p := made(t, s, model.Delete, spread(40))
	s.whole, s.tokens = true, spread(38)
	s.tokens[4].Owner = model.User{ID: "o9", Username: model.Clean("somebody-else")}
	var told []int
	seen := p.Again(t.Context(), s, plan.Rereading{AtOnce: 4, Told: func(n, of int) { told = []int{n, of} }})
	if len(s.read) != 1 || s.read[0] != "" {
		t.Errorf("its list was asked for %d times, of %q", len(s.read), s.read)
	}
	changed := 0
	for i := range p.Lines {
		if seen[i].Changed != "" {
			changed++
		}
	}
	if changed != 3 || seen[39].Changed != "it is not among the tokens of its owner any more" || seen[4].Changed == "" {
		t.Errorf("%d lines changed: %+v", changed, seen)
	}
	if !slices.Equal(told, []int{40, 40}) {
		t.Errorf("it was told %v", told)
	}
}

func TestASystemThatGivesPagesIsAskedForTheTokensOfEachOwner(t *testing.T) {
	s := named("shop")
	p := made(t, s, model.Delete, spread(3))
	s.tokens = spread(3)
	if seen := p.Again(t.Context(), s, plan.Rereading{AtOnce: 1}); len(seen) != 3 || seen[2].Changed+seen[2].Unread != "" {
		t.Errorf("%+v", seen)
	}
	slices.Sort(s.read)
	if !slices.Equal(s.read, []string{"", "o1", "o2", "o3"}) {
		t.Errorf("its list was asked for %q", s.read)
	}
}

func TestASystemThatGivesNoAnswerIsNotAskedForEachOwner(t *testing.T) {
	s := named("cloud")
	p := made(t, s, model.Delete, spread(40))
	s.unread = model.Fail(model.Unavailable, "no answer")
	seen := p.Again(t.Context(), s, plan.Rereading{AtOnce: 4})
	if len(s.read) != 1 || seen[39].Unread != "no answer" {
		t.Errorf("its list was asked for %d times: %+v", len(s.read), seen[39])
	}
}

func TestOnlyWhatCanStillBeSentIsReadAgain(t *testing.T) {
	s := named("shop")
	p := made(t, s, model.Delete, spread(4))
	s.tokens = spread(4)
	ends := p.Ends([]plan.Record{
		{Line: 0, Step: plan.Ends, Outcome: plan.Done}, {Line: 1, Step: plan.Begins}, {Line: 2, Step: plan.Ends, Outcome: plan.Failed},
	})
	seen := p.Again(t.Context(), s, plan.Rereading{AtOnce: 1, Ends: ends})
	slices.Sort(s.read)
	if _, is := seen[0]; is || len(seen) != 2 || !slices.Equal(s.read, []string{"", "o3", "o4"}) {
		t.Errorf("it asked for %q: %+v", s.read, seen)
	}
}

func TestWhatWasNotReadWhenNobodyWaitsAnyMoreIsNoNews(t *testing.T) {
	s := named("shop")
	p := made(t, s, model.Delete, spread(5))
	s.tokens = spread(5)
	ctx, cancel := context.WithCancelCause(t.Context())
	s.listed = func() {
		if len(s.read) == 3 { // the first page, and two owners
			cancel(errors.New("it is given up"))
		}
	}
	if seen := p.Again(ctx, s, plan.Rereading{AtOnce: 1}); len(seen) > 2 {
		t.Errorf("of %d lines it is said what is different: %+v", len(seen), seen)
	}
}

func TestAPlanCountsWhatIsStillToBeSent(t *testing.T) {
	p := made(t, named("shop"), model.Delete, some(6))
	p.Lines[5].Cannot = "it is not to be"
	p.Lines[0].Risks, p.Lines[4].Risks = []plan.Risk{plan.Own}, []plan.Risk{plan.Own}
	ends := p.Ends([]plan.Record{{Line: 0, Step: plan.Ends, Outcome: plan.Done}, {Line: 1, Step: plan.Begins}, {Line: 2, Step: plan.PutOff}})
	if c := p.Left(ends); c != (plan.Count{Lines: 6, Sent: 3, Cannot: 1, Grave: 1}) {
		t.Errorf("%+v", c)
	}
}
