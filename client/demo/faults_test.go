package demo_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

// The paths of hamgam, by which the demo is looked at.
const tokensPath, usersPath, mePath = "/api/users/auth_tokens/", "/api/users/", "/api/users/me/"

// statuses are the answers to so many requests.
func statuses(t *testing.T, s *demo.Server, n int) []int {
	t.Helper()
	var got []int
	for range n {
		got = append(got, demotest.Ask(t, s, "GET", mePath, "").Status)
	}
	return got
}

func TestEveryFaultCanBeSeenFromOutside(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for spec, c := range map[string]struct {
		status int
		header string // a header and its value
		body   string // what it begins with
	}{
		"me:401":       {401, "Www-Authenticate: Token", `{"detail":"Invalid token."}`},
		"me:403":       {403, "Content-Type: application/json", `{"detail":"You do not`},
		"me:404":       {404, "Content-Type: application/json", `{"detail":"Not found."}`},
		"me:429":       {429, "Retry-After: 5", `{"detail":"Request was throttled. Expected available in 5 seconds."}`},
		"me:429=30":    {429, "Retry-After: 30", `{"detail":"Request was throttled. Expected available in 30`},
		"me:500":       {500, "Content-Type: text/html; charset=utf-8", "<!doctype html>"},
		"me:502":       {502, "Content-Type: text/html; charset=utf-8", "<!doctype html>"},
		"me:503":       {503, "Content-Type: text/html; charset=utf-8", "<!doctype html>"},
		"me:html":      {200, "Content-Type: text/html; charset=utf-8", "<!doctype html>"},
		"me:wrongtype": {200, "Content-Type: text/html; charset=utf-8", `{"id":1`},
		"me:empty":     {200, "Content-Length: 0", ""},
		"me:redirect":  {302, "Location: http://elsewhere.invalid" + mePath + "?a=1", ""},
		"any:403":      {403, "Content-Type: application/json", ""},
		"me:slow=1ms":  {200, "Content-Type: application/json", `{"id":1`},
		"tokens:500":   {200, "Content-Type: application/json", `{"id":1`},
		"":             {200, "Content-Type: application/json", `{"id":1`},
	} {
		if err := s.Break(spec); err != nil {
			t.Fatal(err)
		}
		a := demotest.Ask(t, s, "GET", mePath+"?a=1", "")
		name, value, _ := strings.Cut(c.header, ": ")
		if a.Status != c.status || a.Header.Get(name) != value || !strings.HasPrefix(a.Body, c.body) {
			t.Errorf("%q: %d %v %.60s", spec, a.Status, a.Header, a.Body)
		}
		if spec == "me:empty" && a.Body != "" {
			t.Errorf("empty is %q", a.Body)
		}
	}
}

func TestCutJSONIsHalfOfIt(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	whole := demotest.Ask(t, s, "GET", mePath, "").Body
	if err := s.Break("me:cut"); err != nil {
		t.Fatal(err)
	}
	half := demotest.Ask(t, s, "GET", mePath, "")
	if half.Status != 200 || half.Body != whole[:len(whole)/2] || json.Valid([]byte(half.Body)) {
		t.Errorf("%d %q", half.Status, half.Body)
	}
}

func TestALostAnswerIsADoneDeed(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "create:lost:once,regenerate:lost,delete:lost"})
	auth := "Token " + s.Systems()[0].Token
	free := demotest.Ask(t, s, "GET", usersPath+"?has_token=false&is_active=true&limit=1", "").Rows(t)[0]
	body, _ := json.Marshal(map[string]any{"user": free["id"]})
	if a, err := demotest.Send(t.Context(), s, "POST", tokensPath, auth, string(body)); err == nil {
		t.Fatalf("create was answered: %d", a.Status)
	}
	made := demotest.Ask(t, s, "GET", tokensPath+"?ordering=-id&limit=1", "").Rows(t)[0]
	if owner(made)["id"] != free["id"] || s.Served("create") != 1 {
		t.Fatalf("newest is %v, create was sent %d times", made, s.Served("create"))
	}
	path := tokensPath + string(demotest.MustJSON(made["id"])) + "/"
	if _, err := demotest.Send(t.Context(), s, "POST", path+"regenerate/", auth, ""); err == nil {
		t.Fatal("regenerate was answered")
	}
	if now := demotest.Ask(t, s, "GET", path, "").Object(t); now["key"] == made["key"] {
		t.Error("regenerate was not done")
	}
	if _, err := demotest.Send(t.Context(), s, "DELETE", path, auth, ""); err == nil {
		t.Fatal("delete was answered")
	}
	if a := demotest.Ask(t, s, "GET", path, ""); a.Status != 404 {
		t.Error("delete was not done")
	}
	want := []int{0, 200, 0, 200, 0, 404}
	var got []int
	for _, r := range s.Requests()[1:] {
		got = append(got, r.Status)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the journal says %v, want %v", got, want)
	}
}

func TestOtherFaultsOfAWriteLeaveItUndone(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, fault := range []string{"401", "403", "404", "429", "500", "502", "503", "html", "redirect"} {
		if err := s.Break("delete:" + fault); err != nil {
			t.Fatal(err)
		}
		demotest.Ask(t, s, "DELETE", tokensPath+"1001/", "")
	}
	if a := demotest.Ask(t, s, "GET", tokensPath+"1001/", ""); a.Status != 200 {
		t.Errorf("the token: %d", a.Status)
	}
}

