package awx

import (
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"

	"authdeck/client/demo/stage"
)

const (
	nothingGiven = "Authentication credentials were not provided."
	badPassword  = "Invalid username/password."
	loginHint    = " To establish a login session, visit /api/login/."
)

// admit lets in by "Authorization: Bearer KEY" or by Basic. A credential that
// is no good is refused even where none is needed.
func (a *server) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	a.head(w)
	caller, scope, complaint := a.caller(r)
	switch {
	case complaint != "":
		a.unauthenticated(w, complaint)
	case caller == nil && need == stage.Anyone:
		return nil, true
	case caller == nil:
		a.unauthenticated(w, nothingGiven)
	case !covers(scope, r.Method):
		a.refuse(w, http.StatusForbidden)
	default:
		w.Header().Set("X-API-Product-Version", a.product())
		return caller, true
	}
	return nil, false
}

// caller is nobody, and no complaint, for a header that is not understood. A
// bad key is told in the words of none at all.
func (a *server) caller(r *http.Request) (caller *stage.User, scope, complaint string) {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case strings.EqualFold(scheme, "Bearer") && a.generation.HasOAuth2():
		t, ok := a.tokens.ByKey(strings.TrimSpace(key))
		if !ok || !t.owner.Active || !t.expires.After(a.Today()) {
			return nil, "", nothingGiven
		}
		a.tokens.Change(t.id, func(row *token) string { row.lastUsed = a.Today(); return "" })
		return t.owner, t.scope, ""
	case strings.EqualFold(scheme, "Basic") && !a.Settings.Has(NoBasic):
		if caller = a.basic(r); caller == nil {
			return nil, "", badPassword
		}
		return caller, "write", ""
	default:
		return nil, "", ""
	}
}

// basic is who the Basic credentials are right for, nil for nobody.
func (a *server) basic(r *http.Request) *stage.User {
	username, password, _ := r.BasicAuth()
	return a.withPassword(username, password)
}

func (a *server) withPassword(username, password string) *stage.User {
	for _, u := range a.Users {
		if u.Username == username && u.Password != "" && u.Active &&
			subtle.ConstantTimeCompare([]byte(u.Password), []byte(password)) == 1 {
			return u
		}
	}
	return nil
}

// covers says whether a token's scope reaches: to write is to read too.
func covers(scope, method string) bool {
	words := strings.Fields(scope)
	if slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, method) && slices.Contains(words, "read") {
		return true
	}
	return slices.Contains(words, "write")
}

// unauthenticated never says why, nor that Basic would do.
func (a *server) unauthenticated(w http.ResponseWriter, text string) {
	challenge := "Bearer realm=api authorization_url=/api/o/authorize/"
	switch a.generation {
	case Gateway:
		challenge = `Bearer realm="api"`
	case None:
		challenge, text = `Basic realm="api"`, text+loginHint
	default:
		text += loginHint
	}
	w.Header().Set("WWW-Authenticate", challenge)
	stage.Detail(w, http.StatusUnauthorized, text)
}

// refuse is the [stage.Refusal] of the generations after Tower.
func (a *server) refuse(w http.ResponseWriter, status int) {
	a.head(w)
	if status == http.StatusUnauthorized {
		a.unauthenticated(w, nothingGiven)
		return
	}
	stage.Refuse(w, status)
}
