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

// admit lets in by "Authorization: Bearer KEY", by Basic or by a session. AWX looks at
// the user once before the framework does and forgets what was wrong: whatever is no
// good is as nothing, and no harm where nothing is needed (seen on 24.6.2.dev0; the code
// is so from 1.0.3 on). The gateway says of a bad password that it is one, everywhere.
func (a *server) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	caller, scope, complaint := a.caller(r)
	switch {
	case complaint != "":
		a.unauthenticated(w, complaint)
	case caller == nil && need == stage.Anyone:
		return nil, true
	case caller == nil:
		a.unauthenticated(w, nothingGiven)
	case scope == fromSession && forged(r):
		stage.Detail(w, http.StatusForbidden, "CSRF Failed: CSRF token missing.")
	case !covers(scope, r.Method):
		w.Header().Set(productVersion, a.product())
		a.refuse(w, http.StatusForbidden)
	default:
		w.Header().Set(productVersion, a.product())
		return within(caller, scope), true
	}
	return nil, false
}

// productVersion is a header for who has signed in.
const productVersion = "X-API-Product-Version"

// caller is nobody, and no complaint, for a header that is not understood. The token of
// somebody who is not active any more goes on working (seen on AWX 24.6.2.dev0 and on
// django-ansible-base of October 2024 and 2026.10.26).
func (a *server) caller(r *http.Request) (caller *stage.User, scope, complaint string) {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case a.isBearer(scheme):
		t, ok := a.tokens.ByKey(strings.TrimSpace(key))
		if !ok || !t.expires.After(a.Today()) {
			return nil, "", ""
		}
		a.tokens.Change(t.id, func(row *token) string { row.lastUsed = a.Today(); return "" })
		return a.accounts.byID(t.owner.ID), t.scope, ""
	case strings.EqualFold(scheme, "Basic") && a.takesBasic():
		if caller = a.basic(r); caller == nil && a.generation.IsGateway() {
			return nil, "", badPassword
		}
		return caller, "write", ""
	default:
		return a.inSession(r), fromSession, ""
	}
}

// isBearer knows the one scheme, and Django's own too since it is the library's.
func (a *server) isBearer(scheme string) bool {
	return a.generation.HasOAuth2() && strings.EqualFold(scheme, "Bearer") ||
		a.generation == Gateway && strings.EqualFold(scheme, "Token")
}

func (a *server) takesBasic() bool {
	return !a.Settings.Has(NoBasic) && !a.policy.basicOff.Load()
}

// within is a caller whose rights are those of the credential: who may only read has
// none of them left.
func within(caller *stage.User, scope string) *stage.User {
	if covers(scope, http.MethodPost) {
		return caller
	}
	reader := *caller
	reader.Rights = stage.Anyone
	return &reader
}

// basic is who the Basic credentials are right for, nil for nobody.
func (a *server) basic(r *http.Request) *stage.User {
	username, password, _ := r.BasicAuth()
	return a.withPassword(username, password)
}

func (a *server) withPassword(username, password string) *stage.User {
	return a.accounts.find(func(u *stage.User) bool {
		return u.Username == username && u.Password != "" && u.Active &&
			subtle.ConstantTimeCompare([]byte(u.Password), []byte(password)) == 1
	})
}

// covers says whether a token's scope reaches: to write is to read too.
func covers(scope, method string) bool {
	words := strings.Fields(scope)
	if slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, method) && slices.Contains(words, "read") {
		return true
	}
	return slices.Contains(words, "write") || scope == fromSession
}

// unauthenticated never says why, nor that Basic would do.
func (a *server) unauthenticated(w http.ResponseWriter, text string) {
	challenge := "Bearer realm=api authorization_url=/api/o/authorize/"
	switch {
	case a.generation.IsGateway():
		challenge = `Bearer realm="api"`
	case a.generation == None:
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
