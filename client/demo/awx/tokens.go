package awx

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

func (a *server) tokenList() list[token] {
	owner := func(t token) *stage.User { return a.accounts.latest(t.owner) }
	return list[token]{
		model: "OAuth2AccessToken", kind: "o_auth2_access_token", guarded: a.guarded(), searchless: a.generation.IsGateway(),
		related: map[string]string{
			"user": "User", "application": "OAuth2Application", "application__organization": "Organization", "refresh_token": "OAuth2RefreshToken",
		},
		id:    func(t token) int { return t.id },
		text:  func(t token) string { return strings.ToLower(t.description) },
		texts: map[string]func(token) string{"user": func(t token) string { return owner(t).SearchText() }, "application": a.appName},
		fields: map[string]field[token]{
			"id":                              numberField(func(t token) int { return t.id }),
			"description":                     textField(func(t token) string { return t.description }),
			"scope":                           textField(func(t token) string { return t.scope }),
			"created":                         timeField(func(t token) time.Time { return t.created }),
			"modified":                        timeField(func(t token) time.Time { return t.modified }),
			"expires":                         timeField(func(t token) time.Time { return t.expires }),
			"last_used":                       timeField(func(t token) time.Time { return t.lastUsed }),
			"user":                            relationField(func(t token) int { return t.owner.ID }),
			"user__id":                        numberField(func(t token) int { return t.owner.ID }),
			"user__username":                  textField(func(t token) string { return owner(t).Username }),
			"user__first_name":                textField(func(t token) string { return owner(t).First }),
			"user__last_name":                 textField(func(t token) string { return owner(t).Last }),
			"user__email":                     textField(func(t token) string { return owner(t).Email }),
			"user__is_superuser":              flagField(func(t token) bool { return owner(t).Admin }),
			"user__is_active":                 flagField(func(t token) bool { return owner(t).Active }),
			"user__last_login":                timeField(func(t token) time.Time { return owner(t).LastLogin }),
			"application":                     relationField(func(t token) int { return t.app }),
			"application__id":                 relationField(func(t token) int { return t.app }),
			"application__name":               textField(a.appName),
			"application__client_id":          textField(a.appClient),
			"application__organization":       relationField(a.appOrg),
			"application__organization__id":   relationField(a.appOrg),
			"application__organization__name": textField(func(t token) string { return organizationName(a.appOrg(t)) }),
			"refresh_token":                   relationField(func(t token) int { return a.refreshID(t) }),
		},
	}
}

// guarded are the fields of each model that nobody may ask about.
func (a *server) guarded() map[string][]string {
	g := map[string][]string{
		"OAuth2AccessToken": {"token"}, "OAuth2RefreshToken": {"token"}, "User": {"password"}, "OAuth2Application": {"client_id", "client_secret"},
	}
	if a.generation.IsGateway() {
		g["OAuth2Application"] = []string{"client_secret"}
	}
	return g
}

// refreshID is another number for each token that has been given a refresh token.
func (a *server) refreshID(t token) int {
	if !t.refreshed {
		return 0
	}
	return t.id
}

func (a *server) appName(t token) string {
	if app := a.appByID(t.app); app != nil {
		return app.name
	}
	return ""
}

func (a *server) appClient(t token) string {
	if app := a.appByID(t.app); app != nil {
		return app.client
	}
	return ""
}

func (a *server) appOrg(t token) int {
	if app := a.appByID(t.app); app != nil {
		return app.org
	}
	return 0
}

// answerTokens lists those that fit and that the caller may see: at a gateway of 2024
// everybody saw all, masked.
func (a *server) answerTokens(w http.ResponseWriter, r *http.Request, caller *stage.User, fits func(token) bool) {
	a.answerTokensBy(a.tokenList(), w, r, caller, fits)
}

func (a *server) answerTokensBy(l list[token], w http.ResponseWriter, r *http.Request, caller *stage.User, fits func(token) bool) {
	open := a.generation == Gateway2024 || a.generation == Gateway && a.Settings.Has(OpenList)
	rows := slices.DeleteFunc(a.tokens.All(), func(t token) bool {
		return !fits(t) || !open && !a.reads(caller, t)
	})
	answerList(a, w, r, l, rows, func(t token) any { return a.tokenRow(t, secrets{}) })
}

