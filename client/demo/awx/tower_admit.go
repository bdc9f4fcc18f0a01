package awx

import (
	"net"
	"net/http"
	"strings"

	"authdeck/client/demo/stage"
)

// admit does not look at a credential where none is needed.
func (t *tower) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	t.head(w)
	if r.Header.Get("X-Auth-Token") != "" { // good or not
		w.Header().Set("Auth-Token-Timeout", stage.Decimal(towerIdle))
	}
	if need == stage.Anyone {
		return nil, true
	}
	caller, complaint := t.caller(r)
	if complaint != "" {
		scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		t.unauthenticated(w, scheme, complaint)
		return nil, false
	}
	return caller, true
}

// caller prefers X-Auth-Token, because a browser adds Basic by itself.
func (t *tower) caller(r *http.Request) (caller *stage.User, complaint string) {
	words, ok := towerWords(r.Header.Get("X-Auth-Token"))
	authorization := r.Header.Get("Authorization")
	if !ok {
		if scheme, _, _ := strings.Cut(authorization, " "); strings.EqualFold(scheme, "Basic") {
			return t.basicCaller(r)
		}
		words, ok = towerWords(authorization)
	}
	if cookie, err := r.Cookie("token"); !ok && err == nil {
		words, ok = []string{"Token", cookie.Value}, true
	}
	switch {
	case !ok:
		return nil, nothingGiven
	case len(words) == 1:
		return nil, "Invalid token header. No credentials provided."
	case len(words) > 2:
		return nil, "Invalid token header. Token string should not contain spaces."
	default:
		return t.holder(words[1], callerOf(r))
	}
}

// towerWords are those of a header that begins with Token.
func towerWords(header string) ([]string, bool) {
	words := strings.Fields(header)
	return words, len(words) > 0 && strings.EqualFold(words[0], "Token")
}

func (t *tower) basicCaller(r *http.Request) (caller *stage.User, complaint string) {
	if t.Settings.Has(NoBasic) {
		return nil, nothingGiven
	}
	if caller = t.basic(r); caller == nil {
		return nil, badPassword
	}
	return caller, ""
}

// holder is whose key it is. A key that is used from elsewhere is as good as
// none, and every use puts the end off.
func (t *tower) holder(key string, from towerCaller) (holder *stage.User, complaint string) {
	s, ok := t.sessions.ByKey(key)
	switch {
	case !ok || s.from != from:
		return nil, "Invalid token"
	case s.ended != "":
		return nil, s.ended
	case !s.expires.After(t.Today()):
		return nil, towerExpired
	case !t.accounts.latest(s.holder).Active:
		return nil, "User inactive or deleted"
	}
	t.sessions.Change(s.id, t.prolong)
	return t.accounts.latest(s.holder), ""
}

// callerOf takes no notice of X-Forwarded-For, which is the default.
func callerOf(r *http.Request) towerCaller {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	return towerCaller{host: host, agent: r.UserAgent()}
}

// unauthenticated answers the scheme that was tried. Without a challenge to
// make, the framework turns 401 into 403. Since AWX 1.0.3 what was wrong is forgotten on
// the way (by the code of 1.0.3 and 1.0.4).
func (t *tower) unauthenticated(w http.ResponseWriter, scheme, text string) {
	if !t.Settings.Has(OldWords) {
		text = nothingGiven
	}
	switch {
	case scheme == "Token":
		w.Header().Set("WWW-Authenticate", "Token")
	case t.Settings.Has(NoBasic):
		stage.Detail(w, http.StatusForbidden, text)
		return
	default:
		w.Header().Set("WWW-Authenticate", `Basic realm="api"`)
	}
	stage.Detail(w, http.StatusUnauthorized, text)
}

// refuse is the [stage.Refusal] of Tower.
func (t *tower) refuse(w http.ResponseWriter, status int) {
	t.head(w)
	if status == http.StatusUnauthorized {
		t.unauthenticated(w, "Token", "Invalid token")
		return
	}
	stage.Refuse(w, status)
}
