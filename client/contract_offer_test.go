package client_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestWhatIsMissingIsRefusedWithItsReasonAndTheRestIsOffered(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		w.learns(t)
		missing := w.api.Info().Missing
		for _, a := range model.Actions() {
			why, is := missing[a]
			if is != slices.Contains(w.subject.missing, a) || is && why == "" {
				t.Errorf("%s is missing: %t (%q), expected: %t", a, is, why, !w.subject.offers(a))
			}
			if is {
				w.refused(t, w.api, a, why)
			}
		}
	})
}

// learns reads everything and tries what is not offered: some systems say only
// when asked what they lack.
func (w *world) learns(t *testing.T) {
	t.Helper()
	must(w.api.WhoAmI(t.Context()))(t)
	must(w.api.Users(t.Context(), model.Query{Size: 7}))(t)
	if !withTokens(w.subject) {
		_, _ = w.api.Tokens(t.Context(), model.Query{Size: 7})
		return
	}
	token := w.othersTokens(t)
	for _, a := range w.subject.missing {
		if len(token) == 0 {
			return
		}
		if _, err := w.api.Prepare(t.Context(), a, token[0]); err == nil {
			_, err = w.tries(t, w.api, a, token[0])
			redacttest.FailsAs(t, err, model.Unsupported)
		}
	}
}

// refused wants an action to end with its reason wherever it is asked for, and
// nothing to be changed.
func (w *world) refused(t *testing.T, api model.API, a model.Action, why string) {
	t.Helper()
	before, token := w.now(), model.Token{ID: "7", Owner: model.User{ID: "7"}}
	want := model.Unsupported
	if api.Info().ReadOnly { // a rule of ours
		want = model.Refused
	}
	_, asked := api.Prepare(t.Context(), a, token)
	_, done := api.Do(t.Context(), model.Order{Action: a, Token: token, Draft: model.Draft{Owner: token.Owner, Values: map[string]string{}}})
	for step, err := range map[string]error{"prepare": asked, "do": done} {
		if model.KindOf(err) != want || !strings.Contains(err.Error(), why) {
			t.Errorf("%s of %s: got %v, want %s: %s", step, a, err, want, why)
		}
	}
	w.sendsNoWrite(t, before)
}

func TestWhatAServerTurnsOutNotToHaveNamesWhatToDoInstead(t *testing.T) {
	forThose(t, func(s subject) bool { return len(s.instead) > 0 }, func(t *testing.T, w *world) {
		for a, other := range w.subject.instead {
			token := w.some(t, other)
			_, err := w.tries(t, w.api, a, token)
			failure, ok := errors.AsType[*model.Error](err)
			if !ok || failure.Instead != other || failure.Message.Empty() {
				t.Errorf("%s ended with %+v, want %s to be named in its place", a, err, other)
			}
			w.does(t, other, token)
		}
	})
}

func TestAFormCanBeFilledInAndWarnsOfWhatEnds(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, a := range model.Actions() {
			if !w.subject.offers(a) {
				continue
			}
			token := model.Token{}
			if a.AboutOne() {
				token = w.some(t, a)
			}
			before := w.now()
			form := must(w.api.Prepare(t.Context(), a, token))(t)
			w.sendsNoWrite(t, before)
			ends := slices.Contains([]model.Action{model.Regenerate, model.Replace, model.Delete, model.Revoke}, a)
			if ends && (!form.Danger || len(form.Warnings) == 0) {
				t.Errorf("%s ends a key and warns of nothing: %+v", a, form)
			}
			answerable(t, a, form)
		}
	})
}

func TestBeforeAKeyIsMadeItIsAskedOrSaidWhenItEnds(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		if !w.subject.offers(model.Create) {
			t.Skip("it makes none")
		}
		order := w.order(t, w.api, model.Create, model.Token{})
		form := must(w.api.Prepare(t.Context(), model.Create, model.Token{Owner: order.Owner}))(t)
		asked := slices.ContainsFunc(form.Fields, func(f model.Field) bool { return f.Kind == model.AskTime && f.Idles(order.Values) == "" })
		if !asked && (form.Review == nil || len(form.Review(order.Draft)) == 0) {
			t.Errorf("of a token with %v nobody asks or says when it ends: %+v", order.Values, form)
		}
	})
}

