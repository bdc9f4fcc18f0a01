package authentik

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"authdeck/client/demo/stage"
)

const (
	authentikNoKey   = "Authentication credentials were not provided."
	authentikBadKey  = "Token invalid/expired"
	authentikNoToken = "No Token matches the given query."
	authentikNoUser  = "No User matches the given query."
)

// refuseAuthentik is the [stage.Refusal] of this system, which has no 401.
func refuseAuthentik(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusUnauthorized:
		stage.Detail(w, http.StatusForbidden, authentikBadKey)
	case http.StatusNotFound:
		stage.Detail(w, status, authentikNoToken)
	default:
		stage.Refuse(w, status)
	}
}

// admit lets in by "Authorization: Bearer KEY". What the caller may do depends on
// the row, so it is asked later.
func (a *authentik) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	if need == stage.Anyone {
		return nil, true
	}
	caller, complaint := a.caller(r.Header.Get("Authorization"))
	if complaint != "" {
		stage.Detail(w, http.StatusForbidden, complaint)
		return nil, false
	}
	return caller.User, true
}

func (a *authentik) caller(header string) (*authentikAccount, string) {
	scheme, key, two := strings.Cut(strings.TrimSpace(header), " ")
	switch {
	case !two, !strings.EqualFold(scheme, "Bearer") && !a.old():
		return nil, authentikNoKey
	case !strings.EqualFold(scheme, "Bearer"):
		return nil, "Unsupported authentication type"
	}
	t, ok := a.tokens.ByKey(key)
	if !ok || t.intent != authentikAPI {
		return nil, authentikBadKey
	}
	if t.expired(a.Now()) {
		if a.old() {
			a.tokens.Remove(t.id) // the attempt itself ends the row
		}
		return nil, authentikBadKey
	}
	if !t.owner.Active {
		return nil, authentikBadKey
	}
	return t.owner, ""
}

// account is what this system knows of a user, nil for nobody.
func (a *authentik) account(id int) *authentikAccount {
	i, found := slices.BinarySearchFunc(a.accounts, id, func(c *authentikAccount, id int) int { return cmp.Compare(c.ID, id) })
	if !found {
		return nil
	}
	return a.accounts[i]
}

// seesAll says whether the caller may list the tokens of others, which old servers
// grant to superusers alone.
func (a *authentik) seesAll(caller *authentikAccount) bool {
	return caller.superuser() || !a.old() && caller.May(stage.SeeTokens)
}

func (a *authentik) sees(caller *authentikAccount, t authentikRow) bool {
	return t.owner == caller || a.seesAll(caller)
}

// changes says whether the caller may edit, rotate and delete.
func (t authentikRow) changes(caller *authentikAccount) bool {
	return t.owner == caller || caller.superuser()
}

// reveals says whether the caller may see the key: to own the token is not enough.
func (t authentikRow) reveals(caller *authentikAccount) bool {
	return t.viewer == caller || caller.superuser()
}

// visible is the row that the path names, if the caller may know of it.
func (a *authentik) visible(r *http.Request, caller *authentikAccount) (authentikRow, bool) {
	wanted := r.PathValue("identifier")
	for _, t := range a.tokens.All() {
		if t.identifier == wanted {
			return t, a.sees(caller, t)
		}
	}
	return authentikRow{}, false
}

// permitted is the visible row, if the caller may do to it what may asks;
// otherwise it has answered.
func (a *authentik) permitted(w http.ResponseWriter, r *http.Request, u *stage.User, may func(authentikRow, *authentikAccount) bool) (authentikRow, bool) {
	caller := a.account(u.ID)
	t, ok := a.visible(r, caller)
	switch {
	case !ok:
		stage.Detail(w, http.StatusNotFound, authentikNoToken)
	case !may(t, caller):
		stage.Refuse(w, http.StatusForbidden)
		return t, false
	}
	return t, ok
}
