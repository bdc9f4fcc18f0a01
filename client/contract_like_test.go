package client_test

import (
	"testing"

	"authdeck/model"
)

// TestATokenLikeAnotherStandsBesideItAndBothOpen is about systems where one can, and wants the
// reason of every other.
func TestATokenLikeAnotherStandsBesideItAndBothOpen(t *testing.T) {
	forThose(t, offering(model.Create), func(t *testing.T, w *world) {
		made := w.creates(t)
		old, listed := w.listed(t, made.Token.ID)
		if !listed {
			old = made.Token
		}
		form, err := w.api.Prepare(t.Context(), model.Create, old)
		if why := w.api.Info().Lone; why != "" {
			if model.KindOf(err) != model.Unsupported || model.Reason(err) != why {
				t.Errorf("%v, and not %q", err, why)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		heir := w.likeOf(t, form, old)
		if heir.Token.ID == old.ID || heir.Key.Empty() || heir.Key.Equal(made.Key) {
			t.Fatalf("made is %+v beside %+v", heir.Token, old)
		}
		if now := heir.Token; now.Owner.ID != old.Owner.ID || now.Description.String() != old.Description.String() && !w.describesKey() ||
			now.Scope != old.Scope || now.App != old.App || now.Kind != old.Kind {
			t.Errorf("made is %+v, which is not like %+v", now, old)
		}
		for _, one := range []model.Issued{made, heir} {
			if !w.opens(t, one.Token, one.Key.Reveal()) {
				t.Errorf("the key of %s does not open", one.Token.Name)
			}
		}
		if _, is := w.listed(t, old.ID); !is {
			t.Error("the old one is not there any more")
		}
	})
}

// likeOf makes what a form has filled in, untouched.
func (w *world) likeOf(t *testing.T, form model.Form, old model.Token) model.Issued {
	t.Helper()
	o := model.Order{Action: model.Create, Token: model.Token{Owner: old.Owner}, Draft: model.Draft{Owner: old.Owner, Values: map[string]string{}}}
	for _, f := range form.Fields {
		if f.Idles(o.Values) == "" {
			o.Values[f.Key] = f.Value
		}
		if f.Check != nil && f.Idles(o.Values) == "" {
			if err := f.Check(f.Value); err != nil && !f.Optional {
				t.Errorf("%s: %q does not pass its own form: %v", f.Key, f.Value, err)
			}
		}
	}
	return must(w.carry(t, w.api, o))(t)
}

// describesKey reports whether a description is of the key, which is another one.
func (w *world) describesKey() bool { return w.api.Info().Kind == "waldur" }
