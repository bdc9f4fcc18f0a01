package authentik_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// crash is what authentik says to a write that fails, or that meets no route.
func crash(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Allow", "GET, HEAD, OPTIONS")
	w.WriteHeader(http.StatusMethodNotAllowed)
}

// maintenance is what nginx says to a write where its page for 503 is a named
// location.
func maintenance(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Retry-After", "120")
	w.WriteHeader(http.StatusMethodNotAllowed)
	_, _ = io.WriteString(w, "<html><h1>405 Not Allowed</h1></html>")
}

// keeps has the stub show what was written.
func (s *stub) keeps(route, body string) {
	if path, is := strings.CutPrefix(route, "POST "); is && strings.HasSuffix(path, "/set_key/") {
		s.answers("GET "+strings.Replace(path, "set_key", "view_key", 1), say(200, body))
	}
	if path, is := strings.CutPrefix(route, "DELETE "); is {
		s.answers("GET "+path, say(404, gone))
	}
}

// ends has a key open nothing from now on.
func (s *stub) ends(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended[key] = true
}

// rotates gives the stub a rotation, which gives the token ci another key and then
// says something.
func (s *stub) rotates(says answer) {
	s.says("GET /core/tokens/ci/rotate_secret/", forbidding("POST, OPTIONS"))
	s.answers(rotation, func(body string) (int, string) {
		s.answers(viewKey, say(200, `{"key":"`+rotated+`"}`))
		return says(body)
	})
}

// forbidding is what a route says to a method that it does not have.
func forbidding(allow string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Allow", allow)
		w.WriteHeader(http.StatusMethodNotAllowed)
		_, _ = fmt.Fprintf(w, `{"detail":"Method \"%s\" not allowed."}`, r.Method)
	}
}

// says puts an answer on a route that is more than JSON.
func (s *stub) says(route string, whole http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.whole[route] = whole
}

// pageOf answers anything, and does something first.
func pageOf(status int, kind, body string, first func()) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if first != nil {
			first()
		}
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}
