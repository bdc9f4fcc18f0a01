package authentik

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"

	"authdeck/client/demo/stage"
)

// listTokens shows everything, expired or not, to who may see it.
func (a *server) listTokens(w http.ResponseWriter, r *http.Request, u *stage.User) {
	caller := a.account(u.ID)
	rows := slices.DeleteFunc(a.tokens.All(), func(t token) bool { return !a.sees(caller, t) })
	slices.SortFunc(rows, func(x, y token) int { return cmp.Compare(x.identifier, y.identifier) })
	if rows, ok := narrowed(w, r.URL.Query(), a.tokenFilters, rows); ok {
		replyPage(a, w, r, rows, map[string]any{}, a.serializer(r).token)
	}
}

func (a *server) token(w http.ResponseWriter, r *http.Request, u *stage.User) {
	if t, ok := a.permitted(w, r, u, always); ok {
		stage.Reply(w, http.StatusOK, a.serializer(r).token(t))
	}
}

// always is the permission of whoever sees a row.
func always(token, *account) bool { return true }

func (a *server) remove(w http.ResponseWriter, r *http.Request, u *stage.User) {
	if t, ok := a.permitted(w, r, u, token.changes); ok {
		a.tokens.Remove(t.id)
		w.WriteHeader(http.StatusNoContent)
	}
}

// viewKey is the one place where a key is shown.
func (a *server) viewKey(w http.ResponseWriter, r *http.Request, u *stage.User) {
	if t, ok := a.openly(w, r, u, token.reveals); ok {
		stage.Reply(w, http.StatusOK, keyRow{Key: t.key})
	}
}

// setKey takes any text for a key, and leaves the expiry alone.
func (a *server) setKey(w http.ResponseWriter, r *http.Request, u *stage.User) {
	t, ok := a.openly(w, r, u, func(_ token, caller *account) bool {
		return caller.superuser() && !a.Settings.Has(NoSetKey)
	})
	if !ok {
		return
	}
	fields, ok := a.readFields(w, r)
	if !ok {
		return
	}
	key, wrong := keyField(fields)
	switch {
	case wrong != nil && a.old():
		w.WriteHeader(http.StatusBadRequest)
		return
	case wrong != nil:
		stage.Reply(w, http.StatusBadRequest, stage.Complaints{"key": wrong})
		return
	}
	a.rekey(t.id, func(row *token) { row.key = key })
	w.WriteHeader(http.StatusNoContent)
}

func keyField(fields map[string]json.RawMessage) (key string, wrong []string) {
	raw, given := fields["key"]
	if !given {
		return "", []string{"This field is required."}
	}
	if wrong = readText(raw, &key); wrong == nil && key == "" {
		wrong = []string{blankField}
	}
	return key, wrong
}

// rotate does what the worker does to an API token that expires: the new key is
// not told, only shown by viewKey.
func (a *server) rotate(w http.ResponseWriter, r *http.Request, u *stage.User) {
	t, ok := a.permitted(w, r, u, token.changes)
	if !ok {
		return
	}
	a.rekey(t.id, func(row *token) {
		row.key = a.NewKey()
		if row.intent == intentAPI {
			row.expires = a.Today().Add(defaultLifetime)
		}
	})
	stage.Reply(w, http.StatusOK, secretRow{})
}

// rekey lets edit choose another key for a row.
func (a *server) rekey(id int, edit func(row *token)) {
	a.writing.Lock()
	defer a.writing.Unlock()
	a.tokens.Change(id, func(row *token) string {
		edit(row)
		return row.key
	})
}

// tokenUsedBy is what goes with a token: only a source's has something.
func (a *server) tokenUsedBy(w http.ResponseWriter, r *http.Request, u *stage.User) {
	t, ok := a.permitted(w, r, u, always)
	if !ok {
		return
	}
	uses := []usedByRow{}
	if t.owner.kind == kindOutpost && t.owner.path == "goauthentik.io/sources/scim" && u.May(stage.AllRights) {
		uses = append(uses, usedByRow{
			App: "authentik_sources_scim", ModelName: "scimsource", PK: t.owner.uuid, Name: "Personnel", Action: "cascade",
		})
	}
	stage.Reply(w, http.StatusOK, uses)
}
