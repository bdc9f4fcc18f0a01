package saymon

import (
	"cmp"
	"crypto/subtle"
	"net/http"
	"strings"

	"authdeck/client/demo/stage"
)

// session is somebody who is signed in, by a session or, with the number 0,
// for this one request.
type session struct {
	number int
	owner  *stage.User
	csrf   string // what a write has to echo, "" for nothing
}

func (y *server) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	if need == stage.Anyone {
		return nil, true
	}
	switch s, problem := y.session(r); {
	case problem != nil:
		problem.send(w)
	case isWrite(r) && !s.echoed(r):
		badCSRF().send(w)
	case need == manageUsers && !y.manages(s.owner):
		forbidden().send(w)
	default:
		return s.owner, true
	}
	return nil, false
}

func (y *server) manages(u *stage.User) bool { return y.accounts[u.ID].manages }

// session takes the first credential it finds, good or not. Another scheme than
// Basic counts as none.
func (y *server) session(r *http.Request) (session, *problem) {
	if q := r.URL.Query(); q.Has("api-token") && !y.settings.Has(NoTokens) {
		return y.byKey(q.Get("api-token"))
	}
	if scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Basic") {
		login, password, _ := r.BasicAuth()
		return y.byPassword(login, password)
	}
	return y.bySession(r)
}

func (y *server) byKey(key string) (session, *problem) {
	t, err := y.store.ByKey(key)
	if err != nil || !t.Owner.Active {
		return session{}, badKey()
	}
	return session{owner: t.Owner}, nil
}

func (y *server) byPassword(login, password string) (session, *problem) {
	for _, u := range y.store.Users {
		if u.Username == login && u.Active && u.Password != "" &&
			subtle.ConstantTimeCompare([]byte(u.Password), []byte(password)) == 1 {
			return session{owner: u}, nil
		}
	}
	return session{}, badLogin()
}

func (y *server) bySession(r *http.Request) (session, *problem) {
	sid := cookie(r, "sid")
	if r.PathValue("sid") != "" { // only where a session is verified
		sid = cmp.Or(sid, r.Header.Get("X-Session-Id"))
	}
	if sid == "" {
		return session{}, unauthorized("Unauthorized", "Not logged in.")
	}
	s, open := y.sessions.ByKey(sid)
	if !open {
		return session{}, unauthorized("Unauthorized", "Session expired.")
	}
	return s, nil
}

// echoed says whether the cookie came back in the header too.
func (v session) echoed(r *http.Request) bool {
	return v.csrf == "" || cookie(r, "csrf") == v.csrf && r.Header.Get("X-Csrf-Token") == v.csrf
}

// cookie is "" for one that is not there.
func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}
