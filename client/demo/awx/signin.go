package awx

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"strings"

	"authdeck/client/demo/stage"
)

// Sessions are for browsers, and for awxkit with a user name and a password.
const (
	sessionCookie = "awx_sessionid"
	csrfCookie    = "csrftoken"
	fromSession   = "a session" // the scope of who is in one
)

// session is a sign-in by the form of the login page.
type session struct{ id, user int }

// inSession is who a cookie signs in, nil for nobody.
func (a *server) inSession(r *http.Request) *stage.User {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil
	}
	s, ok := a.logins.ByKey(cookie.Value)
	if !ok {
		return nil
	}
	return a.accounts.find(func(u *stage.User) bool { return u.ID == s.user && u.Active })
}

// forged reports whether a write by a cookie lacks the other half of it.
func forged(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return false
	}
	cookie, err := r.Cookie(csrfCookie)
	given := r.Header.Get("X-Csrftoken")
	return err != nil || given == "" || subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(given)) != 1
}

// giveCSRF sets the cookie that a form has to repeat.
func giveCSRF(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie(csrfCookie); err != nil {
		http.SetCookie(w, &http.Cookie{Name: csrfCookie, Value: rand.Text(), Path: "/", SameSite: http.SameSiteLaxMode, HttpOnly: true}) //nolint:gosec // the demo speaks HTTP
	}
}

// loginPage is for a browser alone: any other gets an empty answer, whatever it is
// (seen: 406, and four bytes).
func (a *server) loginPage(w http.ResponseWriter, r *http.Request) {
	giveCSRF(w, r)
	if accept := r.Header.Get("Accept"); !strings.Contains(accept, "text/html") && !strings.Contains(accept, "*/*") {
		w.Header()["Content-Type"] = nil
		w.WriteHeader(http.StatusNotAcceptable)
		_, _ = w.Write([]byte("null"))
		return
	}
	stage.HTMLPage(w, http.StatusOK)
}

// logIn takes the form, and sends who is right where they wanted to go. The date of the
// last sign-in moves by this, and not by Basic nor by a token.
func (a *server) logIn(w http.ResponseWriter, r *http.Request) {
	giveCSRF(w, r)
	_ = r.ParseForm()
	u := a.withPassword(r.PostForm.Get("username"), r.PostForm.Get("password"))
	if u == nil {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	seen := *u
	seen.LastLogin = a.Today()
	a.accounts.save(seen, a.accounts.profile(u.ID))
	key := a.NewKey()
	a.logins.Add(key, func(id int) session { return session{id, u.ID} })
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: key, Path: "/", SameSite: http.SameSiteLaxMode, HttpOnly: true}) //nolint:gosec // the demo speaks HTTP
	w.Header().Set("X-Api-Session-Cookie-Name", sessionCookie)
	w.Header().Set("Location", ownPage(r.PostForm.Get("next")))
	w.WriteHeader(http.StatusFound)
}

// ownPage keeps a redirect on this server.
func ownPage(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") {
		return "/api/"
	}
	return next
}

// logOut ends a session.
func (a *server) logOut(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		if s, ok := a.logins.ByKey(cookie.Value); ok {
			a.logins.Remove(s.id)
		}
	}
	w.Header().Set("Location", "/api/")
	w.WriteHeader(http.StatusFound)
}

// refresh is a refresh token, and what it was given with.
type refresh struct {
	id    int
	token token
}

// oauthError is the answer of the library of OAuth2, which is none of the framework's.
type oauthError struct {
	Error       string `json:"error"`
	Description string `json:"error_description,omitempty"`
}

type granted struct {
	Access  string `json:"access_token"`
	Expires int64  `json:"expires_in"`
	Type    string `json:"token_type"`
	Scope   string `json:"scope"`
	Refresh string `json:"refresh_token"`
}

