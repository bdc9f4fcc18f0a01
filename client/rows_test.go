package client_test

import (
	"slices"
	"testing"

	"authdeck/client/redact"
	"authdeck/model"
)

// ownToken is the one that the console signs in with.
func (w *world) ownToken(t *testing.T) model.Token {
	t.Helper()
	var own []model.Token
	for _, token := range everyToken(t, w.api, model.Query{Size: 100}) {
		if token.Own {
			own = append(own, token)
		}
	}
	if len(own) != 1 {
		t.Fatalf("the console takes %d tokens for its own", len(own))
	}
	return own[0]
}

// someone is an active user with a plain name, of those that a field lets be
// picked, and not one that the demo signs in as; one without a token if there is
// any.
func (w *world) someone(t *testing.T, only model.Filter) model.User {
	t.Helper()
	signedIn := []string{w.system.Username, w.system.WeakUsername}
	users := slices.DeleteFunc(everyUser(t, w.api, model.Query{Size: 100, Filter: only}), func(u model.User) bool {
		name := u.Username.String()
		return u.Active == model.No || u.Username.Changed() || redact.CheckSearch(name) != nil || slices.Contains(signedIn, name)
	})
	if len(users) == 0 {
		t.Fatal("nobody can be picked")
	}
	free := max(0, slices.IndexFunc(users, func(u model.User) bool { return u.HasToken != model.Yes }))
	return users[free]
}

// somebody is the user of that name.
func (w *world) somebody(t *testing.T, name string) model.User {
	t.Helper()
	if w.people == nil {
		w.people = everyUser(t, w.api, model.Query{Size: 100})
	}
	for _, u := range w.people {
		if u.Username.String() == name {
			return u
		}
	}
	t.Fatalf("there is no %s", name)
	return model.User{}
}

// listed is a token as the list has it.
func (w *world) listed(t *testing.T, id string) (model.Token, bool) {
	t.Helper()
	all := everyToken(t, w.api, model.Query{Size: 100, Fresh: true})
	i := slices.IndexFunc(all, func(token model.Token) bool { return token.ID == id })
	if i < 0 {
		return model.Token{}, false
	}
	return all[i], true
}

func everyToken(t *testing.T, api model.API, q model.Query) []model.Token {
	t.Helper()
	return every(t, q, func(q model.Query) (model.Page[model.Token], error) { return api.Tokens(t.Context(), q) })
}

func everyUser(t *testing.T, api model.API, q model.Query) []model.User {
	t.Helper()
	return every(t, q, func(q model.Query) (model.Page[model.User], error) { return api.Users(t.Context(), q) })
}

// every reads a list to its end.
func every[T any](t *testing.T, q model.Query, ask func(model.Query) (model.Page[T], error)) []T {
	t.Helper()
	var items []T
	from := q.At
	for range 1000 {
		page := must(ask(q))(t)
		if q.Size > 0 && len(page.Items) > q.Size {
			t.Errorf("%d rows came on a page of %d", len(page.Items), q.Size)
		}
		items = append(items, page.Items...)
		if page.Next == "" {
			if from == "" && page.Total != model.Uncounted && page.Total != len(items) {
				t.Errorf("the list says that it has %d rows and has %d", page.Total, len(items))
			}
			return items
		}
		q.At, q.Fresh = page.Next, false
	}
	t.Fatal("the list has no end")
	return nil
}
