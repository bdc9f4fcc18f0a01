package awx

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

func (a *server) tokenList() list[token] {
	return list[token]{
		model: "OAuth2AccessToken", guarded: []string{"token", "password", "client_id", "client_secret"},
		id:   func(t token) int { return t.id },
		text: func(t token) string { return strings.ToLower(t.description) },
		fields: map[string]field[token]{
			"id":                numberField(func(t token) int { return t.id }),
			"description":       textField(func(t token) string { return t.description }),
			"scope":             textField(func(t token) string { return t.scope }),
			"created":           timeField(func(t token) time.Time { return t.created }),
			"modified":          timeField(func(t token) time.Time { return t.modified }),
			"expires":           timeField(func(t token) time.Time { return t.expires }),
			"last_used":         timeField(func(t token) time.Time { return t.lastUsed }),
			"user":              relationField(func(t token) int { return t.owner.ID }),
			"user__id":          numberField(func(t token) int { return t.owner.ID }),
			"user__username":    textField(func(t token) string { return t.owner.Username }),
			"user__first_name":  textField(func(t token) string { return t.owner.First }),
			"user__last_name":   textField(func(t token) string { return t.owner.Last }),
			"application":       relationField(func(t token) int { return t.app }),
			"application__id":   relationField(func(t token) int { return t.app }),
			"application__name": textField(a.appName),
		},
	}
}

func (a *server) appName(t token) string {
	if app := a.appByID(t.app); app != nil {
		return app.name
	}
	return ""
}

// answerTokens lists those that fit and that the caller may see.
func (a *server) answerTokens(w http.ResponseWriter, r *http.Request, caller *stage.User, fits func(token) bool) {
	open := a.generation == Gateway && a.Settings.Has(OpenList)
	rows := slices.DeleteFunc(a.tokens.All(), func(t token) bool {
		return !fits(t) || !open && !a.reads(caller, t)
	})
	answerList(a, w, r, a.tokenList(), rows, func(t token) any { return a.tokenRow(t, secrets{}) })
}

func (a *server) listTokens(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a.answerTokens(w, r, caller, token.any)
}

// listOwnTokens does not look at whose tokens are asked for.
func (a *server) listOwnTokens(fits func(token) bool) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		a.answerTokens(w, r, caller, func(t token) bool { return t.owner == caller && fits(t) })
	}
}

func (a *server) listUserTokens(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if owner := a.parent(w, r, caller); owner != nil {
		a.answerTokens(w, r, caller, func(t token) bool { return t.owner == owner })
	}
}

// listTokensOf finds nothing, which is no error, for a user that there is not.
func (a *server) listTokensOf(fits func(token) bool) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		a.answerTokens(w, r, caller, func(t token) bool { return t.owner.ID == stage.PathID(r) && fits(t) })
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
	w.WriteHeader(http.StatusNoContent)
}

// edit changes the description and the scope, and takes no notice of the rest.
func (a *server) edit(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	t, ok := a.reach(w, r, caller, a.writes)
	if !ok {
		return
	}
	fields, ok := a.readFields(w, r)
	if !ok {
		return
	}
	wrong := stage.Complaints{}
	description, scope := a.words(fields, t.description, t.scope, wrong)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	t, ok = a.write(r.Context(), t.id, func(row *token) string {
		row.description, row.scope, row.modified, row.editor = description, scope, a.Today(), caller
		return ""
	})
	if !ok {
		a.missing(w, r)
		return
	}
	stage.Reply(w, http.StatusOK, a.tokenRow(t, secrets{}))
}

// reach finds a token before it asks whether the caller may: who may not is
// told that it exists.
func (a *server) reach(w http.ResponseWriter, r *http.Request, caller *stage.User, may func(*stage.User, token) bool) (token, bool) {
	t, ok := a.tokens.Get(stage.PathID(r))
	switch {
	case !ok:
		a.missing(w, r)
	case !may(caller, t):
		a.refuse(w, http.StatusForbidden)
	default:
		return t, true
	}
	return t, false
}

func (a *server) reads(u *stage.User, t token) bool  { return a.seesAll(u) || t.owner == u }
func (a *server) writes(u *stage.User, t token) bool { return u.Admin || t.owner == u }
func (a *server) seesAll(u *stage.User) bool         { return u.Admin || a.profiles[u.ID].auditor }
