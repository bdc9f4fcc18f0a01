package client_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// world is a running system and the client that speaks to it.
type world struct {
	subject subject
	demo    *demo.Server
	system  demo.System
	api     model.API
	log     *logBook
	began   time.Time // before the server was there

	forms   int                       // filled in so far; makes every value another
	people  []model.User              // see [world.somebody]
	issued  []string                  // keys that came back
	sources map[model.Action][]source // see [world.sourcesOf]
	waiting []model.Token             // see [world.take]
}

// hold is what every promise includes: keys, queries and addresses stay out of
// the log, keys out of addresses, and nothing is sent to a path that is no route.
func (w *world) hold(t *testing.T) {
	t.Helper()
	written := w.log.String()
	redacttest.Hides(t, "the log", written, w.issued...)
	w.keepsNoKey(t)
	for _, word := range []string{"offset", "ordering", "page_size", "Authorization", "api-token", "Cookie", w.system.URL, w.system.Username} {
		if strings.Contains(written, word) {
			t.Errorf("the log holds more than method and path: %q", word)
		}
	}
	for _, r := range w.demo.Requests() {
		redacttest.Hides(t, "the address of a request", r.Path+"?"+w.besideTheKey(r.RawQuery), w.issued...)
		stray := w.subject.dialect.strays
		if r.Endpoint == "" && (stray == nil || !stray.MatchString(r.Method+" "+r.Path)) {
			t.Errorf("%s %s was sent, which is no route", r.Method, r.Path)
		}
		if strings.HasSuffix(r.Path, "/") == w.subject.dialect.unslashed {
			t.Errorf("%s %s is a path of another system", r.Method, r.Path)
		}
	}
}

// besideTheKey is a query without the one parameter in which the system's own
// design wants the key.
func (w *world) besideTheKey(raw string) string {
	if w.subject.dialect.inQuery == "" {
		return raw
	}
	query, err := url.ParseQuery(raw)
	if err != nil {
		return raw
	}
	query.Del(w.subject.dialect.inQuery)
	return query.Encode()
}

// plain asks past the client and returns the status and the body.
func (w *world) plain(t *testing.T, path, key string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.system.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", "authdeck/1.2.3") // some systems bind a key to it
	w.subject.dialect.sign(r, key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, body
}

// opens reports whether the key of a token does what such a key can; one that is
// for something else than the API opens nothing there.
func (w *world) opens(t *testing.T, token model.Token, key string) bool {
	t.Helper()
	if only := w.subject.dialect.opening; only != nil && !only(token) {
		return key != ""
	}
	return w.accepts(t, key)
}

// accepts reports whether a key opens anything. Its owner may still not be
// allowed what is asked.
func (w *world) accepts(t *testing.T, key string) bool {
	t.Helper()
	code, _ := w.plain(t, w.subject.dialect.me, key)
	return !w.subject.dialect.refuses(code)
}

// writes are the requests since a moment that changed something or were meant to.
func (w *world) writes(since int) []demo.Request {
	var sent []demo.Request
	for _, r := range w.since(since) {
		if w.changes(r) {
			sent = append(sent, r)
		}
	}
	return sent
}

// changes leaves out what met no route, and a sign-in that makes nothing.
func (w *world) changes(r demo.Request) bool {
	asks := r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions
	return !asks && r.Endpoint != "" && (r.Endpoint != "signin" || w.subject.dialect.bySignIn)
}

// now is a moment of the journal, for [world.since].
func (w *world) now() int { return w.demo.Served("any") }

// since are the requests that came in after a moment.
func (w *world) since(moment int) []demo.Request {
	all := w.demo.Requests()
	return all[max(0, len(all)-(w.now()-moment)):]
}

// sendsNoWrite fails when something was changed since a moment.
func (w *world) sendsNoWrite(t *testing.T, since int) {
	t.Helper()
	for _, r := range w.writes(since) {
		if r.Endpoint != "signin" {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
}

// breaks puts faults into the server, in place of those before.
func (w *world) breaks(t *testing.T, spec string) {
	t.Helper()
	if err := w.demo.Break(spec); err != nil {
		t.Fatal(err)
	}
}

// must is for what is not the promise itself.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