// tokenEndpoint trades a password or a refresh token for a token, for applications. A
// refresh token whose own token was deleted makes the server fail (seen on AWX
// 24.6.2.dev0 and on django-ansible-base of October 2024 and 2026.10.26).
func (a *server) tokenEndpoint(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	grant := r.PostForm.Get("grant_type")
	if grant != "password" && grant != "refresh_token" {
		stage.Reply(w, http.StatusBadRequest, oauthError{Error: "unsupported_grant_type"})
		return
	}
	app := a.clientOf(r)
	if app == nil {
		invalidClient(w)
		return
	}
	if grant == "password" {
		a.byPassword(w, r, app)
		return
	}
	old, known := a.refreshes.ByKey(r.PostForm.Get("refresh_token"))
	switch _, there := a.tokens.Get(old.token.id); {
	case !known || old.token.app != app.id:
		stage.Reply(w, http.StatusBadRequest, oauthError{Error: "invalid_grant"})
	case !there:
		a.crash(w)
	default:
		a.refreshes.Remove(old.id)
		a.tokens.Remove(old.token.id)
		a.grant(w, token{owner: old.token.owner, maker: old.token.owner, editor: old.token.owner, scope: old.token.scope}, app)
	}
}

func (a *server) byPassword(w http.ResponseWriter, r *http.Request, app *application) {
	u := a.withPassword(r.PostForm.Get("username"), r.PostForm.Get("password"))
	scope := r.PostForm.Get("scope")
	if scope == "" {
		scope = "read write"
	}
	switch {
	case u == nil:
		stage.Reply(w, http.StatusBadRequest, oauthError{"invalid_grant", "Invalid credentials given."})
	case !isScope(strings.Fields(scope), a.scopes()):
		stage.Reply(w, http.StatusBadRequest, oauthError{Error: "invalid_scope"})
	default:
		a.grant(w, token{owner: u, maker: u, editor: u, scope: scope}, app)
	}
}

func (a *server) grant(w http.ResponseWriter, t token, app *application) {
	t, made := a.file(t, app)
	w.Header().Set("Cache-Control", "no-store")
	stage.Reply(w, http.StatusCreated, granted{made.token, a.policy.life.Load(), "Bearer", t.scope, made.refresh})
}

// clientOf is the application that asks, nil for none: by Basic or by two fields.
func (a *server) clientOf(r *http.Request) *application {
	id, secret, ok := r.BasicAuth()
	if !ok {
		id, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	for _, app := range a.apps.All() {
		if app.client != id || id == "" {
			continue
		}
		if app.public || app.secret != "" && subtle.ConstantTimeCompare([]byte(app.secret), []byte(secret)) == 1 {
			return &app
		}
	}
	return nil
}

func invalidClient(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", `Bearer error="invalid_client"`)
	stage.Reply(w, http.StatusUnauthorized, oauthError{Error: "invalid_client"})
}

// revokeEndpoint ends a token by its key, or by its refresh token.
func (a *server) revokeEndpoint(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	app := a.clientOf(r)
	if app == nil {
		invalidClient(w)
		return
	}
	key := r.PostForm.Get("token")
	if t, ok := a.tokens.ByKey(key); ok && t.app == app.id {
		a.tokens.Remove(t.id)
	}
	if old, ok := a.refreshes.ByKey(key); ok && old.token.app == app.id {
		a.tokens.Remove(old.token.id)
		a.refreshes.Remove(old.id)
	}
	w.WriteHeader(http.StatusOK)
}

// pages are the paths outside of the framework, by method.
func (a *server) pages() map[string]http.HandlerFunc {
	prefix := "/api/o/"
	switch {
	case a.generation == Tower:
		return nil
	case a.generation.IsGateway():
		prefix = "/o/"
	}
	pages := map[string]http.HandlerFunc{}
	if a.generation.HasOAuth2() {
		pages["POST "+prefix+"token/{$}"], pages["POST "+prefix+"revoke_token/{$}"] = a.tokenEndpoint, a.revokeEndpoint
	}
	pages["GET /api/login/{$}"], pages["POST /api/login/{$}"] = a.loginPage, a.logIn
	pages["GET /api/logout/{$}"], pages["POST /api/logout/{$}"] = a.logOut, a.logOut
	return pages
}
