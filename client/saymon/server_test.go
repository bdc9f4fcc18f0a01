package saymon_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// canary begins every secret here, so that one word finds all of them.
const canary = "canary-"

const (
	adminID  = "64b000000000000000000001"
	viewerID = "64b000000000000000000002"
	freshID  = "64b000000000000000000003"
	oldID    = "64b000000000000000000004"

	adminKey  = canary + "1111-admin"
	viewerKey = canary + "2222-viewer"
	password  = canary + "pw"
	sessionID = canary + "sid"
	csrf      = canary + "csrf"
)

// row is a user as it goes over the wire.
type row = map[string]any

// server is a SAYMON in a few lines, as the pages describe it.
type server struct {
	*httptest.Server
	mu     sync.Mutex
	rows   []row
	weak   bool                        // whoever asks lacks manage-users
	made   int                         // keys so far
	opened int                         // sessions so far
	closed bool                        // the session is not known any more
	answer map[string]http.HandlerFunc // by "METHOD /path", in place of the usual
	seen   []*http.Request
}

func start(t *testing.T) *server {
	t.Helper()
	s := &server{answer: map[string]http.HandlerFunc{}, rows: []row{
		{"id": viewerID, "login": "viewer", "displayName": "vie***", "permissions": []string{}, "status": 2, "authenticationToken": viewerKey, "email": "v@example.com"},
		{"id": adminID, "login": "ops.admin", "displayName": "ops.*****", "permissions": []string{"manage-users", "manage-objects"}, "status": 2, "authenticationToken": adminKey},
		{"id": freshID, "login": "fresh", "permissions": []string{}, "status": 2},
		{"id": oldID, "login": "old", "permissions": []string{}, "status": 3, "authenticationToken": nil},
	}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, r)
	slices.Reverse(s.rows) // no order is promised
	path, ok := strings.CutPrefix(r.URL.Path, "/node/api/users")
	if special := s.answer[r.Method+" "+path]; special != nil {
		special(w, r)
		return
	}
	switch parts := strings.Split(strings.TrimPrefix(path, "/"), "/"); {
	case !ok:
		say(w, http.StatusNotFound, row{"code": "ResourceNotFound"})
	case r.Method == http.MethodPost && path == "/session":
		s.signIn(w, r)
	case !s.accepts(r):
		say(w, http.StatusUnauthorized, row{"code": "Unauthorized", "message": `{"errorCode":3,"message":"Invalid API token."}`})
	case r.Method == http.MethodDelete && path == "/session":
		s.closed = true
	case r.Method == http.MethodGet && path == "":
		say(w, http.StatusOK, s.shown())
	case r.Method == http.MethodGet && path == "/current":
		say(w, http.StatusOK, s.current())
	default:
		s.one(w, r, parts)
	}
}

func (s *server) one(w http.ResponseWriter, r *http.Request, parts []string) {
	i := slices.IndexFunc(s.rows, func(u row) bool { return u["id"] == parts[0] })
	switch {
	case i < 0:
		say(w, http.StatusNotFound, row{"code": "ResourceNotFound", "message": "User not found"})
	case r.Method == http.MethodGet:
		say(w, http.StatusOK, s.shown()[i])
	case s.weak:
		say(w, http.StatusForbidden, row{"code": "Forbidden", "message": "manage-users is needed"})
	case r.Method == http.MethodPost:
		s.made++
		s.rows[i]["authenticationToken"] = fmt.Sprintf("%s9999-%d", canary, s.made)
		say(w, http.StatusOK, s.rows[i]["authenticationToken"])
	case r.Method == http.MethodDelete:
		s.rows[i]["authenticationToken"] = nil
	}
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request) {
	var sent struct{ Login, Password string }
	if json.NewDecoder(r.Body).Decode(&sent) != nil || sent.Login != "ops.admin" || sent.Password != password {
		say(w, http.StatusUnauthorized, row{"code": "InvalidCredentials", "message": `{"errorCode":3,"message":"Invalid login or password."}`})
		return
	}
	s.opened, s.closed = s.opened+1, false
	http.SetCookie(w, &http.Cookie{Name: "sid", Value: sessionID, Path: "/"})
	http.SetCookie(w, &http.Cookie{Name: "csrf", Value: csrf, Path: "/"})
	say(w, http.StatusOK, sessionID)
}

// accepts knows the administrator by each of the three ways.
func (s *server) accepts(r *http.Request) bool {
	if name, given, ok := r.BasicAuth(); ok {
		return name == "ops.admin" && given == password
	}
	if cookie, err := r.Cookie("sid"); err == nil {
		echo, _ := r.Cookie("csrf")
		return cookie.Value == sessionID && !s.closed && echo != nil && echo.Value == csrf && r.Header.Get("X-Csrf-Token") == csrf
	}
	key := r.URL.Query().Get("api-token")
	return key != "" && s.user(adminID)["authenticationToken"] == key
}

func (s *server) user(id string) row {
	return s.rows[slices.IndexFunc(s.rows, func(u row) bool { return u["id"] == id })]
}

// shown are the rows as the caller may see them.
func (s *server) shown() []row {
	if !s.weak {
		return s.rows
	}
	var few []row
	for _, u := range s.rows {
		few = append(few, row{"id": u["id"], "login": u["displayName"]})
	}
	return few
}

func (s *server) current() row {
	me := row{}
	for name, value := range s.user(adminID) {
		if !s.weak || name != "authenticationToken" && name != "permissions" {
			me[name] = value
		}
	}
	if s.weak {
		me["permissions"] = []string{"manage-objects"}
	}
	return me
}

// sets changes a user behind the client's back.
func (s *server) sets(id, field string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user(id)[field] = value
}

// answers replaces one answer.
func (s *server) answers(what string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer[what] = h
}

func (s *server) requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

// writes are the requests that change something, without the sign-in.
func (s *server) writes() []string {
	var sent []string
	for _, r := range s.requests() {
		if r.Method != http.MethodGet && !strings.HasSuffix(r.URL.Path, "/session") {
			sent = append(sent, r.Method+" "+r.URL.Path)
		}
	}
	return sent
}

func say(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// saying is an answer of a type and with a body of one's own.
func saying(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}
