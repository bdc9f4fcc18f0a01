package authentik

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"

	"authdeck/client/demo/stage"
)

// listTokens shows everything, expired or not, to who may see it.
func (a *authentik) listTokens(w http.ResponseWriter, r *http.Request, u *stage.User) {
	caller := a.account(u.ID)
	rows := slices.DeleteFunc(a.tokens.All(), func(t authentikRow) bool { return !a.sees(caller, t) })
	slices.SortFunc(rows, func(x, y authentikRow) int { return cmp.Compare(x.identifier, y.identifier) })
	rows, wrong := a.tokenSieve.Apply(r.URL.Query(), rows)
	if wrong != nil {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	show := a.showing(r)
	authentikPaged(a, w, r, rows, map[string]any{}, show.token)
}

func (a *authentik) token(w http.ResponseWriter, r *http.Request, u *stage.User) {
	if t, ok := a.permitted(w, r, u, authentikSeen); ok {
		stage.Reply(w, http.StatusOK, a.showing(r).token(t))
	}
}

// authentikSeen is the permission of whoever sees a row.
func authentikSeen(authentikRow, *authentikAccount) bool { return true }

func (a *authentik) remove(w http.ResponseWriter, r *http.Request, u *stage.User) {
	if t, ok := a.permitted(w, r, u, authentikRow.changes); ok {
		a.tokens.Remove(t.id)
		w.WriteHeader(http.StatusNoContent)
	}
}

// viewKey is the one place where a key is shown.
func (a *authentik) viewKey(w http.ResponseWriter, r *http.Request, u *stage.User) {
	if t, ok := a.permitted(w, r, u, authentikRow.reveals); ok {
		stage.Reply(w, http.StatusOK, authentikKeyView{Key: t.key})
	}
}

// setKey takes any text for a key, and leaves the expiry alone.
func (a *authentik) setKey(w http.ResponseWriter, r *http.Request, u *stage.User) {
	t, ok := a.permitted(w, r, u, func(_ authentikRow, caller *authentikAccount) bool {
		return caller.superuser() && !a.Settings.Has(AuthentikNoSetKey)
	})
	if !ok {
		return
	}
	fields, ok := authentikFields(w, r)
	if !ok {
		return
	}
	key, complaint := authentikNewKey(fields)
	switch {
	case complaint != "" && a.old():
		w.WriteHeader(http.StatusBadRequest)
		return
	case complaint != "":
		stage.Reply(w, http.StatusBadRequest, stage.Complaints{"key": {complaint}})
		return
	}
	a.rekey(t.id, func(row *authentikRow) { row.key = key })
	w.WriteHeader(http.StatusNoContent)
}

func authentikNewKey(fields map[string]json.RawMessage) (key, complaint string) {
	raw, given := fields["key"]
	if !given {
		return "", "This field is required."
	}
	if complaint = authentikText(raw, &key); complaint == "" && key == "" {
		complaint = authentikBlank
	}
	return key, complaint
}

// rotate does what the worker does to an API token that expires: the new key is
// not told, only shown by viewKey.
func (a *authentik) rotate(w http.ResponseWriter, r *http.Request, u *stage.User) {
	t, ok := a.permitted(w, r, u, authentikRow.changes)
	if !ok {
		return
	}
	a.rekey(t.id, func(row *authentikRow) {
		row.key = a.NewKey()
		if row.intent == authentikAPI {
			row.expires = a.Today().Add(authentikLifetime)
		}
	})
	stage.Reply(w, http.StatusOK, authentikSecret{})
}

// rekey lets edit choose another key for a row.
func (a *authentik) rekey(id int, edit func(row *authentikRow)) {
	a.writing.Lock()
	defer a.writing.Unlock()
	a.tokens.Change(id, func(row *authentikRow) string {
		edit(row)
		return row.key
	})
}

// tokenUsedBy is what goes with a token: only a source's has something.
func (a *authentik) tokenUsedBy(w http.ResponseWriter, r *http.Request, u *stage.User) {
	t, ok := a.permitted(w, r, u, authentikSeen)
	if !ok {
		return
	}
	uses := []authentikUse{}
	if t.owner.kind == authentikOutpost && t.owner.path == "goauthentik.io/source-scims" && u.May(stage.AllRights) {
		uses = append(uses, authentikUse{
			App: "authentik_sources_scim", ModelName: "scimsource", PK: t.owner.uuid, Name: "Personnel", Action: "cascade",
		})
	}
	stage.Reply(w, http.StatusOK, uses)
}

// authentikFields takes a request without a body for an empty object.
func authentikFields(w http.ResponseWriter, r *http.Request) (map[string]json.RawMessage, bool) {
	if r.ContentLength == 0 {
		return map[string]json.RawMessage{}, true
	}
	return stage.ReadFields(w, r)
}
