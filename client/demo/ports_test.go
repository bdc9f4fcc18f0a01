package demo_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

// fetch asks an address with a system's own key.
func fetch(t *testing.T, address, authorization string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", authorization)
	response, err := demotest.Plain().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(body)
}

func TestEachSystemIsServedAtTheRootOfAPortOfItsOwn(t *testing.T) {
	t.Parallel()
	s := demotest.Start(t, demo.Options{Ports: true, Users: 12, Tokens: 8})
	seen := map[string]bool{}
	for _, y := range s.Systems() {
		path := map[string]string{
			"hamgam": "/api/users/me/", "authentik": "/api/v3/core/users/me/", "awx": "/api/v2/me/", "waldur": "/api/users/me/", "saymon": "/node/api/users/current", "sixth": "/me",
		}[y.Kind]
		scheme := map[string]string{"authentik": "Bearer ", "awx": "Bearer ", "sixth": "Bearer "}[y.Kind]
		if scheme == "" {
			scheme = "Token "
		}
		if y.RootURL == "" || seen[y.RootURL] || strings.Count(y.RootURL, "/") != 2 {
			t.Errorf("%s is at %q", y.Kind, y.RootURL)
		}
		seen[y.RootURL] = true
		atRoot, _, _ := fetch(t, y.RootURL+path, scheme+y.Token)
		below, _, _ := fetch(t, y.URL+path, scheme+y.Token)
		if atRoot != below || y.Kind != "saymon" && atRoot != http.StatusOK {
			t.Errorf("%s: %d at the root, %d below its path", y.Kind, atRoot, below)
		}
		if status, _, _ := fetch(t, y.RootURL+"/"+y.Kind+path, scheme+y.Token); status == http.StatusOK {
			t.Errorf("%s is below its path at its root, too", y.Kind)
		}
	}
	if n := s.Served("awx/me"); n != 2 {
		t.Errorf("the journal has %d of 2 requests", n)
	}
}

func TestLinksInAnswersLeadToThePortThatWasAsked(t *testing.T) {
	t.Parallel()
	s := demotest.Start(t, demo.Options{Ports: true})
	cloud := demotest.SystemOf(s, "waldur")
	_, header, body := fetch(t, cloud.RootURL+"/api/auth-tokens/?page_size=2", "Token "+cloud.Token)
	next := header.Get("Link")
	if !strings.Contains(next, "<"+cloud.RootURL+"/api/auth-tokens/?page=2") || strings.Contains(next+body, "backend.internal") {
		t.Errorf("%s\n%s", next, body)
	}
	row := body[strings.Index(body, `"url":"`)+7:]
	row, _, _ = strings.Cut(row, `"`)
	if status, _, _ := fetch(t, row, "Token "+cloud.Token); status != http.StatusOK {
		t.Errorf("%s: %d", row, status)
	}
	_, header, _ = fetch(t, cloud.URL+"/api/auth-tokens/?page_size=2", "Token "+cloud.Token)
	if !strings.Contains(header.Get("Link"), "backend.internal") {
		t.Errorf("the proxied one links to %s", header.Get("Link"))
	}
	shop := demotest.SystemOf(s, "hamgam")
	if _, _, body = fetch(t, shop.RootURL+"/api/users/users/?limit=2", "Token "+shop.Token); strings.Contains(body, "backend.internal") {
		t.Errorf("%s", body)
	}
}

func TestWithoutPortsThereIsNone(t *testing.T) {
	t.Parallel()
	for _, y := range demotest.Start(t, demo.Options{}).Systems() {
		if y.RootURL != "" {
			t.Errorf("%s is at %s", y.Kind, y.RootURL)
		}
	}
}

func TestWhoNamesAPortGetsThoseThatFollowIt(t *testing.T) {
	t.Parallel()
	for range 20 { // until six in a row are free
		l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, digits, _ := net.SplitHostPort(l.Addr().String())
		_ = l.Close()
		port, _ := strconv.Atoi(digits)
		s, err := demo.Start(t.Context(), demo.Options{Ports: true, Listen: "127.0.0.1:" + digits})
		if err != nil {
			continue
		}
		defer s.Close()
		for i, y := range s.Systems() {
			if want := fmt.Sprintf("http://127.0.0.1:%d", port+1+i); y.RootURL != want {
				t.Errorf("%s is at %s, want %s", y.Kind, y.RootURL, want)
			}
		}
		return
	}
	t.Skip("there are no six free ports in a row")
}

func TestAPortThatIsTakenIsAReasonAndLeavesNoneOpen(t *testing.T) {
	t.Parallel()
	for range 20 {
		taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer taken.Close()
		_, digits, _ := net.SplitHostPort(taken.Addr().String())
		port, _ := strconv.Atoi(digits)
		before := fmt.Sprintf("127.0.0.1:%d", port-1)
		s, err := demo.Start(t.Context(), demo.Options{Ports: true, Listen: before})
		if err == nil {
			_ = s.Close()
			t.Fatal("it started")
		}
		if !strings.Contains(err.Error(), "a port of its own") {
			continue // the one before was taken as well
		}
		again, err := new(net.ListenConfig).Listen(t.Context(), "tcp", before)
		if err != nil {
			t.Fatalf("the first port is still open: %v", err)
		}
		_ = again.Close()
		return
	}
	t.Skip("every port before a free one was taken")
}
