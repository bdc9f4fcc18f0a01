package hamgam_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
)

// canary begins every secret here.
const canary = "canary"

const (
	ownKey  = canary + "-own"
	saraKey = canary + "-sara"
	newKey  = canary + "-new"

	sara   = `{"id":31,"key":"` + saraKey + `","user_data":{"id":12,"username":"sara"},"created_at":"2025-12-01T08:00:00Z","updated_at":"2025-12-01T08:00:00Z"}`
	fresh  = `{"id":31,"key":"` + newKey + `","user_data":{"id":12,"username":"sara"},"created_at":"2025-12-01T08:00:00Z","updated_at":"2025-12-02T09:00:00Z"}`
	own    = `{"id":4,"key":"` + ownKey + `","user_data":{"id":1,"username":"admin"},"created_at":"2025-12-01T08:00:00Z","updated_at":"2025-12-01T08:00:00Z"}`
	gone   = `{"detail":"Not found."}`
	refuse = `{"user":["This user already has a token."]}`

	list       = "GET /api/users/auth_tokens/"
	read       = "GET /api/users/auth_tokens/31/"
	readOwn    = "GET /api/users/auth_tokens/4/"
	create     = "POST /api/users/auth_tokens/"
	regenerate = "POST /api/users/auth_tokens/31/regenerate/"
	remove     = "DELETE /api/users/auth_tokens/31/"
	removeOwn  = "DELETE /api/users/auth_tokens/4/"
)

// said is one answer of the server.
type said struct {
	status int
	body   string // HTML where it begins like it
}

// fake is a Hamgam with fixed answers.
type fake struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]said
	then    map[string]func() // what a request changes, whatever it is answered
	sent    []string
}

// hamgamOf is a server with a token of sara and one of the administrator.
func hamgamOf(t *testing.T) *fake {
	t.Helper()
	f := &fake{then: map[string]func(){}, answers: map[string]said{
		list: page(sara, own), read: {200, sara}, readOwn: {200, own},
	}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func page(rows ...string) said {
	return said{200, fmt.Sprintf(`{"count":%d,"next":null,"previous":null,"results":[%s]}`, len(rows), strings.Join(rows, ","))}
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	line := r.Method + " " + r.URL.Path
	f.mu.Lock()
	f.sent = append(f.sent, line)
	answer, known := f.answers[line]
	if change := f.then[line]; change != nil {
		change()
	}
	f.mu.Unlock()
	if !known {
		answer = said{404, gone}
	}
	w.Header().Set("Content-Type", "application/json")
	if strings.HasPrefix(answer.body, "<") {
		w.Header().Set("Content-Type", "text/html")
	}
	w.Header().Set("Retry-After", "1") // or a failed read is tried again
	w.WriteHeader(answer.status)
	_, _ = io.WriteString(w, answer.body)
}

// does answers a write, and changes with it what is read afterwards.
func (f *fake) does(line string, status int, body, other string, after said) {
	f.answers[line] = said{status, body}
	f.then[line] = func() { f.answers[other] = after }
}

func (f *fake) writes() (found []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, line := range f.sent {
		if !strings.HasPrefix(line, "GET ") {
			found = append(found, line)
		}
	}
	return found
}

func (f *fake) open(t *testing.T) model.API {
	t.Helper()
	p, err := config.NewProfile(client.Kinds(), "shop", "hamgam", f.URL, config.Given(model.NewSecret(ownKey)))
	if err != nil {
		t.Fatal(err)
	}
	api, err := client.Open(t.Context(), p, client.Env{
		Getenv: func(string) string { return "" }, RecheckDelay: time.Millisecond, Log: slog.New(slog.DiscardHandler), Version: "1",
	})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// tokenOf is one token of the list.
func tokenOf(t *testing.T, api model.API, id string) model.Token {
	t.Helper()
	found, err := api.Tokens(t.Context(), model.Query{Size: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range found.Items {
		if token.ID == id {
			return token
		}
	}
	t.Fatalf("token %s is not in the list", id)
	return model.Token{}
}

// orderOf is an order about a token, or for a token of somebody who has none.
func orderOf(t *testing.T, api model.API, a model.Action, id string) model.Order {
	t.Helper()
	if a == model.Create {
		return model.Order{Action: a, Draft: model.Draft{Owner: model.User{ID: "12", Username: model.Clean("sara"), HasToken: model.No}}}
	}
	return model.Order{Action: a, Token: tokenOf(t, api, id)}
}

// failsAs wants an error of a kind that says something and shows no key.
func failsAs(t *testing.T, err error, want model.Kind, words string) {
	t.Helper()
	if err == nil || model.KindOf(err) != want || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want %s with %q", err, want, words)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if printed := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(printed, canary) {
			t.Errorf("the error shows a key: %s", printed)
		}
	}
}
