package waldur_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
)

const (
	sessionKey  = "canary0000000000000000000000000000000001"
	personalKey = "w_1787120000_canary-personal"

	staff = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	mari  = "6f0c2b7e5d0d4b0f9a1c3e5d7f900112"
	pat   = "b1d2b1d2b1d2b1d2b1d2b1d2b1d2b1d2"
	later = "2099-01-01T00:00:00+00:00"

	meJSON = `{"uuid":"` + staff + `","username":"admin","full_name":"Ada Min","email":"","is_active":true,"is_staff":true,` +
		`"is_support":false,"has_active_session":true,"token_expires_at":null,"can_use_personal_access_tokens":true,"token":"canary-own"}`
	mariRow = `{"url":"https://w.invalid/api/auth-tokens/17/","created":"2026-08-20T09:14:03.512906+00:00",` +
		`"user":"https://w.invalid/api/users/` + mari + `/","user_first_name":"Mari","user_last_name":"Tamm",` +
		`"user_username":"mari","user_is_active":true,"user_token_lifetime":3600}`
	ownRow = `{"url":"https://w.invalid/api/auth-tokens/4/","created":"2026-08-20T09:12:44+00:00",` +
		`"user":"https://w.invalid/api/users/` + staff + `/","user_first_name":"","user_last_name":"",` +
		`"user_username":"admin","user_is_active":true,"user_token_lifetime":null}`
	patRow = `{"uuid":"` + pat + `","name":"ci","token_prefix":"w_407090","scopes":["STAFF.ACCESS","PROJECT.LIST"],` +
		`"expires_at":"` + later + `","is_active":true,"last_used_at":null,"last_used_ip":null,"use_count":0,"created":"2026-02-20T10:00:00Z"}`

	// djangos404 is the page of Waldur 7.0.7 for an address that it does not know.
	djangos404 = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n" +
		"  <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>\n"

	configuration = "GET /api/configuration/"

	me        = "GET /api/users/me/"
	sessions  = "GET /api/auth-tokens/"
	personals = "GET /api/personal-access-tokens/"
	mariToken = "GET /api/auth-tokens/17/"
	ownToken  = "GET /api/auth-tokens/4/"
	patToken  = "GET /api/personal-access-tokens/" + pat + "/"
	endMari   = "DELETE /api/auth-tokens/17/"
	missing   = `{"detail":"No Token matches the given query."}`
	refresh   = "POST /api/users/" + mari + "/refresh_token/"
)

// said is one answer of the server.
type said struct {
	status int
	body   string
	header http.Header
}

// fake is a Waldur with fixed answers, which remembers what it was sent. What it
// does not know is Django's page for a missing route.
type fake struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]said   // by method and path, and with "?page=2" for that page alone
	then    map[string]func() // what a request changes after a success
	seen    []sent

	answered func(line string) // called for every request, while nobody else is
}

type sent struct{ line, query, key, body string }

