package saymon

import (
	"encoding/json"
	"net/http"

	"authdeck/client/demo/stage"
)

// signIn opens a session. Its id is both the answer and a cookie.
func (y *server) signIn(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	var fields map[string]any
	_ = json.NewDecoder(r.Body).Decode(&fields) // what is no object has no fields
	given := map[string]string{}
	for _, name := range []string{"login", "password"} {
		given[name], _ = fields[name].(string)
		if given[name] == "" {
			missingField(name).send(w)
			return
		}
	}
	s, problem := y.byPassword(given["login"], given["password"])
	if problem != nil {
		problem.send(w)
		return
	}
	reply(w, http.StatusOK, y.open(w, s))
}

// open files a session and sets its cookies.
func (y *server) open(w http.ResponseWriter, s session) string {
	sid := y.newKey()
	setCookie(w, "sid", sid)
	if y.settings.Has(CSRF) {
		s.csrf = y.newKey()
		setCookie(w, "csrf", s.csrf)
	}
	y.sessions.Add(sid, func(id int) session {
		s.number = id
		return s
	})
	return sid
}

func setCookie(w http.ResponseWriter, name, value string) {
	w.Header().Add("Set-Cookie", name+"="+value+"; Path=/")
}

// signOut closes the session of the cookie; who came without one has none.
func (y *server) signOut(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	if s, open := y.sessions.ByKey(cookie(r, "sid")); open {
		y.sessions.Remove(s.number)
	}
	w.WriteHeader(http.StatusOK)
}

func (y *server) verify(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	_, open := y.sessions.ByKey(r.PathValue("sid"))
	reply(w, http.StatusOK, open)
}
