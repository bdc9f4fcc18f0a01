package awx

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

func (a *awx) tokenList() awxList[awxToken] {
	return awxList[awxToken]{
		model: "OAuth2AccessToken", guarded: []string{"token", "password", "client_id", "client_secret"},
		id:   func(t awxToken) int { return t.id },
		text: func(t awxToken) string { return strings.ToLower(t.description) },
		fields: map[string]awxField[awxToken]{
			"id":                awxNumbers(func(t awxToken) int { return t.id }),
			"description":       awxTexts(func(t awxToken) string { return t.description }),
			"scope":             awxTexts(func(t awxToken) string { return t.scope }),
			"created":           awxMoments(func(t awxToken) time.Time { return t.created }),
			"modified":          awxMoments(func(t awxToken) time.Time { return t.modified }),
			"expires":           awxMoments(func(t awxToken) time.Time { return t.expires }),
			"last_used":         awxMoments(func(t awxToken) time.Time { return t.lastUsed }),
			"user":              awxRelations(func(t awxToken) int { return t.owner.ID }),
			"user__id":          awxNumbers(func(t awxToken) int { return t.owner.ID }),
			"user__username":    awxTexts(func(t awxToken) string { return t.owner.Username }),
			"user__first_name":  awxTexts(func(t awxToken) string { return t.owner.First }),
			"user__last_name":   awxTexts(func(t awxToken) string { return t.owner.Last }),
			"application":       awxRelations(func(t awxToken) int { return t.app }),
			"application__id":   awxRelations(func(t awxToken) int { return t.app }),
			"application__name": awxTexts(a.appName),
		},
	}
}

func (a *awx) appName(t awxToken) string {
	if app := a.appByID(t.app); app != nil {
		return app.name
	}
	return ""
}

// answerTokens lists those that fit and that the caller may see.
func (a *awx) answerTokens(w http.ResponseWriter, r *http.Request, caller *stage.User, fits func(awxToken) bool) {
	open := a.generation == AwxGateway && a.Settings.Has(AwxOpenList)
	rows := slices.DeleteFunc(a.tokens.All(), func(t awxToken) bool {
		return !fits(t) || !open && !a.reads(caller, t)
	})
	answerList(a, w, r, a.tokenList(), rows, func(t awxToken) any { return a.tokenRow(t, awxSecrets{}) })
}

func (a *awx) listTokens(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a.answerTokens(w, r, caller, awxToken.any)
}

// listOwnTokens does not look at whose tokens are asked for.
func (a *awx) listOwnTokens(fits func(awxToken) bool) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		a.answerTokens(w, r, caller, func(t awxToken) bool { return t.owner == caller && fits(t) })
	}
}

func (a *awx) listUserTokens(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if owner := a.parent(w, r, caller); owner != nil {
		a.answerTokens(w, r, caller, func(t awxToken) bool { return t.owner == owner })
	}
}

// listTokensOf finds nothing, which is no error, for a user that there is not.
func (a *awx) listTokensOf(fits func(awxToken) bool) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		a.answerTokens(w, r, caller, func(t awxToken) bool { return t.owner.ID == stage.PathID(r) && fits(t) })
	}
}

func (a *awx) listAppTokens(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if app := a.readableApp(w, r, caller); app != nil {
		a.answerTokens(w, r, caller, func(t awxToken) bool { return t.app == app.id })
	}
}

func (a *awx) token(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if t, ok := a.reach(w, r, caller, a.reads); ok {
		stage.Reply(w, http.StatusOK, a.tokenRow(t, awxSecrets{}))
	}
}

func (a *awx) remove(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	t, ok := a.reach(w, r, caller, a.writes)
	if !ok {
		return
	}
	a.erase(r.Context(), t.id)
	w.WriteHeader(http.StatusNoContent)
}

// edit changes the description and the scope, and takes no notice of the rest.
func (a *awx) edit(w http.ResponseWriter, r *http.Request, caller *stage.User) {
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
	t, ok = a.write(r.Context(), t.id, func(row *awxToken) string {
		row.description, row.scope, row.modified, row.editor = description, scope, a.Today(), caller
		return ""
	})
	if !ok {
		a.missing(w, r)
		return
	}
	stage.Reply(w, http.StatusOK, a.tokenRow(t, awxSecrets{}))
}

// reach finds a token before it asks whether the caller may: who may not is
// told that it exists.
func (a *awx) reach(w http.ResponseWriter, r *http.Request, caller *stage.User, may func(*stage.User, awxToken) bool) (awxToken, bool) {
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

func (a *awx) reads(u *stage.User, t awxToken) bool  { return a.seesAll(u) || t.owner == u }
func (a *awx) writes(u *stage.User, t awxToken) bool { return u.Admin || t.owner == u }
func (a *awx) seesAll(u *stage.User) bool            { return u.Admin || a.standing[u.ID].auditor }
