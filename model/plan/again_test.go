package plan_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
)

func TestAPlanThatIsReadAgainSaysWhatIsDifferentByNow(t *testing.T) {
	s := named("mars")
	p := made(t, s, model.Delete, some(4))
	s.tokens = some(3)
	s.tokens[1].Description = model.Clean("for somebody else")
	s.tokens[2].Own = true
	told := 0
	now := p.Known(p.Again(t.Context(), s, plan.Rereading{AtOnce: 2, Told: func(n, _ int) { told = n }}))
	for i, want := range []struct {
		says  string
		risks []plan.Risk
	}{
		{"The key stops working at once.", nil},
		{"It has changed since: the description was none and is for somebody else.", []plan.Risk{plan.Changed}},
		{"It has changed since: authdeck itself signs in with it now.", []plan.Risk{plan.Own, plan.Changed}},
		{"It has changed since: it is not among the tokens of its owner any more.", []plan.Risk{plan.Changed}},
	} {
		if l := now.Lines[i]; l.Says[0] != want.says || !slices.Equal(l.Risks, want.risks) {
			t.Errorf("line %d says %q, with %v", i+1, l.Says, l.Risks)
		}
	}
	if told != 4 || len(s.sent) != 0 || p.Lines[1].Risks != nil {
		t.Errorf("told %d, sent %v, and the plan itself has %+v", told, s.sent, p.Lines[1])
	}
}

func TestWhatCannotBeReadAgainIsNoNews(t *testing.T) {
	s := named("mars")
	p := made(t, s, model.Delete, some(1))
	s.unread = model.Fail(model.Unavailable, "no answer")
	l := p.Known(p.Again(t.Context(), s, plan.Rereading{})).Lines[0]
	if !strings.HasPrefix(l.Says[0], "Whether it has changed could not be read: no answer") || len(l.Risks) != 0 {
		t.Errorf("it says %q, with %v", l.Says, l.Risks)
	}
}
