package demo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func TestTheSameSeedTellsTheSameStory(t *testing.T) {
	story := func(seed uint64) string {
		s := demotest.Start(t, demo.Options{Seed: seed})
		keys := fmt.Sprint(s.Systems()[0].Token, s.Systems()[0].Weak, s.Systems()[0].Password)
		return keys + demotest.Ask(t, s, "GET", "/api/users/?limit=100", "").Body +
			strings.ReplaceAll(demotest.Ask(t, s, "GET", "/api/users/auth_tokens/?limit=100", "").Body, s.Systems()[0].URL, "")
	}
	first := story(7)
	if again := story(7); again != first {
		t.Error("two demos with one seed differ")
	}
	if other := story(8); other == first {
		t.Error("another seed makes no difference")
	}
}

func TestADemoHasAsManyPeopleAndTokensAsAskedFor(t *testing.T) {
	for _, c := range []struct{ o, want demo.Options }{
		{demo.Options{}, demo.Options{Users: 240, Tokens: 170}},
		{demo.Options{Users: 30, Tokens: 12}, demo.Options{Users: 30, Tokens: 12}},
		{demo.Options{Users: 2, Tokens: 2}, demo.Options{Users: 2, Tokens: 2}},
		{demo.Options{Users: 5, Tokens: 60}, demo.Options{Users: 60, Tokens: 60}},
		{demo.Options{Tokens: 300}, demo.Options{Users: 300, Tokens: 300}},
	} {
		s := demotest.Start(t, c.o)
		users, tokens := demotest.Everything(t, s, "/api/users/"), demotest.Everything(t, s, "/api/users/auth_tokens/")
		if len(users) != c.want.Users || len(tokens) != c.want.Tokens {
			t.Errorf("%+v: %d users and %d tokens", c.o, len(users), len(tokens))
		}
	}
}

func TestBadOptionsAreRefusedWithWhatIsAllowed(t *testing.T) {
	for name, c := range map[string]struct {
		o    demo.Options
		says []string
	}{
		"negative users":  {demo.Options{Users: -3}, []string{"-3 users", "2 to 100000", "240"}},
		"negative tokens": {demo.Options{Tokens: -1}, []string{"-1 tokens", "2 to 100000", "170"}},
		"too many tokens": {demo.Options{Tokens: 100_001}, []string{"100001 tokens", "100000"}},
		"one token":       {demo.Options{Tokens: 1}, []string{"1 tokens", "2 to"}},
		"every network":   {demo.Options{Listen: ":8080"}, []string{`":8080"`, "name the host", "0.0.0.0"}},
		"no port":         {demo.Options{Listen: "localhost"}, []string{`"localhost"`, "host:port"}},
		"odd prefix":      {demo.Options{KeyPrefix: "a b"}, []string{"key prefix", "24 letters, digits"}},
		"long prefix":     {demo.Options{KeyPrefix: strings.Repeat("x", 25)}, []string{"24"}},
		"unknown fault":   {demo.Options{Faults: "tokens:explode"}, []string{`"explode"`, "wrongtype"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := demo.Start(t.Context(), c.o)
			if err == nil {
				_ = s.Close()
				t.Fatal("started")
			}
			for _, words := range c.says {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%q does not say %q", err, words)
				}
			}
		})
	}
}

func TestEveryNetworkCanBeAskedForByName(t *testing.T) {
	s := demotest.Start(t, demo.Options{Listen: "0.0.0.0:0"})
	if !strings.HasPrefix(s.Systems()[0].URL, "http://127.0.0.1:") {
		t.Errorf("unusable address %s", s.Systems()[0].URL)
	}
	if a := demotest.Ask(t, s, "GET", "/api/users/me/", ""); a.Status != 200 {
		t.Errorf("me: %d", a.Status)
	}
}

func TestEveryKeyCarriesThePrefixAndNoLogLineDoes(t *testing.T) {
	const canary = "CANARY-"
	var log bytes.Buffer
	o := demo.Options{KeyPrefix: canary, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	s := demotest.Start(t, o)
	keys := []string{s.Systems()[0].Weak, demotest.Ask(t, s, "POST", "/api/users/auth_tokens/1001/regenerate/", "").Object(t)["key"].(string)}
	s2 := demotest.Start(t, demo.Options{KeyPrefix: canary})
	for _, row := range demotest.Everything(t, s2, "/api/users/auth_tokens/") {
		keys = append(keys, row["key"].(string))
	}
	for _, key := range keys {
		if !strings.HasPrefix(key, canary) || len(key) != 40 {
			t.Fatalf("key %q", key)
		}
	}
	slices.Sort(keys)
	if len(slices.Compact(keys)) < 170 {
		t.Error("keys repeat")
	}
	demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", "/api/users/auth_tokens/?search="+keys[0], "")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "endpoint=tokens") || strings.Contains(log.String(), canary) {
		t.Errorf("log: %s", log.String())
	}
}

