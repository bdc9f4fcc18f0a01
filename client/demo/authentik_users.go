package demo

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// known are the users that the caller may see. Who sees nobody is refused, unless
// it is a machine of the server's own.
func (a *authentik) known(caller *authentikAccount) ([]*authentikAccount, bool) {
	if caller.may(seeUsers) {
		return slices.Clone(a.accounts), true
	}
	return nil, caller.kind == authentikOutpost
}

func (a *authentik) listUsers(w http.ResponseWriter, r *http.Request, u *user) {
	rows, ok := a.known(a.account(u.id))
	q := r.URL.Query()
	switch {
	case !ok:
		refuse(w, http.StatusForbidden)
		return
	case strings.TrimPrefix(q.Get("ordering"), "-") == "uid": // a field, but no column
		page(w, http.StatusInternalServerError)
		return
	}
	slices.SortFunc(rows, func(x, y *authentikAccount) int { return cmp.Compare(x.username, y.username) })
	rows, wrong := a.userSieve.sift(q, rows)
	for _, f := range a.severals() {
		if wrong == nil {
			rows, wrong = f.sift(q, rows)
		}
	}
	if wrong != nil {
		reply(w, http.StatusBadRequest, wrong)
		return
	}
	authentikPaged(a, w, r, rows, authentikCompletion(), a.showing(r).user)
}

// authentikCompletion is what a person who types a search is helped with.
func authentikCompletion() map[string]any {
	fields := map[string]any{}
	for name, kind := range map[string]string{
		"username": "str", "name": "str", "email": "str", "path": "str", "is_active": "bool", "type": "str", "attributes": "relation",
	} {
		fields[name] = map[string]any{"type": kind, "nullable": false, "options": []string{}}
	}
	return map[string]any{
		"current_model": "authentik_core.user", "models": map[string]any{"authentik_core.user": fields}, "suggestionsApiUrl": "",
	}
}

// knownUser is the user that the path names, if the caller may see any; otherwise
// it has answered.
func (a *authentik) knownUser(w http.ResponseWriter, r *http.Request, u *user) (*authentikAccount, bool) {
	rows, ok := a.known(a.account(u.id))
	c := a.account(pathID(r))
	switch {
	case !ok:
		refuse(w, http.StatusForbidden)
	case c == nil || !slices.Contains(rows, c):
		detail(w, http.StatusNotFound, authentikNoUser)
	default:
		return c, true
	}
	return nil, false
}

func (a *authentik) user(w http.ResponseWriter, r *http.Request, u *user) {
	if c, ok := a.knownUser(w, r, u); ok {
		reply(w, http.StatusOK, a.showing(r).user(c))
	}
}

// userUsedBy is what goes with a user, as far as the caller may see it.
func (a *authentik) userUsedBy(w http.ResponseWriter, r *http.Request, u *user) {
	c, ok := a.knownUser(w, r, u)
	if !ok {
		return
	}
	uses := []authentikUse{}
	for _, t := range a.tokens.all() {
		if t.owner == c && u.may(seeTokens) {
			uses = append(uses, authentikUse{App: "authentik_core", ModelName: "token", PK: t.pk, Name: t.identifier, Action: "cascade"})
		}
	}
	reply(w, http.StatusOK, uses)
}

func (a *authentik) me(w http.ResponseWriter, r *http.Request, u *user) {
	reply(w, http.StatusOK, authentikSession{User: a.showing(r).self(a.account(u.id))})
}
