package saymon_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

const pultUsers = "/node/api/users"

// pult is the mirror as a test sees it.
type pult struct {
	*demo.Server
	demo.System
}

func startPult(tb testing.TB, o demo.Options) pult {
	tb.Helper()
	s := demotest.Start(tb, o)
	return pult{s, demotest.SystemOf(s, "saymon")}
}

// send makes one request with any headers, given as "Name: value"; "" is none.
func (p pult) send(ctx context.Context, method, path, body string, headers ...string) (pultAnswer, error) {
	req, err := http.NewRequestWithContext(ctx, method, p.URL+path, strings.NewReader(body))
	if err != nil {
		return pultAnswer{}, err
	}
	for _, h := range headers {
		if name, value, given := strings.Cut(h, ": "); given {
			req.Header.Add(name, value)
		}
	}
	a, err := demotest.Do(req)
	return pultAnswer{a}, err
}

func (p pult) ask(tb testing.TB, method, path, body string, headers ...string) pultAnswer {
	tb.Helper()
	a, err := p.send(tb.Context(), method, path, body, headers...)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func basicOf(login, password string) string {
	return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(login+":"+password))
}

// pultAnswer is an answer of this system.
type pultAnswer struct{ demotest.Answer }

// oid is an id as the system writes them; what begins alike is of one sort.
func oid(sort string, number int) string { return fmt.Sprintf("%s%021x", sort, number) }

func (p pult) asAdmin() string { return basicOf(p.Username, p.Password) }
func (p pult) asWeak() string  { return basicOf(p.WeakUsername, p.WeakPassword) }

// list is the list of users as somebody sees it, by id.
func (p pult) list(tb testing.TB, as string) map[string]map[string]any {
	tb.Helper()
	a := p.ask(tb, "GET", pultUsers, "", as)
	var rows []map[string]any
	if err := json.Unmarshal([]byte(a.Body), &rows); err != nil || a.Status != 200 {
		tb.Fatalf("%d %.80q: %v", a.Status, a.Body, err)
	}
	byID := map[string]map[string]any{}
	for _, row := range rows {
		byID[row["id"].(string)] = row
	}
	if len(byID) != len(rows) {
		tb.Fatalf("%d rows, %d ids", len(rows), len(byID))
	}
	return byID
}

// mustFind is the id of the first user, by id, who fits.
func mustFind(tb testing.TB, users map[string]map[string]any, fits func(u map[string]any) bool) string {
	tb.Helper()
	for _, id := range slices.Sorted(maps.Keys(users)) {
		if fits(users[id]) {
			return id
		}
	}
	tb.Fatal("there is no such user")
	return ""
}

func called(login string) func(map[string]any) bool {
	return func(u map[string]any) bool { return u["login"] == login }
}

func neverHeld(u map[string]any) bool {
	_, given := u["authenticationToken"]
	return !given && u["status"] == 2.0
}

func cleared(u map[string]any) bool {
	held, given := u["authenticationToken"]
	return given && held == nil && u["status"] == 2.0
}

func tokenPath(id string) string { return pultUsers + "/" + id + "/auth-token" }

// wants checks an error's status, code and message; a 401 is read twice.
func (a pultAnswer) wants(tb testing.TB, what string, status int, code, message string) {
	tb.Helper()
	if a.Status != status || a.Header.Get("Content-Type") != "application/json" {
		tb.Errorf("%s: %d %s", what, a.Status, a.Body)
		return
	}
	got := a.Object(tb)
	if status == 401 {
		want := fmt.Sprintf(`{"errorCode":3,"message":%q}`, message)
		if message = want; demotest.Names(got) != "code message" {
			tb.Errorf("%s: %s", what, a.Body)
		}
	}
	if got["code"] != code || !strings.HasPrefix(got["message"].(string), message) {
		tb.Errorf("%s: %s", what, a.Body)
	}
}
