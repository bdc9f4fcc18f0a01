package saymon

import (
	"cmp"
	"crypto/subtle"
	"net/http"
	"strings"

	"authdeck/client/demo/stage"
)

// saymonVisit is somebody who is signed in, by a session or, with the number 0,
// for this one request.
type saymonVisit struct {
	number int
	owner  *stage.User
	csrf   string // what a write has to echo, "" for nothing
}

func (y *saymon) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	if need == stage.Anyone {
		return nil, true
	}
	switch visit, problem := y.visitor(r); {
	case problem != nil:
		problem.send(w)
	case isWrite(r) && !visit.echoed(r):
		saymonForged().send(w)
	case need == saymonManage && !y.manages(visit.owner):
		saymonForbidden().send(w)
	default:
		return visit.owner, true
	}
	return nil, false
}

func (y *saymon) manages(u *stage.User) bool { return y.accounts[u.ID].manages }

// visitor takes the first credential it finds, good or not. Another scheme than
// Basic counts as none.
func (y *saymon) visitor(r *http.Request) (saymonVisit, *saymonProblem) {
	if q := r.URL.Query(); q.Has("api-token") && !y.o.Has(SaymonNoTokens) {
		return y.byKey(q.Get("api-token"))
	}
	if scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Basic") {
		login, password, _ := r.BasicAuth()
		return y.byPassword(login, password)
	}
	return y.bySession(r)
}

func (y *saymon) byKey(key string) (saymonVisit, *saymonProblem) {
	t, err := y.store.ByKey(key)
	if err != nil || !t.Owner.Active {
		return saymonVisit{}, saymonBadKey()
	}
	return saymonVisit{owner: t.Owner}, nil
}

func (y *saymon) byPassword(login, password string) (saymonVisit, *saymonProblem) {
	for _, u := range y.store.Users {
		if u.Username == login && u.Active && u.Password != "" &&
			subtle.ConstantTimeCompare([]byte(u.Password), []byte(password)) == 1 {
			return saymonVisit{owner: u}, nil
		}
	}
	return saymonVisit{}, saymonBadLogin()
}

func (y *saymon) bySession(r *http.Request) (saymonVisit, *saymonProblem) {
	sid := cookie(r, "sid")
	if r.PathValue("sid") != "" { // only where a session is verified
		sid = cmp.Or(sid, r.Header.Get("X-Session-Id"))
	}
	if sid == "" {
		return saymonVisit{}, saymonStranger("Unauthorized", "Not logged in.")
	}
	visit, open := y.sessions.ByKey(sid)
	if !open {
		return saymonVisit{}, saymonStranger("Unauthorized", "Session expired.")
	}
	return visit, nil
}

// echoed says whether the cookie came back in the header too.
func (v saymonVisit) echoed(r *http.Request) bool {
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
