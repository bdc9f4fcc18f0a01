package awx

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo/stage"
)

// Inside is a mirror without a server, for what takes somebody whom the demo
// cannot sign in as.
type Inside struct{ *server }

// NewInside has the people and the tokens that the demo has unless told otherwise.
func NewInside(g Generation) Inside {
	const index = 2                                                 // in the demo's list
	day := time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC) // as demotest has it
	set := stage.Settings{Users: 240, Tokens: 170, Now: func() time.Time { return day }, Began: day}
	open := func(stage.ErrorResponses) stage.Middleware {
		return func(_ string, next http.Handler) http.Handler { return next }
	}
	return Inside{newServer(Mirror(g).Stage(set, index, stage.NewPeople(set, stage.NewPasswords(set)), open), g)}
}

// As calls with a new token of a user.
func (a Inside) As(t *testing.T, u *stage.User, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	key := a.NewKey()
	token := a.tokens.Add(key, func(id int) token {
		now := a.Today()
		return token{id: id, owner: u, maker: u, editor: u, scope: "write", created: now, modified: now, expires: now.Add(stage.Day)}
	})
	defer a.tokens.Remove(token.id)
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
func (a Inside) Somebody(t *testing.T, fits func(*stage.User) bool) *stage.User {
	t.Helper()
	i := slices.IndexFunc(a.Users, func(u *stage.User) bool { return u.ID > 2 && u.Active && fits(u) })
	if i < 0 {
		t.Fatal("nobody is like that")
	}
	return a.Users[i]
}

// Named finds a user by id or by username.
func (a Inside) Named(name string) *stage.User { return a.named(name) }

// Auditor says whether a user sees everything.
func (a Inside) Auditor(u *stage.User) bool { return a.accounts.profile(u.ID).auditor }

// Account is where a user signs in, "" for here.
func (a Inside) Account(u *stage.User) string { return a.accounts.profile(u.ID).account }

// Org is the organization of the user with an id.
func (a Inside) Org(id int) int { return a.accounts.profile(id).org }

// OwnedApp is the application whose tokens become somebody's, and whose.
func (a Inside) OwnedApp() (id int, owner *stage.User) {
	apps := a.apps.All()
	app := apps[slices.IndexFunc(apps, func(app application) bool { return app.owner != nil })]
	return app.id, app.owner
}
