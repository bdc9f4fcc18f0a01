//go:build sixth

package sixth

import (
	"context"
	"slices"

	"authdeck/client/page"
	"authdeck/client/redact"
	"authdeck/client/wire"
	"authdeck/model"
)

// The sorts.
const (
	byLogin = "login"
	newest  = "-created"
)

func tokenList(c *wire.Conn) *page.InMemory[model.Token] {
	id := func(t model.Token) string { return t.ID }
	return &page.InMemory[model.Token]{
		Read: reader(c, "/tokens", token.token, id), ID: id, Order: byLogin,
		Text: func(t model.Token) string { return words(t.Owner) + " " + t.Name.String() },
		Sorts: map[string]func(a, b model.Token) int{
			byLogin: page.Alphabetical(func(t model.Token) model.Text { return t.Owner.Username }),
			newest:  page.Later(func(t model.Token) model.When { return t.Created }),
		},
		Keep: func(t model.Token, f model.Filter) bool { return f.Only.ID == "" || f.Only.ID == t.Owner.ID },
	}
}

func userList(c *wire.Conn) *page.InMemory[model.User] {
	id := func(u model.User) string { return u.ID }
	return &page.InMemory[model.User]{
		Read: reader(c, "/users", user.user, id), ID: id, Order: byLogin, Text: words,
		Sorts: map[string]func(a, b model.User) int{
			byLogin: page.Alphabetical(func(u model.User) model.Text { return u.Username }),
		},
		Keep: func(u model.User, f model.Filter) bool { return f.Only.ID == "" || f.Only.ID == u.ID },
	}
}

// words are what a search looks at.
func words(u model.User) string { return model.Join(" ", u.Username, u.FullName).String() }

// reader reads a whole list.
func reader[W, T any](c *wire.Conn, path string, said func(W) T, id func(T) string) func(context.Context) ([]T, string, error) {
	return func(ctx context.Context) ([]T, string, error) {
		rows, err := wire.Call[wire.Rows[W]](ctx, c, wire.Get(path))
		if err == nil && rows == nil {
			err = model.Fail(model.Malformed, "the server answered without a list; is this the right address?")
		}
		var items []T
		for _, w := range rows {
			items = append(items, said(w))
		}
		if slices.ContainsFunc(items, func(item T) bool { return id(item) == "" }) {
			err = wire.ErrNoID("a row")
		}
		return items, "", err
	}
}

// Tokens implements [model.API].
func (s *sixth) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	return pageOf(ctx, s.tokens, q)
}

// Users implements [model.API].
func (s *sixth) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	found, err := pageOf(ctx, s.users, q)
	if err == nil && q.Filter.Only.ID != "" && len(found.Items) == 0 {
		err = model.Fail(model.NotFound, "there is no such user")
	}
	return found, err
}

// pageOf refuses what cannot be looked for: no key would ever be found, and that must
// not read as "nobody has it".
func pageOf[T any](ctx context.Context, l *page.InMemory[T], q model.Query) (model.Page[T], error) {
	err := redact.CheckSearch(q.Search)
	if q.Filter.Choice != "" || len(q.Ranges) > 0 {
		err = model.Fail(model.Invalid, "this list cannot be narrowed to that")
	}
	if err != nil {
		return model.Page[T]{}, err
	}
	return l.Page(ctx, q)
}

// find reads a list anew for the row that fits, and says whether there is one: no row
// is another answer than a server that says "not found" about its list.
func find[T any](ctx context.Context, l *page.InMemory[T], fits func(T) bool) (row T, there bool, _ error) {
	all, _, err := l.Read(ctx)
	i := slices.IndexFunc(all, fits)
	if err != nil || i < 0 {
		return row, false, err
	}
	return all[i], true, nil
}