// leave makes a request and gives up as soon as the server has it.
func leave(t *testing.T, s *demo.Server, method, path, body string) error {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func(before int) {
		arrives(s, before)
		cancel()
	}(s.Served("any"))
	_, err := demotest.Send(ctx, s, method, path, "Token "+s.Systems()[0].Token, body)
	return err
}

// arrives waits for one more request than there were. That a client has written one says less:
// net/http says so before the bytes leave.
func arrives(s *demo.Server, before int) {
	for s.Served("any") == before {
		runtime.Gosched()
	}
}

func TestASilentServerLetsGoOfAClientThatLeaves(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "any:silent"})
	for _, c := range [][3]string{{"GET", mePath, ""}, {"POST", tokensPath, `{"user":2}`}} {
		if err := leave(t, s, c[0], c[1], c[2]); err == nil {
			t.Errorf("%s was answered", c[0])
		}
	}
	if err := s.Finish(t.Context()); err != nil { // returns when no request is left
		t.Error(err)
	}
}

func TestCloseEndsWhatNeverEnds(t *testing.T) {
	for _, spec := range []string{"me:silent", "me:endless", "me:slow=24h"} {
		t.Run(spec, func(t *testing.T) {
			s := demotest.Start(t, demo.Options{Faults: spec})
			req, _ := http.NewRequestWithContext(t.Context(), "GET", s.Systems()[0].URL+mePath, nil)
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				res, err := demotest.Plain().Do(req)
				if err == nil {
					defer res.Body.Close()
					_, _ = io.Copy(io.Discard, res.Body)
				}
			}()
			arrives(s, 0)
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			<-ended
		})
	}
}

func TestAnEndlessAnswerOutlastsAnyReader(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "tokens:endless"})
	req, _ := http.NewRequestWithContext(t.Context(), "GET", s.Systems()[0].URL+tokensPath, nil)
	res, err := demotest.Plain().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	const plenty = 8 << 20
	n, err := io.CopyN(io.Discard, res.Body, plenty)
	if n != plenty || err != nil || res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%d bytes, %v, %d %v", n, err, res.StatusCode, res.Header)
	}
	_ = res.Body.Close() // the client has had enough, and the server must notice
	if err := s.Finish(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCloseDoesNotWaitForAClientThatDoesNotRead(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "tokens:endless"})
	req, _ := http.NewRequestWithContext(t.Context(), "GET", s.Systems()[0].URL+tokensPath, nil)
	res, err := demotest.Plain().Do(req) // the headers are here; the body fills the pipe
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestHowOftenAFaultStrikes(t *testing.T) {
	for spec, want := range map[string][]int{
		"me:500":                     {500, 500, 500, 500, 500, 500},
		"me:500:always":              {500, 500, 500, 500, 500, 500},
		"me:500:once":                {500, 200, 200, 200, 200, 200},
		"me:500:first=3":             {500, 500, 500, 200, 200, 200},
		"me:500:1/3":                 {200, 200, 500, 200, 200, 500},
		"me:500:1/1":                 {500, 500, 500, 500, 500, 500},
		"me:401:once,me:503:first=2": {401, 503, 503, 200, 200, 200},
		"any:502:1/2,me:500:once":    {500, 502, 200, 502, 200, 502},
	} {
		s := demotest.Start(t, demo.Options{Faults: spec})
		if got := statuses(t, s, 6); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", spec, got, want)
		}
	}
}

func TestBreakReplacesWhatWasBroken(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "me:500"})
	for _, c := range []struct {
		spec string
		want int
	}{{"me:403", 403}, {"users:500", 200}, {"", 200}} {
		if err := s.Break(c.spec); err != nil {
			t.Fatal(err)
		}
		if got := statuses(t, s, 1); got[0] != c.want {
			t.Errorf("%q: %d, want %d", c.spec, got[0], c.want)
		}
	}
	if err := s.Break("me:500"); err != nil {
		t.Fatal(err)
	}
	if err := s.Break("me:fire"); err == nil || statuses(t, s, 1)[0] != 500 {
		t.Errorf("a spec that cannot be read changes what is broken: %v", err)
	}
}

func TestEveryEndpointOfHamgamCanBeBroken(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "any:503"})
	for endpoint, c := range map[string][2]string{
		"me": {"GET", mePath}, "tokens": {"GET", tokensPath}, "token": {"GET", tokensPath + "1001/"},
		"create": {"POST", tokensPath}, "regenerate": {"POST", tokensPath + "1001/regenerate/"},
		"delete": {"DELETE", tokensPath + "1001/"}, "users": {"GET", usersPath}, "user": {"GET", usersPath + "1/"},
		"signin": {"POST", "/api/users/auth/pwd/signin/"},
	} {
		if err := s.Break(endpoint + ":503"); err != nil {
			t.Fatal(err)
		}
		if a := demotest.Ask(t, s, c[0], c[1], ""); a.Status != 503 || s.Served(endpoint) != 1 {
			t.Errorf("%s: %d, served %d", endpoint, a.Status, s.Served(endpoint))
		}
	}
}
