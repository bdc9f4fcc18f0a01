package authentik

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"authdeck/client/demo/stage"
)

const (
	noKey   = "Authentication credentials were not provided."
	badKey  = "Token invalid/expired"
	noToken = "No Token matches the given query."
	noUser  = "No User matches the given query."
)

// refuse is the [stage.Refusal] of this system, which has no 401.
func refuse(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusUnauthorized:
		stage.Detail(w, http.StatusForbidden, badKey)
	case http.StatusNotFound:
		stage.Detail(w, status, noToken)
	default:
		stage.Refuse(w, status)
	}
}

// admit lets in by "Authorization: Bearer KEY". What the caller may do depends on
// the row, so it is asked later.
func (a *server) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	if need == stage.Anyone {
		return nil, true
	}
	if strings.ContainsFunc(r.Header.Get("Authorization"), func(c rune) bool { return c > unicode.MaxASCII }) {
		serverError(w, r)
		return nil, false
	}
	caller, complaint := a.caller(r.Header.Get("Authorization"))
	if complaint != "" {
		stage.Detail(w, http.StatusForbidden, complaint)
		return nil, false
	}
	return caller.User, true
}

func (a *server) caller(header string) (*account, string) {
	scheme, key, two := strings.Cut(strings.TrimSpace(header), " ")
	switch {
	case !two, !strings.EqualFold(scheme, "Bearer") && !a.old():
		return nil, noKey
	case !strings.EqualFold(scheme, "Bearer"):
		return nil, "Unsupported authentication type"
	}
	t, ok := a.tokens.ByKey(key)
	if !ok || t.intent != intentAPI {
		return nil, badKey
	}
	if t.expired(a.Now()) {
		if a.early() {
			a.tokens.Remove(t.id) // the attempt itself ends the row
		}
		return nil, badKey
	}
	if !t.owner.Active {
		return nil, badKey
	}
	return t.owner, ""
}

// account is what this system knows of a user, nil for nobody.
func (a *server) account(id int) *account {
	i, found := slices.BinarySearchFunc(a.accounts, id, func(c *account, id int) int { return cmp.Compare(c.ID, id) })
	if !found {
		return nil
	}
	return a.accounts[i]
}

// seesAll says whether the caller may list the tokens of others, which old servers
// grant to superusers alone.
func (a *server) seesAll(caller *account) bool {
	return caller.superuser() || !a.early() && caller.May(stage.SeeTokens)
}

func (a *server) sees(caller *account, t token) bool {
	return t.owner == caller || a.seesAll(caller)
}

// changes says whether the caller may edit, rotate and delete.
func (t token) changes(caller *account) bool {
	return t.owner == caller || caller.superuser()
}

// reveals says whether the caller may see the key: to own the token is not enough.
func (t token) reveals(caller *account) bool {
	return t.viewer == caller || caller.superuser()
}

// named is the row that the path names.
func (a *server) named(r *http.Request) (token, bool) {
	wanted := r.PathValue("identifier")
	for _, t := range a.tokens.All() {
		if t.identifier == wanted {
			return t, true
		}
	}
	return token{}, false
}

// permitted is the visible row, if the caller may do to it what may asks;
// otherwise it has answered.
func (a *server) permitted(w http.ResponseWriter, r *http.Request, u *stage.User, may func(token, *account) bool) (token, bool) {
	caller := a.account(u.ID)
	t, ok := a.named(r)
	switch ok = ok && a.sees(caller, t); {
	case !ok:
		stage.Detail(w, http.StatusNotFound, noToken)
	case !may(t, caller):
		stage.Refuse(w, http.StatusForbidden)
		return t, false
	}
	return t, ok
}

// openly is permitted for what 2026.2 and later do not hide: of another's token they say
// that the right is missing, and not that there is no such token.
func (a *server) openly(w http.ResponseWriter, r *http.Request, u *stage.User, may func(token, *account) bool) (token, bool) {
	if t, ok := a.named(r); ok && !a.early() && !may(t, a.account(u.ID)) {
		stage.Refuse(w, http.StatusForbidden)
		return t, false
	}
	return a.permitted(w, r, u, may)
}
