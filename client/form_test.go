package client_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// ours begins every text that is filled in.
const ours = "authdeck"

// order is what a person orders who fills in whatever is asked.
func (w *world) order(t *testing.T, api model.API, a model.Action, token model.Token) model.Order {
	t.Helper()
	if a == model.Create {
		w.tidy(t, api)
	}
	form := must(api.Prepare(t.Context(), a, token))(t)
	if a == model.Create && token.Owner.ID == "" && asks(form, model.AskSecret) {
		token.Owner = w.somebody(t, w.system.WeakUsername) // the only one beside the console's own whose password is known
		form = must(api.Prepare(t.Context(), a, token))(t)
	}
	showsNoKey(t, form)
	o := model.Order{Action: a, Token: token, Draft: w.filled(t, form, a, token)}
	if a == model.Create && o.Owner.ID == "" {
		o.Owner = token.Owner
	}
	return o
}

// asks reports whether a form has a field of that kind.
func asks(form model.Form, kind model.FieldKind) bool {
	return slices.ContainsFunc(form.Fields, func(f model.Field) bool { return f.Kind == kind })
}

// tidy deletes what was made here before, where a user may not have many tokens.
func (w *world) tidy(t *testing.T, api model.API) {
	t.Helper()
	if w.subject.dialect.room == 0 {
		return
	}
	made := slices.DeleteFunc(everyToken(t, api, model.Query{Size: 100, Fresh: true}), func(token model.Token) bool {
		return token.State != model.Active || !strings.HasPrefix(token.Name.String(), ours)
	})
	if len(made) < w.subject.dialect.room/2 {
		return
	}
	for _, token := range made {
		must(api.Do(t.Context(), model.Order{Action: model.Delete, Token: token}))(t)
	}
}

// tries carries an order out and says how it ended.
func (w *world) tries(t *testing.T, api model.API, a model.Action, token model.Token) (model.Issued, error) {
	t.Helper()
	return w.carry(t, api, w.order(t, api, a, token))
}

// carry is Do, with every key that comes back remembered.
func (w *world) carry(t *testing.T, api model.API, o model.Order) (model.Issued, error) {
	t.Helper()
	issued, err := api.Do(t.Context(), o)
	showsNoKey(t, issued)
	redacttest.Hides(t, "an error", fmt.Sprint(err), w.issued...)
	if !issued.Key.Empty() {
		w.issued = append(w.issued, issued.Key.Reveal())
	}
	return issued, err
}

// does is for an order that has to work.
func (w *world) does(t *testing.T, a model.Action, token model.Token) model.Issued {
	t.Helper()
	issued, err := w.tries(t, w.api, a, token)
	if err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	return issued
}

// creates makes a token for whoever the form asks for.
func (w *world) creates(t *testing.T) model.Issued {
	t.Helper()
	return w.does(t, model.Create, model.Token{})
}

// filled is a form as a person fills it in, by what its fields say of themselves.
func (w *world) filled(t *testing.T, form model.Form, a model.Action, token model.Token) model.Draft {
	t.Helper()
	w.forms++
	draft := model.Draft{Values: map[string]string{}}
	for _, f := range form.Fields {
		switch {
		case f.Kind == model.AskSecret:
			draft.Password = w.secret(t, a, token.Owner)
		case f.Kind == model.AskUser && !f.Optional:
			draft.Owner = w.someone(t, f.Filter)
		case f.Kind != model.AskUser && f.Idles(draft.Values) == "":
			draft.Values[f.Key] = w.value(t, f)
		}
	}
	return draft
}

// secret is what a person pastes: a key to revoke, or the password of a user.
func (w *world) secret(t *testing.T, a model.Action, owner model.User) model.Secret {
	t.Helper()
	switch {
	case a != model.Revoke && owner.Username.String() == w.system.Username:
		return model.NewSecret(w.system.Password)
	case a != model.Revoke:
		return model.NewSecret(w.system.WeakPassword)
	case w.subject.dialect.pasted != nil:
		return model.NewSecret(w.subject.dialect.pasted(t, w))
	}
	made := w.creates(t)
	return model.NewSecret(made.Key.Reveal())
}

// value is one that a field takes, and that no form had before.
func (w *world) value(t *testing.T, f model.Field) string {
	t.Helper()
	var values []string
	for _, c := range f.Choices {
		values = append(values, c.Value)
	}
	switch f.Kind {
	case model.AskChoice:
		if f.Value == "" && !f.Optional {
			return values[0]
		}
		return f.Value
	case model.AskChoices:
		return strings.Join(values[:min(2, len(values))], " ")
	case model.AskYesNo: // or a date that follows makes no sense
		return "yes"
	case model.AskTime:
		ahead := cmp.Or(w.subject.dialect.ahead, 30*24*time.Hour)
		return time.Now().UTC().Add(ahead).Truncate(time.Second).Format(time.RFC3339)
	default:
		return w.text(t, f)
	}
}

func (w *world) text(t *testing.T, f model.Field) string {
	t.Helper()
	for _, text := range []string{fmt.Sprintf("%s-%d", ours, w.forms), fmt.Sprintf("%s%d", ours, w.forms), f.Value} {
		if f.Check == nil || f.Check(text) == nil {
			return text
		}
	}
	t.Fatalf("nothing fits the field %q", f.Label)
	return ""
}
