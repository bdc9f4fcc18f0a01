package authentik_test

import (
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
)

const canary = "canary0123456789canary0123456789"

// rotated is the key that a rotation gives.
const rotated = "rotated0123456789rotated01234567"

// Routes of the token ci.
const (
	setKey   = "POST /core/tokens/ci/set_key/"
	viewKey  = "GET /core/tokens/ci/view_key/"
	rotation = "POST /core/tokens/ci/rotate_secret/"
)

// The objects of the stub, as the reference of the API draws them.
const (
	rootMe   = `{"user":{"pk":1,"username":"akadmin","name":"Root","is_active":true,"is_superuser":true,"type":"internal"}}`
	saraMe   = `{"user":{"pk":7,"username":"sara","name":"Sara","is_active":true,"is_superuser":false,"type":"internal"}}`
	sara     = `{"pk":7,"username":"sara","name":"Sara","is_active":true,"is_superuser":false,"type":"internal","email":"s@x.org","last_login":null,"date_joined":"2026-01-04T10:00:00Z"}`
	later    = "2099-11-01T12:30:00.123456Z"
	apiBody  = `{"pk":"0d4f","managed":null,"identifier":"ci","intent":"api","user":7,"user_obj":` + sara + `,"description":"deploy","expires":"` + later + `","expiring":true}`
	passBody = `{"pk":"0d50","managed":null,"identifier":"ldap","intent":"app_password","user":7,"user_obj":` + sara + `,"description":"d","expires":"` + later + `","expiring":true}`
	rootBody = `{"pk":"0d51","managed":null,"identifier":"root-api","intent":"api","user":1,"user_obj":{"pk":1,"username":"akadmin"},"description":"","expires":null,"expiring":false}`
	keyBody  = `{"key":"` + canary + `"}`
	denied   = `{"detail":"You do not have permission to perform this action."}`
	gone     = `{"detail":"No Token matches the given query."}`
	invalid  = `{"detail":"Token invalid/expired"}`
)

// asked is one request that the stub got.
type asked struct{ Route, Query, Body, Auth string }

// answer is what a route says; the body that came is given to it.
type answer func(body string) (status int, said string)

func say(status int, said string) answer { return func(string) (int, string) { return status, said } }

// stub is an authentik of a few routes, "METHOD /path" under /api/v3. What it does not
// have is an HTML page with 404 to a GET, and to a write what a crash is, as there. It
// remembers the keys that are set and the tokens that are deleted.
type stub struct {
	*httptest.Server
	mu     sync.Mutex
	seen   []asked
	routes map[string]answer
	whole  map[string]http.HandlerFunc // answers that are more than JSON
	ended  map[string]bool             // keys that open nothing any more
}

func serve(t *testing.T, routes map[string]answer) *stub {
	t.Helper()
	s := &stub{routes: routes, whole: map[string]http.HandlerFunc{}, ended: map[string]bool{}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *stub) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	route := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/api/v3")
	s.mu.Lock()
	s.seen = append(s.seen, asked{route, r.URL.RawQuery, string(body), r.Header.Get("Authorization")})
	answers, known := s.routes[route]
	whole, ended := s.whole[route], s.ended[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
	s.mu.Unlock()
	switch {
	case ended:
		answers = say(http.StatusForbidden, invalid)
	case whole != nil:
		whole(w, r)
		return
	case !known && r.Method == http.MethodGet && tokenRoute().MatchString(route):
		answers = say(http.StatusNotFound, gone)
	case !known && r.Method == http.MethodGet:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusNotFound)
		return
	case !known:
		crash(w, r)
		return
	}
	status, said := answers(string(body))
	if status == 0 {
		panic(http.ErrAbortHandler) // the answer is lost
	}
	if status < 300 {
		s.keeps(route, string(body))
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Retry-After", "1")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, said)
}

// tokenRoute is what authentik has of any token, and answers with JSON where there is
// none.
func tokenRoute() *regexp.Regexp {
	return regexp.MustCompile(`^GET /core/tokens/[-\w]+/((view_key|used_by)/)?$`)
}

// sent are the routes that were asked for, in order.
func (s *stub) sent() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var routes []string
	for _, a := range s.seen {
		routes = append(routes, a.Route)
	}
	return routes
}