// answerable wants a form's fields to be told apart and to have an answer.
func answerable(t *testing.T, a model.Action, form model.Form) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range form.Fields {
		if f.Key == "" || f.Label == "" || seen[f.Key] {
			t.Errorf("%s: a field has the key %q and the label %q", a, f.Key, f.Label)
		}
		seen[f.Key] = true
		chosen := f.Kind == model.AskChoice || f.Kind == model.AskChoices
		if chosen != (len(f.Choices) > 0) {
			t.Errorf("%s: %s has %d choices", a, f.Label, len(f.Choices))
		}
		if f.Value != "" && f.Check != nil && f.Check(f.Value) != nil {
			t.Errorf("%s: %s begins with %q, which it does not take: %v", a, f.Label, f.Value, f.Check(f.Value))
		}
	}
}

func TestAReadOnlyConsoleSendsNoWrite(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		p := w.subject.enter(t, w.system)
		p.ReadOnly = true
		must(w.api.WhoAmI(t.Context()))(t)
		before := w.now()
		for _, api := range []model.API{open(t, p, w.log), client.ReadOnly(w.api)} {
			info := api.Info()
			if !info.ReadOnly || w.api.Info().ReadOnly {
				t.Error("the console does not say whether it is read-only")
			}
			for _, a := range model.Actions() {
				if a.Writes() {
					w.refused(t, api, a, info.Missing[a])
				}
			}
			must(api.WhoAmI(t.Context()))(t)
			must(api.Users(t.Context(), model.Query{Size: 7}))(t)
		}
		w.sendsNoWrite(t, before)
		if len(w.api.Info().Missing) >= len(model.Actions()) && len(w.subject.missing) < len(model.Actions()) {
			t.Error("the wrapper took the actions from the system under it")
		}
	})
}

func TestAWeakCredentialKnowsItselfAndSeesNoMoreThanItMay(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		weak, want := open(t, w.subject.enter(t, asTheWeak(w.system)), w.log), w.subject.weak
		if me := must(weak.WhoAmI(t.Context()))(t); me.Username.String() != w.system.WeakUsername && !w.subject.dialect.renamesTheWeak {
			t.Errorf("signed in as %q", me.Username)
		}
		page, err := weak.Tokens(t.Context(), model.Query{Size: 100})
		if want.tokens != fine {
			redacttest.FailsAs(t, err, want.tokens)
		} else if all := must(w.api.Tokens(t.Context(), model.Query{Size: 100}))(t); err != nil || len(page.Items) >= len(all.Items) && !want.alike {
			t.Errorf("%d of %d tokens are seen, %v", len(page.Items), len(all.Items), err)
		}
		if want.create == fine || !w.subject.offers(model.Create) {
			return
		}
		o := w.order(t, w.api, model.Create, model.Token{})
		if _, err = weak.Prepare(t.Context(), model.Create, model.Token{}); err == nil {
			_, err = w.carry(t, weak, o)
		}
		redacttest.FailsAs(t, err, want.create)
	})
}

func TestAWrongCredentialIsUnauthorized(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		wrong := open(t, w.subject.enter(t, withWrongOnes(w.system)), w.log)
		_, err := wrong.WhoAmI(t.Context())
		redacttest.FailsAs(t, err, model.Unauthorized)
		if withTokens(w.subject) && !w.subject.dialect.remembers {
			_, err = wrong.Tokens(t.Context(), model.Query{Size: 7})
			redacttest.FailsAs(t, err, model.Unauthorized)
		}
		_, err = wrong.Users(t.Context(), model.Query{Size: 7})
		redacttest.FailsAs(t, err, model.Unauthorized)
	})
}
