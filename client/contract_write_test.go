package client_test

import (
	"slices"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestATokenLivesFromCreateToDelete(t *testing.T) {
	forThose(t, offering(model.Create), func(t *testing.T, w *world) {
		made := w.creates(t)
		if made.Token.ID == "" || made.Token.Own || made.Key.Empty() || !w.opens(t, made.Token, made.Key.Reveal()) {
			t.Errorf("created %+v", made.Token)
		}
		w.appears(t, made.Token)
		w.revealed(t, made)
		token, key := w.renewed(t, made)
		token = w.edited(t, token)
		if !w.subject.offers(model.Delete) {
			return
		}
		w.does(t, model.Delete, token)
		if w.accepts(t, key) {
			t.Error("the key of a deleted token still opens")
		}
		w.isGone(t, token)
	})
}

// appears wants the list to say of a token what the answer to its making said.
func (w *world) appears(t *testing.T, made model.Token) {
	t.Helper()
	listed, ok := w.listed(t, made.ID)
	if !ok || listed.Owner.ID != made.Owner.ID || listed.Name != made.Name || !listed.Updated.Equal(made.Updated) || !listed.Expires.Equal(made.Expires) {
		t.Errorf("the list has %+v, made was %+v", listed, made)
	}
	mine := everyToken(t, w.api, model.Query{Size: 100, Filter: model.Filter{Only: made.Owner}})
	if !slices.Contains(idsOf(mine), made.ID) {
		t.Errorf("token %s is not among its owner's: %q", made.ID, idsOf(mine))
	}
}

func (w *world) isGone(t *testing.T, token model.Token) {
	t.Helper()
	if left, ok := w.listed(t, token.ID); ok && left.State != model.Revoked {
		t.Errorf("the token is still listed: %+v", left)
	}
}

func (w *world) revealed(t *testing.T, made model.Issued) {
	t.Helper()
	if w.subject.offers(model.Reveal) && w.possible(t, model.Reveal, made.Token) {
		if shown := w.does(t, model.Reveal, made.Token); !shown.Key.Equal(made.Key) {
			t.Error("another key is shown than was made")
		}
	}
}

// renewed gives a token another key, or another token in its place, where the
// system offers that, and returns what is then there.
func (w *world) renewed(t *testing.T, made model.Issued) (model.Token, string) {
	t.Helper()
	token, key := made.Token, made.Key.Reveal()
	for _, a := range []model.Action{model.Regenerate, model.Replace} {
		if !w.subject.offers(a) || !w.possible(t, a, token) {
			continue
		}
		again := w.does(t, a, token)
		if again.Key.Empty() || again.Key.Reveal() == key || again.Token.Owner.ID != token.Owner.ID {
			t.Errorf("%s gave %+v for %+v", a, again.Token, token)
		}
		if w.opens(t, token, key) && w.accepts(t, key) || !w.opens(t, again.Token, again.Key.Reveal()) {
			t.Errorf("%s: the old key still opens, or the new one does not", a)
		}
		if again.Token.ID != token.ID {
			w.isGone(t, token)
		}
		w.appears(t, again.Token)
		token, key = again.Token, again.Key.Reveal()
	}
	return token, key
}

// edited changes whatever can be changed of a token, and wants the next form to
// begin with it; where the server made something else of it, somebody is told.
func (w *world) edited(t *testing.T, token model.Token) model.Token {
	t.Helper()
	if !w.subject.offers(model.Edit) {
		return token
	}
	o := w.order(t, w.api, model.Edit, token)
	changed, err := w.carry(t, w.api, o)
	if err != nil {
		t.Fatalf("edit: %v", err)
	}
	w.appears(t, changed.Token)
	differs := 0
	for _, f := range must(w.api.Prepare(t.Context(), model.Edit, changed.Token))(t).Fields {
		if want, asked := o.Values[f.Key]; asked && f.Value != want {
			t.Logf("%s became %q and not %q; said was %q", f.Key, f.Value, want, changed.Notes)
			differs++
		}
	}
	if differs > len(changed.Notes) {
		t.Errorf("%d fields are not as they were filled in, and %d sentences say so", differs, len(changed.Notes))
	}
	return changed.Token
}

func TestEveryTokenOfTheListCanBeActedOnAsItsSystemSays(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		for _, a := range []model.Action{model.Reveal, model.Edit, model.Regenerate, model.Replace, model.Delete} {
			if !w.subject.offers(a) {
				continue
			}
			for _, s := range w.sourcesOf(t, a) {
				token := w.take(t, a, s)
				got := w.does(t, a, token)
				quiet := w.subject.dialect.silent
				silent := a == model.Edit || a == model.Delete || quiet != nil && quiet(a, token)
				if got.Key.Empty() != silent {
					t.Errorf("%s of a token of kind %q shows a key: %t", a, s.kind, silent)
				}
				if a == model.Delete {
					w.isGone(t, token)
				}
			}
		}
	})
}

func TestAKeyThatIsPastedCanBeEnded(t *testing.T) {
	forThose(t, offering(model.Revoke), func(t *testing.T, w *world) {
		o := w.order(t, w.api, model.Revoke, model.Token{})
		key := o.Password.Reveal()
		if !w.accepts(t, key) {
			t.Fatal("the key was never any good")
		}
		if _, err := w.carry(t, w.api, o); err != nil {
			t.Fatal(err)
		}
		if w.accepts(t, key) {
			t.Error("the key still opens")
		}
	})
}

func TestATokenForAUserWhoIsKnownIsMadeForThatUser(t *testing.T) {
	forThose(t, offering(model.Create), func(t *testing.T, w *world) {
		form := must(w.api.Prepare(t.Context(), model.Create, model.Token{}))(t)
		i := slices.IndexFunc(form.Fields, func(f model.Field) bool { return f.Kind == model.AskUser })
		if i < 0 {
			t.Skip("tokens are made for oneself only")
		}
		owner := w.someone(t, form.Fields[i].Filter)
		o := w.order(t, w.api, model.Create, model.Token{Owner: owner})
		if o.Owner.ID != owner.ID {
			t.Error("a user who is known is asked for")
		}
		made := must(w.carry(t, w.api, o))(t)
		if made.Token.Owner.ID != owner.ID {
			t.Errorf("made for %s, wanted for %s", made.Token.Owner.ID, owner.ID)
		}
		w.appears(t, made.Token)
	})
}

func TestATokenThatIsGoneIsNotFound(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		for _, a := range []model.Action{model.Edit, model.Regenerate, model.Replace, model.Delete} {
			if !w.subject.offers(a) || !w.subject.offers(model.Delete) {
				continue
			}
			for _, s := range w.sourcesOf(t, a) {
				o := w.order(t, w.api, a, w.take(t, a, s))
				w.does(t, model.Delete, o.Token)
				before := w.now()
				_, err := w.carry(t, w.api, o)
				w.sendsNoWrite(t, before)
				want := model.NotFound
				if _, kept := w.listed(t, o.Token.ID); kept {
					want = model.Conflict // it is still there, as one that was ended
				}
				redacttest.FailsAs(t, err, want)
			}
			if why, missing := w.api.Info().Missing[a]; missing {
				t.Errorf("one token that is gone took %s away: %s", a, why)
			}
		}
	})
}
