package client_test

import (
	"slices"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/client/wire"
	"authdeck/model"
)

// changing are the actions that must not be done to another state of a token
// than the one that was seen.
func (w *world) changing() []model.Action {
	all := []model.Action{model.Edit, model.Regenerate, model.Replace, model.Delete}
	return slices.DeleteFunc(all, func(a model.Action) bool { return !w.subject.offers(a) })
}

func TestATokenThatChangedSinceItWasReadIsLeftAlone(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		somebodyElse := w.stranger(t)
		behind := w.changing()[0] // an edit, where there is one: a key that was replaced does not always show
		for _, a := range w.changing() {
			for _, s := range w.sourcesOf(t, a) {
				read := w.take(t, a, s)
				if !w.possible(t, behind, read) || !w.subject.dialect.minds(a, read) {
					continue
				}
				o := w.order(t, w.api, a, read)
				w.touches(t, somebodyElse, behind, seenBy(t, somebodyElse, read))
				before := w.now()
				_, err := w.carry(t, w.api, o)
				if behind == model.Edit || model.KindOf(err) != model.NotFound { // or another stands in its place
					redacttest.FailsAs(t, err, model.Conflict)
				}
				w.sendsNoWrite(t, before)
			}
		}
	})
}

// touches changes a token, and of what is said of it only what may be left empty.
func (w *world) touches(t *testing.T, api model.API, a model.Action, token model.Token) {
	t.Helper()
	o := w.order(t, api, a, token)
	for _, f := range must(api.Prepare(t.Context(), a, token))(t).Fields {
		if f.Kind == model.AskText && !f.Optional {
			o.Values[f.Key] = f.Value
		}
	}
	if _, err := w.carry(t, api, o); err != nil {
		t.Fatalf("somebody else's %s: %v", a, err)
	}
}

// seenBy is a token as another console reads it: its version is the reader's own.
func seenBy(t *testing.T, api model.API, token model.Token) model.Token {
	t.Helper()
	all := everyToken(t, api, model.Query{Size: 100})
	i := slices.IndexFunc(all, func(other model.Token) bool { return other.ID == token.ID })
	if i < 0 {
		t.Fatalf("another console does not see token %s", token.ID)
	}
	return all[i]
}

// stranger is another console at the same system; where the list is what a client
// remembers, nobody else can know of it.
func (w *world) stranger(t *testing.T) model.API {
	t.Helper()
	if w.subject.dialect.remembers {
		return w.api
	}
	return open(t, w.subject.enter(t, w.system), w.log)
}

func TestATokenThatIsSomebodyElsesIsLeftAlone(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		for _, a := range w.changing() {
			o := w.order(t, w.api, a, w.some(t, a))
			for _, name := range []string{w.system.Username, w.system.WeakUsername} {
				if o.Token.Owner.Username.String() != name {
					o.Token.Owner.ID = w.somebody(t, name).ID
				}
			}
			before := w.now()
			_, err := w.carry(t, w.api, o)
			if model.KindOf(err) != model.Unsupported { // nobody acts for others there
				redacttest.FailsAs(t, err, model.Conflict)
			}
			w.sendsNoWrite(t, before)
		}
	})
}

// renewingItself are the subjects that get to see the key that takes the place of
// their own.
func renewingItself(s subject) bool {
	return s.offers(model.Regenerate) && s.dialect.silent == nil
}

func TestTheClientGoesOnWhenItsOwnKeyIsRegenerated(t *testing.T) {
	forThose(t, renewingItself, func(t *testing.T, w *world) {
		me, renewed := must(w.api.WhoAmI(t.Context()))(t), 0
		before := ""
		if p := w.subject.enter(t, w.system); p.Way != string(wire.ByBasic) && !w.subject.apart {
			before = w.system.Token
		}
		for range 2 {
			for _, token := range everyToken(t, w.api, model.Query{Size: 100, Filter: model.Filter{Only: me}}) {
				if !w.possible(t, model.Regenerate, token) {
					continue
				}
				got := w.does(t, model.Regenerate, token)
				ended := before != "" && !w.accepts(t, before)
				if ended && (len(got.Notes) == 0 || token.Own && !got.Token.Own) {
					t.Errorf("nobody is told that the console's own key was replaced: %+v", got)
				}
				if ended {
					before = got.Key.Reveal()
					renewed++
				}
				got.Key.Wipe() // as the dialog does that showed it
				must(w.api.WhoAmI(t.Context()))(t)
			}
		}
		if renewed < 2 && before != "" && w.subject.dialect.ownIsTold {
			t.Errorf("the console's own key was replaced %d times", renewed)
		}
		if w.subject.dialect.ownIsTold && before != "" {
			w.system.Token = before
			w.ownToken(t)
		}
	})
}

func TestAnotherTokensRegenerationLeavesTheClientAlone(t *testing.T) {
	forThose(t, offering(model.Regenerate), func(t *testing.T, w *world) {
		renewed := w.does(t, model.Regenerate, w.some(t, model.Regenerate))
		if renewed.Token.Own {
			t.Errorf("another's token is taken for the console's own: %+v", renewed)
		}
		must(w.api.WhoAmI(t.Context()))(t)
	})
}

func TestAnIdentifierNeverChangesThePath(t *testing.T) {
	forThose(t, withTokensInEarnest, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		orders := map[model.Action]model.Order{}
		for _, a := range append(w.changing(), model.Reveal) {
			if w.subject.offers(a) {
				orders[a] = w.order(t, w.api, a, w.some(t, a))
			}
		}
		before := w.now()
		for _, id := range []string{"", ".", "..", "a/b", "../../users", "1?x=1", "1#x", "1%2f..", "1/regenerate", "\r\nX: y", "{id}", `1\2`} {
			for a, o := range orders {
				o.Token.ID = id
				if _, err := w.carry(t, w.api, o); err == nil {
					t.Errorf("%s of %q was done", a, id)
				}
			}
			only := model.Filter{Only: model.User{ID: id, Username: model.Clean(w.system.Username)}}
			if _, err := w.api.Users(t.Context(), model.Query{Size: 7, Filter: only}); err == nil && id != "" {
				t.Errorf("user %q was found", id)
			}
		}
		w.sendsNoWrite(t, before)
	})
}