func (a *server) listTokens(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a.answerTokens(w, r, caller, token.any)
}

// listOwnTokens does not look at whose tokens are asked for.
func (a *server) listOwnTokens(fits func(token) bool) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		a.answerTokens(w, r, caller, func(t token) bool { return t.owner.ID == caller.ID && fits(t) })
	}
}

func (a *server) listUserTokens(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if owner := a.parent(w, r, caller); owner != nil {
		a.answerTokens(w, r, caller, func(t token) bool { return t.owner.ID == owner.ID })
	}
}

// listTokensOf finds nothing, which is no error, for a user that there is not; and what
// is below a user of the gateway takes no notice of filters, nor of an order (seen on
// django-ansible-base of October 2024).
func (a *server) listTokensOf(fits func(token) bool) stage.Handler {
	l := a.tokenList()
	l.deaf = true
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		a.answerTokensBy(l, w, r, caller, func(t token) bool { return t.owner.ID == stage.PathID(r) && fits(t) })
	}
}

func (a *server) listAppTokens(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if app := a.readableApp(w, r, caller); app != nil {
		a.answerTokens(w, r, caller, func(t token) bool { return t.app == app.id })
	}
}

func (a *server) token(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if t, ok := a.reach(w, r, caller, a.reads); ok {
		stage.Reply(w, http.StatusOK, a.tokenRow(t, secrets{}))
	}
}

func (a *server) remove(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	t, ok := a.reach(w, r, caller, a.writes)
	if !ok {
		return
	}
	a.erase(r.Context(), t.id)
	a.note(caller, "delete", t.named(), t.changes())
	w.WriteHeader(http.StatusNoContent)
}

// edit changes the description and the scope; at the gateway the application too, and
// in AWX a PUT puts back what it does not name.
func (a *server) edit(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	t, ok := a.reach(w, r, caller, a.writes)
	if !ok {
		return
	}
	given, ok := a.readFields(w, r)
	if !ok {
		return
	}
	wrong := stage.Complaints{}
	was, scope := t.description, t.scope
	if r.Method == http.MethodPut && !a.generation.IsGateway() {
		was, scope = "", "write"
	}
	description, scope := a.words(given, was, scope, wrong)
	app := t.app
	if _, named := given["application"]; named && a.generation.IsGateway() {
		app = 0
		if wanted := a.appField(given, appOptional, wrong); wanted != nil {
			app = wanted.id
		}
	}
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	t, ok = a.write(r.Context(), t.id, func(row *token) string {
		row.description, row.scope, row.app, row.modified, row.editor = description, scope, app, a.Today(), caller
		return ""
	})
	if !ok {
		a.missing(w, r, "OAuth2AccessToken")
		return
	}
	a.note(caller, "update", t.named(), t.changes())
	stage.Reply(w, http.StatusOK, a.tokenRow(t, secrets{}))
}

// reach finds a token before it asks whether the caller may: who may not is
// told that it exists, but by the gateway of 2026.
func (a *server) reach(w http.ResponseWriter, r *http.Request, caller *stage.User, may func(*stage.User, token) bool) (token, bool) {
	t, ok := a.tokens.Get(stage.PathID(r))
	switch {
	case !ok || a.generation == Gateway && !may(caller, t):
		a.missing(w, r, "OAuth2AccessToken")
	case !asked(a, w, r, a.tokenList(), t):
	case !may(caller, t):
		a.refuse(w, http.StatusForbidden)
	default:
		return t, true
	}
	return t, false
}

func (a *server) reads(u *stage.User, t token) bool  { return a.seesAll(u) || t.owner.ID == u.ID }
func (a *server) writes(u *stage.User, t token) bool { return u.Admin || t.owner.ID == u.ID }
func (a *server) seesAll(u *stage.User) bool         { return u.Admin || a.accounts.profile(u.ID).auditor }