// waldurOf is a server for a member of staff with two sessions and one personal
// access token.
func waldurOf(t *testing.T) *fake {
	t.Helper()
	f := &fake{answers: map[string]said{}, then: map[string]func(){}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	f.says(me, 200, meJSON)
	f.lists(sessions, mariRow, ownRow)
	f.lists(personals, patRow)
	f.says(mariToken, 200, mariRow)
	f.says(ownToken, 200, ownRow)
	f.says(patToken, 200, patRow)
	f.says(configuration, 200, `{"WALDUR_CORE":{"PAT_ENABLED":true}}`)
	f.takesEffect()
	return f
}

// takesEffect makes what is read agree with what was done.
func (f *fake) takesEffect() {
	f.after(endMari, mariToken, 404, missing)
	f.after("DELETE /api/auth-tokens/4/", ownToken, 404, missing)
	f.after(revoke, patToken, 200, strings.Replace(patRow, "true", "false", 1))
	f.after(rotate, patToken, 200, strings.Replace(patRow, "true", "false", 1))
	f.after(refresh, mariToken, 200, strings.Replace(mariRow, "2026-08-20T09:14:03.512906", "2026-08-20T10:00:00", 1))
	f.after("POST /api/users/"+staff+"/refresh_token/", ownToken, 200, strings.Replace(ownRow, "09:12:44", "10:00:00", 1))
}

// after changes an answer once a request was served with success.
func (f *fake) after(line, other string, status int, body string) {
	f.then[line] = func() { f.answers[other] = said{status: status, body: body} }
}

// older makes it one that came before the personal access tokens.
func (f *fake) older() {
	f.says(personals, 404, "")
	f.says(configuration, 200, `{"WALDUR_CORE":{"SITE_NAME":"cloud"}}`)
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	line := r.Method + " " + r.URL.Path
	f.mu.Lock()
	f.seen = append(f.seen, sent{line, r.URL.RawQuery, r.Header.Get("Authorization"), string(body)})
	answer, known := f.answers[line+"?page="+r.URL.Query().Get("page")]
	if !known {
		answer, known = f.answers[line]
	}
	if change := f.then[line]; change != nil && known && (answer.status < 300 || r.Method == http.MethodGet) {
		change()
	}
	if f.answered != nil {
		f.answered(line)
	}
	f.mu.Unlock()
	if !known {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, djangos404)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Retry-After", "1") // or a failed read is tried again
	maps.Copy(w.Header(), answer.header)
	w.WriteHeader(answer.status)
	_, _ = io.WriteString(w, answer.body)
}

func (f *fake) says(line string, status int, body string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[line] = said{status: status, body: body}
}

// shows answers with a page of HTML, as Django does for an address that it does not
// know, and whatever stands before it.
func (f *fake) shows(line string, status int, body string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[line] = said{status, body, http.Header{"Content-Type": {"text/html; charset=utf-8"}}}
}

// lists answers with a whole list on one page.
func (f *fake) lists(line string, rows ...string) { f.sheet(line, len(rows), false, rows...) }

func (f *fake) sheet(line string, total int, more bool, rows ...string) {
	link := `<https://w.invalid/?page=1>; rel="first", <https://w.invalid/?page=9>; rel="last"`
	if more {
		link += `, <https://w.invalid/?page=2>; rel="next"`
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[line] = said{200, "[" + strings.Join(rows, ",") + "]", http.Header{
		"X-Result-Count": {strconv.Itoa(total)}, "Link": {link},
	}}
}

// lines are the requests so far, as method and path.
func (f *fake) lines() (lines []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.seen {
		lines = append(lines, s.line)
	}
	return lines
}

// writes are those that change something.
func (f *fake) writes() (found []sent) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.seen {
		if !strings.HasPrefix(s.line, "GET ") {
			found = append(found, s)
		}
	}
	return found
}

func (f *fake) last(t *testing.T, line string) sent {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range slices.Backward(f.seen) {
		if s.line == line {
			return s
		}
	}
	t.Fatalf("%s was not asked for", line)
	return sent{}
}

// open enters the server with a key.
func (f *fake) open(t *testing.T, key string) model.API {
	t.Helper()
	return opened(t, f.profile(t, key), nil)
}

// byPassword enters it with a user name and a password.
func (f *fake) byPassword(t *testing.T) model.API {
	t.Helper()
	p, err := f.profile(t, "canary-password").SignInWith("admin")
	if err != nil {
		t.Fatal(err)
	}
	return opened(t, p, nil)
}

func (f *fake) profile(t *testing.T, key string) config.Profile {
	t.Helper()
	p, err := config.NewProfile(client.Kinds(), "cloud", "waldur", f.URL, config.Given(model.NewSecret(key)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func opened(t *testing.T, p config.Profile, network http.RoundTripper) model.API {
	t.Helper()
	api, err := client.Open(t.Context(), p, client.Env{
		Getenv: func(string) string { return "" }, RecheckDelay: time.Millisecond, Log: slog.New(slog.DiscardHandler), Version: "1", Network: network,
	})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// tokens is the whole list.
func tokens(t *testing.T, api model.API, q model.Query) model.Page[model.Token] {
	t.Helper()
	if q.Size == 0 {
		q.Size = 100
	}
	page, err := api.Tokens(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// tokenOf is one token of the list.
func tokenOf(t *testing.T, api model.API, id string) model.Token {
	t.Helper()
	page := tokens(t, api, model.Query{})
	for _, token := range page.Items {
		if token.ID == id {
			return token
		}
	}
	t.Fatalf("%s is not in the list of %d", id, len(page.Items))
	return model.Token{}
}

// failsAs wants an error of a kind that says something and shows no key.
func failsAs(t *testing.T, err error, want model.Kind, words string) {
	t.Helper()
	if err == nil || model.KindOf(err) != want || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want %s with %q", err, want, words)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if printed := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(printed, "canary") {
			t.Errorf("the error shows a key: %s", printed)
		}
	}
}
