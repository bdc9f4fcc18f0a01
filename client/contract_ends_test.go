package client_test

import (
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

// fewOfEach are some tokens of each kind.
func fewOfEach(tokens []model.Token) []model.Token {
	const few = 3
	counted, chosen := map[string]int{}, []model.Token(nil)
	for _, token := range tokens {
		if kind := token.Kind.String() + token.Managed.String(); counted[kind] < few {
			counted[kind]++
			chosen = append(chosen, token)
		}
	}
	return chosen
}

// likeBefore wants all of a token to be as it was but when it ends, and what comes of that.
func likeBefore(t *testing.T, was, is model.Token) {
	t.Helper()
	for _, token := range []*model.Token{&was, &is} {
		token.Expires, token.State, token.Note = model.When{}, model.Unclear, model.Text{}
	}
	if was != is {
		t.Errorf("token %s was\n%+v and is\n%+v", was.ID, was, is)
	}
}

// TestATokenEndsWhenItWasSaidToOrTheSystemRefusesAndAllElseStays goes by every kind of token of
// a system, and by each end.
func TestATokenEndsWhenItWasSaidToOrTheSystemRefusesAndAllElseStays(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		soon := model.At(time.Now().Add(20 * time.Minute).Truncate(time.Second))
		for _, end := range []model.When{soon, model.Not(model.Never), soon} {
			how := plan.Making{Set: plan.Set{Expires: end}}
			p := must(plan.Make(t.Context(), w.api, model.Edit, fewOfEach(everyToken(t, w.api, model.Query{Size: 100})), how))(t)
			for i := range p.Lines {
				w.endsAs(t, p, i)
			}
		}
	})
}

// endsAs carries a line of a plan out, also one that the plan would not send.
func (w *world) endsAs(t *testing.T, p *plan.Plan, i int) {
	t.Helper()
	l, before := &p.Lines[i], w.now()
	if strings.HasPrefix(l.Cannot, "no change") {
		return
	}
	why := w.api.Info().Missing[model.Edit]
	if why == "" {
		why = w.subject.dialect.keepsEnd(l.Token, p.Set.Expires)
	}
	if (why == "") != (l.Cannot == "") || !strings.Contains(l.Cannot, why) {
		t.Errorf("token %s of kind %s cannot: “%s”, and why is “%s”", l.Token.ID, l.Token.Kind, l.Cannot, why)
	}
	o := p.Order(i, time.Now(), model.Text{})
	_, err := w.api.Do(t.Context(), o)
	is, there := w.listed(t, l.Token.ID)
	switch {
	case !there:
		t.Errorf("token %s is gone", l.Token.ID)
		return
	case l.Cannot != "":
		if err == nil || model.MayHaveChanged(err) || !is.Expires.Equal(l.Token.Expires) {
			t.Errorf("what cannot be (%s) is done: %v", l.Cannot, err)
		}
		w.sendsNoWrite(t, before)
	case err != nil:
		t.Errorf("token %s of kind %s: %v", l.Token.ID, l.Token.Kind, err)
	case !is.Expires.Equal(p.Set.Expires):
		t.Errorf("token %s ends %s and not %s", l.Token.ID, plan.EndWords(is.Expires), plan.EndWords(p.Set.Expires))
	}
	if found, err := w.api.Look(t.Context(), o); l.Cannot == "" && (err != nil || found.End != model.Visible) {
		t.Errorf("of token %s there is to see: %+v, %v", l.Token.ID, found, err)
	}
	likeBefore(t, l.Token, is)
	if o.Ends = model.At(time.Now().Add(time.Hour).Truncate(time.Second)); l.Cannot == "" && l.Token.Kind.String() != "api" {
		if found, err := w.api.Look(t.Context(), o); err != nil || found.End == model.Visible {
			t.Errorf("token %s shows an end that it does not have: %+v, %v", l.Token.ID, found, err)
		}
	}
}
