package awx_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
)

const (
	secret = "canary-0123456789"
	base   = "/api/v2/"
)

// sent is a request as it arrived.
type sent struct {
	method, path, body, signed string
	query                      map[string][]string
}

func (s sent) String() string { return s.method + " " + s.path }

// answer is one of a server.
type answer struct {
	status int
	body   string
	header map[string]string
}

func ok(body string) answer { return answer{status: http.StatusOK, body: body} }

// stage is a server that answers from a list, by method and path; the last answer
// of a path is given again and again.
type stage struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string][]answer
	seen    []sent
	deleted map[string]bool // by path; what was answered with 204 is not there any more
	keeps   bool            // it is there all the same
	silent  string          // a method and a path that are not answered, where there is no network
}

func start(t *testing.T, answers map[string][]answer) *stage {
	t.Helper()
	s := &stage{answers: answers, deleted: map[string]bool{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	at := r.Method + " " + r.URL.Path
	s.seen = append(s.seen, sent{r.Method, r.URL.Path, string(body), r.Header.Get("Authorization"), r.URL.Query()})
	todo := s.answers[at]
	if s.deleted[r.URL.Path] && !s.keeps {
		todo = []answer{{status: http.StatusNotFound, body: noSuchToken}}
	}
	if len(todo) == 0 {
		todo = []answer{{status: http.StatusNotFound, body: `{"detail":"The requested resource could not be found."}`}}
	}
	if len(todo) > 1 {
		s.answers[at] = todo[1:]
	}
	for name, value := range todo[0].header {
		w.Header().Set(name, value)
	}
	if r.Method == http.MethodDelete && todo[0].status == http.StatusNoContent {
		s.deleted[r.URL.Path] = true
	}
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(todo[0].status)
	_, _ = io.WriteString(w, todo[0].body)
}

// requests are those that arrived, but for the question who asks.
func (s *stage) requests() []sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var seen []sent
	for _, r := range s.seen {
		if !strings.HasSuffix(r.path, "/me/") {
			seen = append(seen, r)
		}
	}
	return seen
}

// last is the request that arrived last.
func (s *stage) last(t *testing.T) sent {
	t.Helper()
	seen := s.requests()
	if len(seen) == 0 {
		t.Fatal("nothing was sent")
	}
	return seen[len(seen)-1]
}

// lastWrite is the one that changed something, or was meant to.
func (s *stage) lastWrite(t *testing.T) sent {
	t.Helper()
	for _, r := range slices.Backward(s.requests()) {
		if r.method != http.MethodGet {
			return r
		}
	}
	t.Fatal("nothing was written")
	return sent{}
}

// writes are those that change something, in their order.
func (s *stage) writes() string {
	var found []string
	for _, r := range s.requests() {
		if r.method != http.MethodGet {
			found = append(found, r.String())
		}
	}
	return strings.Join(found, ", ")
}

// byToken opens the server with a token.
func (s *stage) byToken(t *testing.T, generation string) model.API {
	t.Helper()
	return s.open(t, generation, "")
}

// byPassword opens it with a user name and a password.
func (s *stage) byPassword(t *testing.T, generation string) model.API {
	t.Helper()
	return s.open(t, generation, "root")
}

func (s *stage) open(t *testing.T, generation, username string) model.API {
	t.Helper()
	p, err := config.NewProfile(client.Kinds(), "lab", "awx", s.URL, config.Given(model.NewSecret(secret)))
	if err == nil && username != "" {
		p, err = p.SignInWith(username)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.Generation = generation
	api, err := client.Open(t.Context(), p, client.Env{Log: slog.New(slog.DiscardHandler), RecheckDelay: time.Millisecond, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// listOf is the frame of a page.
func listOf(items ...string) string {
	return `{"count":` + string(rune('0'+len(items))) + `,"next":null,"previous":null,"results":[` + strings.Join(items, ",") + `]}`
}

const (
	rootUser    = `{"id":1,"type":"user","username":"root","first_name":"Ruth","last_name":"Roe","email":"root@lab.invalid","is_superuser":true,"is_system_auditor":false,"external_account":null,"created":"2024-01-02T03:04:05.000006Z","last_login":"2026-01-02T03:04:05.123456Z"}`
	token42     = `{"id":42,"type":"o_auth2_access_token","summary_fields":{"user":{"id":1,"username":"root","first_name":"Ruth","last_name":"Roe"}},"created":"2024-07-02T09:15:00.000101Z","modified":"2024-07-02T09:15:00.000202Z","description":"night watch","user":1,"token":"************","refresh_token":null,"application":null,"expires":"3023-11-04T09:15:00.000050Z","scope":"read"}`
	noSuchToken = `{"detail":"No OAuth2AccessToken matches the given query."}` // AWX 24.6.2

	gone = `{"detail":"Authentication credentials were not provided. To establish a login session, visit /api/login/."}`
)

func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// failsAs wants an error of a kind that says some words and tells no secret.
func failsAs(t *testing.T, err error, want model.Kind, words string) {
	t.Helper()
	switch {
	case err == nil || model.KindOf(err) != want:
		t.Errorf("got %v, want %s", err, want)
	case !strings.Contains(err.Error(), words):
		t.Errorf("the error is %q and does not say %q", err, words)
	case strings.Contains(err.Error(), secret):
		t.Errorf("the error tells a secret: %v", err)
	}
}

// says reports whether one of some sentences holds the words.
func says(sentences []string, words string) bool {
	return strings.Contains(strings.Join(sentences, "\n"), words)
}
