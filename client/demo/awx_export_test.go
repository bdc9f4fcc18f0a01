package demo

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// Inside is a mirror without a server, for what takes somebody whom the demo
// cannot sign in as.
type Inside struct{ *awx }

// NewInside has the people and the tokens that the demo has unless told otherwise.
func NewInside(g generation) Inside {
	const index = 2 // in the demo's list
	set := settings{users: 240, tokens: 170}
	open := func(manners) guard { return func(_ string, next http.Handler) http.Handler { return next } }
	return Inside{newAWX(awxMirror(g).stage(set, index, newCompany(set, newPasswords(set)), open), g)}
}

// As calls with a new token of a user.
func (a Inside) As(t *testing.T, u *user, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	key := a.mint()
	token := a.tokens.add(key, func(id int) awxToken {
		now := a.today()
		return awxToken{id: id, owner: u, maker: u, editor: u, scope: "write", created: now, modified: now, expires: now.Add(day)}
	})
	defer a.tokens.remove(token.id)
	req := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	req.Header.Set("Authorization", "Bearer "+key)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	rec := httptest.NewRecorder()
	a.handler().ServeHTTP(rec, req)
	return rec
}

// Somebody is the first active user who fits, other than those who sign in.
func (a Inside) Somebody(t *testing.T, fits func(*user) bool) *user {
	t.Helper()
	i := slices.IndexFunc(a.users, func(u *user) bool { return u.id > 2 && u.active && fits(u) })
	if i < 0 {
		t.Fatal("nobody is like that")
	}
	return a.users[i]
}

// Named finds a user by id or by username.
func (a Inside) Named(name string) *user { return a.named(name) }

// Auditor says whether a user sees everything.
func (a Inside) Auditor(u *user) bool { return a.standing[u.id].auditor }

// Account is where a user signs in, "" for here.
func (a Inside) Account(u *user) string { return a.standing[u.id].account }

// Org is the organization of the user with an id.
func (a Inside) Org(id int) int { return a.standing[id].org }

// OwnedApp is the application whose tokens become somebody's, and whose.
func (a Inside) OwnedApp() (id int, owner *user) {
	app := a.apps[slices.IndexFunc(a.apps, func(app awxApp) bool { return app.owner != nil })]
	return app.id, app.owner
}