// writes are those that change something.
func (s *stub) writes() []asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	var writes []asked
	for _, a := range s.seen {
		if !strings.HasPrefix(a.Route, http.MethodGet) {
			writes = append(writes, a)
		}
	}
	return writes
}

// last is the last request.
func (s *stub) last() asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[len(s.seen)-1]
}

// answers puts another answer on a route.
func (s *stub) answers(route string, a answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.routes[route] = a
}

func (s *stub) api(t *testing.T) model.API { t.Helper(); return at(t, s.URL, nil) }

func at(t *testing.T, address string, network http.RoundTripper) model.API {
	t.Helper()
	p, err := config.NewProfile(client.Kinds(), "sso", "authentik", address, config.Given(model.NewSecret("signs-in")))
	if err != nil {
		t.Fatal(err)
	}
	api, err := client.Open(t.Context(), p, client.Env{
		Getenv: func(string) string { return "" }, RecheckDelay: time.Millisecond, Version: "1", Log: slog.New(slog.DiscardHandler), Network: network,
	})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// superuser is a stub with one token of sara's and one of the superuser's who signs in.
func superuser() map[string]answer {
	return map[string]answer{
		"GET /core/users/me/":                 say(200, rootMe),
		"GET /core/tokens/ci/":                say(200, apiBody),
		"GET /core/tokens/ci/view_key/":       say(200, keyBody),
		"GET /core/tokens/ci/used_by/":        say(200, `[]`),
		"GET /core/tokens/ldap/":              say(200, passBody),
		"GET /core/tokens/root-api/":          say(200, rootBody),
		"POST /core/tokens/ci/set_key/":       say(204, ""),
		"POST /core/tokens/root-api/set_key/": say(204, ""),
		"GET /core/tokens/root-api/used_by/":  say(200, `[]`),
		"GET /core/tokens/":                   say(200, listOf(apiBody, passBody, rootBody)),
		"DELETE /core/tokens/ci/":             say(204, ""),
		"DELETE /core/tokens/root-api/":       say(204, ""),
		"GET /admin/settings/":                say(200, `{"default_token_duration":"minutes=30","default_token_length":64}`),
		"GET /admin/version/":                 say(200, `{"version_current":"2026.5.6","version_latest":"2026.5.6","outdated":false}`),
	}
}

func with(routes map[string]answer, more map[string]answer) map[string]answer {
	maps.Copy(routes, more)
	return routes
}

func listOf(rows ...string) string {
	return `{"pagination":{"next":0,"previous":0,"count":` + string(rune('0'+len(rows))) + `,"current":1},"results":[` + strings.Join(rows, ",") + `],"autocomplete":{}}`
}

// token is the row of the list that is called so.
func token(t *testing.T, api model.API, id string) model.Token {
	t.Helper()
	page, err := api.Tokens(t.Context(), model.Query{Size: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range page.Items {
		if row.ID == id {
			return row
		}
	}
	t.Fatalf("there is no token %s", id)
	return model.Token{}
}

func do(t *testing.T, api model.API, action model.Action, row model.Token) (model.Issued, error) {
	t.Helper()
	return api.Do(t.Context(), model.Order{Action: action, Token: row, Draft: model.Draft{Owner: row.Owner}})
}

func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// fails wants an error of a kind, with a sentence that holds some words.
func fails(t *testing.T, err error, kind model.Kind, words ...string) *model.Error {
	t.Helper()
	e, ok := errors.AsType[*model.Error](err)
	if !ok || e.Kind != kind || e.Message.Empty() {
		t.Fatalf("got %v, want %s and a sentence", err, kind)
	}
	for _, word := range words {
		if !strings.Contains(e.Message.String(), word) {
			t.Errorf("the error %q does not say %q", e.Message, word)
		}
	}
	if strings.Contains(err.Error(), canary) {
		t.Errorf("the error shows a key: %v", err)
	}
	return e
}

func tells(t *testing.T, sentences []string, words string) {
	t.Helper()
	if !strings.Contains(strings.Join(sentences, "\n"), words) {
		t.Errorf("%q does not say %q", sentences, words)
	}
}
