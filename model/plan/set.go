package plan

import (
	"context"
	"errors"
	"time"

	"authdeck/model"
)

// Set is what a plan to edit makes of each token, in words that every system shares: which
// field of its own a system has for that, the system says. What is not set stays as it is.
type Set struct {
	Expires model.When // when each is to end, to the second, or never; unknown for nothing
}

// fits says why a plan of an action cannot set this; nil where it can.
func (s Set) fits(a model.Action) error {
	at, _ := s.Expires.Time()
	switch k := s.Expires.Knowledge(); {
	case a != model.Edit && s != Set{}:
		return model.Fail(model.Invalid, "a plan to "+a.String()+" sets nothing")
	case a == model.Edit && k != model.Known && k != model.Never:
		return model.Fail(model.Invalid, "a plan to edit says when the tokens are to end, or that they never do")
	case at.Nanosecond() != 0:
		return model.Fail(model.Invalid, "when the tokens are to end is said to the second")
	}
	return nil
}

// same is why a token is left alone that ends as it is to end; empty for another. A part of a
// second is no difference: no person means one, and systems keep what they like of it.
func (s Set) same(t *model.Token) string {
	at, dated := s.Expires.Time()
	was, had := t.Expires.Time()
	switch {
	case dated && had && was.Truncate(time.Second).Equal(at):
		return "no change: it ends then already"
	case s.Expires.Knowledge() == model.Never && t.Expires.Knowledge() == model.Never:
		return "no change: it never ends already"
	}
	return ""
}

// sooner reports whether a token ends sooner by it than it would.
func (s Set) sooner(t *model.Token) bool {
	at, dated := s.Expires.Time()
	was, had := t.Expires.Time()
	return dated && (t.Expires.Knowledge() == model.Never || had && at.Before(was))
}

// ends reports whether a key ends by it that might be missed: at once, or so soon that whoever
// uses it once a month may not have noticed. One that would have ended by then does not end by
// it.
func (s Set) ends(t *model.Token, now time.Time) bool {
	at, dated := s.Expires.Time()
	was, had := t.Expires.Time()
	return dated && at.Before(now.Add(lately)) && (!had || was.After(at))
}

// revives reports whether a key opens something again by it.
func (s Set) revives(t *model.Token, now time.Time) bool {
	at, dated := s.Expires.Time()
	return t.State == model.Expired && (!dated || at.After(now))
}

// setting asks what a system makes of an edit, and fills its form in: the draft for what it
// has to say of that.
func (m *maker) setting(ctx context.Context, s *asked, t model.Token) (form model.Form, d model.Draft, why string) {
	if why := m.plan.Set.same(&t); why != "" {
		return form, d, why
	}
	if form, why = m.prepare(ctx, s, t); why != "" {
		return form, d, why
	}
	d.Owner = t.Owner
	d.Values, why = form.Ending(m.plan.Set.Expires)
	if why != "" {
		return model.Form{}, d, model.Clean(why).String()
	}
	if m.plan.Set.revives(&t, m.plan.Made) {
		form.Warnings = append([]string{"Its date has passed: with another one its key opens again what it opened."}, form.Warnings...)
	}
	form.Danger = form.Danger || m.plan.Set.ends(&t, m.plan.Made)
	return form, d, ""
}

// Passed is why a plan is not applied any more: the end that it sets was to come when it was
// made, and has come. Nobody has agreed to end the keys at once.
func (p *Plan) Passed(now time.Time) error {
	if at, dated := p.Set.Expires.Time(); dated && at.After(p.Made) && !at.After(now) {
		return errors.New("the end that the plan sets, " + EndWords(p.Set.Expires) + ", has come since it was made: make it anew")
	}
	return nil
}

// Becomes is what becomes of an end by another one, in a clause.
func Becomes(was, is model.When) string {
	words := "it ends " + EndWords(was)
	switch was.Knowledge() {
	case model.Never:
		words = "it never ends as it is"
	case model.Unknown:
		words = "when it ends is not known"
	case model.NotApplicable:
		words = "it has no end"
	case model.Known:
	}
	if is.Knowledge() == model.Never {
		return words + ", and is never to end"
	}
	return words + ", and is to end " + EndWords(is)
}

// EndWords is when something ends, for a sentence.
func EndWords(w model.When) string {
	if at, dated := w.Time(); dated {
		return at.Format("2006-01-02 15:04:05 UTC")
	}
	return whenWord(w)
}