func TestASystemTellsBothItsWaysIn(t *testing.T) {
	sys := demotest.Start(t, demo.Options{}).Systems()[0]
	raw, err := json.Marshal(sys)
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`{"name":"shop","kind":"hamgam","url":%q,"token":%q,"username":"root.admin","password":%q,`+
		`"weak_token":%q,"weak_username":"desk.staff","weak_password":%q}`,
		sys.URL, sys.Token, sys.Password, sys.Weak, sys.WeakPassword)
	if string(raw) != want {
		t.Errorf("got %s, want %s", raw, want)
	}
}

func TestTheEndOfTheContextEndsTheDemo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := demo.Start(ctx, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for err == nil { // until nobody answers
		_, err = demotest.Send(t.Context(), s, "GET", "/api/users/me/", "", "")
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error("closing once more:", err)
		}
	}
}

func TestRequestsAreRememberedInOrderWithoutSecrets(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	demotest.Ask(t, s, "GET", "/api/users/auth_tokens/?limit=3", "")
	demotest.Ask(t, s, "GET", "/api/users/me/", "")
	demotest.Ask(t, s, "GET", "/nowhere/", "")
	want := []demo.Request{
		{Kind: "hamgam", Endpoint: "tokens", Method: "GET", Path: "/api/users/auth_tokens/", RawQuery: "limit=3", Status: 200},
		{Kind: "hamgam", Endpoint: "me", Method: "GET", Path: "/api/users/me/", RawQuery: "", Status: 200},
		{Kind: "hamgam", Endpoint: "", Method: "GET", Path: "/nowhere/", RawQuery: "", Status: 404},
	}
	if got := s.Requests(); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if s.Served("me") != 1 || s.Served("any") != 3 || s.Served("users") != 0 {
		t.Error("miscounted")
	}
}

func TestABodyWithoutMeasureIsRefused(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	a := demotest.Ask(t, s, "POST", "/api/users/auth_tokens/", `{"user":"`+strings.Repeat("1", demo.TooLong)+`"}`)
	if a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", a.Status)
	}
}

func TestManyClientsAtOnceKeepOneTokenAUser(t *testing.T) {
	s := demotest.Start(t, demo.Options{Users: 40, Tokens: 10})
	free := demotest.Ask(t, s, "GET", "/api/users/?has_token=false&limit=100", "").Rows(t)
	others := slices.DeleteFunc(demotest.Everything(t, s, "/api/users/auth_tokens/"), func(row map[string]any) bool {
		return owner(row)["username"] == "root.admin" // whose key is in use
	})
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for _, u := range free {
				body := fmt.Sprintf(`{"user":%v}`, u["id"])
				a, err := demotest.Send(t.Context(), s, "POST", "/api/users/auth_tokens/", "Token "+s.Systems()[0].Token, body)
				if err != nil || a.Status != 201 && a.Status != 400 {
					t.Errorf("create: %d %v", a.Status, err)
				}
				if id := others[worker]["id"]; a.Status == 201 {
					_, _ = demotest.Send(t.Context(), s, "POST", fmt.Sprintf("/api/users/auth_tokens/%v/regenerate/", id), "Token "+s.Systems()[0].Token, "")
				}
				_, _ = demotest.Send(t.Context(), s, "GET", "/api/users/auth_tokens/?ordering=-updated_at&search=a", "Token "+s.Systems()[0].Token, "")
				_ = s.Break("user:500:1/3")
				_ = s.Requests()
			}
		})
	}
	wg.Wait()
	owners := map[any]bool{}
	for _, row := range demotest.Everything(t, s, "/api/users/auth_tokens/") {
		owner := row["user_data"].(map[string]any)["id"]
		if owners[owner] {
			t.Errorf("user %v holds two tokens", owner)
		}
		owners[owner] = true
	}
	if len(owners) != 40 {
		t.Errorf("%d owners", len(owners))
	}
}

func BenchmarkStartWithTenThousand(b *testing.B) {
	for b.Loop() {
		s, err := demo.Start(b.Context(), demo.Options{Users: 10_000, Tokens: 10_000})
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}

func BenchmarkAPageOfTenThousand(b *testing.B) {
	s := demotest.Start(b, demo.Options{Users: 10_000, Tokens: 10_000, Now: func() time.Time { return time.Unix(1_700_000_000, 0) }})
	for _, query := range []string{"", "?ordering=-updated_at", "?search=ali+mora", "?limit=100&offset=9000"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				demotest.Ask(b, s, "GET", "/api/users/auth_tokens/"+query, "")
			}
		})
	}
}
