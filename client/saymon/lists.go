package saymon

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"authdeck/client/page"
	"authdeck/client/redact"
	"authdeck/client/wire"
	"authdeck/model"
)

// The sorts of both lists.
const (
	byLogin = "login"
	byName  = "name"
)

// all reads every user: get-all-users documents no parameter, no order and no
// page. A caller without the right is not refused; its rows are shrunk.
func (s *saymon) all(ctx context.Context) (found listing, _ error) {
	rows, err := wire.Call[allUsers](ctx, s.conn, wire.Get("/node/api/users"))
	if err != nil {
		return listing{}, err
	}
	for _, w := range rows {
		if w.ID == "" {
			return listing{}, wire.ErrNoID("a user")
		}
		if w.shrunk() {
			found.shrunk++
		}
	}
	found.rows = rows
	if len(rows) > 0 {
		s.sees.Store(model.AnswerOf(!found.blind()))
	}
	return found, nil
}

// listing is every user, and of how many the server shows little.
type listing struct {
	rows   []user
	shrunk int
}

// blind reports whether the caller lacks the right, by the shape of the list: what
// permissions a user has of its group is not told anywhere. One row, the caller's
// own, may be whole all the same.
func (l listing) blind() bool { return l.shrunk > 0 && l.shrunk >= len(l.rows)-1 }

// visible reports whether a row says whether its user has a token.
func (w user) visible(blind bool) bool { return w.Token.there() || !blind && !w.shrunk() }

// wipe forgets the keys that a list carried.
func (l listing) wipe() {
	for _, w := range l.rows {
		w.Token.value.Wipe()
	}
}

// note says what a list leaves out.
func (l listing) note() string {
	if l.shrunk == 0 {
		return ""
	}
	return fmt.Sprintf("Of %d of the %d users the server does not say whether they have a token.", l.shrunk, len(l.rows))
}

// one reads one user (get-user-by-id).
func (s *saymon) one(ctx context.Context, id string) (user, error) {
	path, err := at(id)
	if err != nil {
		return user{}, err
	}
	w, err := wire.Call[oneUser](ctx, s.conn, wire.Get(path))
	if err == nil && w.ID != id {
		err = wire.ErrAnother("user")
	}
	return user(w), err
}

// checkQuery refuses what cannot be looked for. The search is made here and sent
// nowhere, but no key would ever be found: that must not read as "nobody has it".
func checkQuery(q model.Query, sorts []model.Sort, choices []model.Choice) error {
	if redact.CheckSearch(q.Search) != nil && !regexp.MustCompile(`^\s*[0-9a-fA-F]{24}\s*$`).MatchString(q.Search) {
		return model.Fail(model.Invalid, "this looks like a key; keys are not searched here, only logins, names, e-mail addresses and ids of users")
	}
	if q.Sort != "" && !slices.ContainsFunc(sorts, func(s model.Sort) bool { return s.Key == q.Sort }) {
		return model.Fail(model.Invalid, "this list has no such order")
	}
	if q.Filter.Choice != "" && !slices.ContainsFunc(choices, func(c model.Choice) bool { return c.Value == q.Filter.Choice }) {
		return model.Fail(model.Invalid, "this list has no such filter")
	}
	if len(q.Ranges) > 0 {
		return model.Fail(model.Invalid, "this list cannot be narrowed by that field")
	}
	return nil
}

// words are what a search looks at.
func words(u model.User) string {
	return model.Join(" ", u.Username, u.FullName, u.Email, model.Clean(u.ID)).String()
}

// sorts are those of a list of users, or of what belongs to one.
func sorts[T any](owner func(T) model.User) map[string]func(a, b T) int {
	return map[string]func(a, b T) int{
		byLogin: page.Alphabetical(func(row T) model.Text { return owner(row).Username }),
		byName:  page.Alphabetical(func(row T) model.Text { return owner(row).FullName }),
	}
}
