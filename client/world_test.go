package client_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/model"
)

// world is a running system and the client that speaks to it.
type world struct {
	subject subject
	demo    *demo.Server
	system  demo.System
	api     model.API
	log     *logBook
}

// hold is what every promise includes: keys, queries and addresses stay out of
// the log, keys out of addresses, and nothing is sent to a path that is no route.
func (w *world) hold(t *testing.T) {
	t.Helper()
	written := w.log.String()
	hides(t, "the log", written)
	for _, word := range []string{"offset", "ordering", "Authorization", w.system.URL, w.system.Username} {
		if strings.Contains(written, word) {
			t.Errorf("the log holds more than method and path: %q", word)
		}
	}
	for _, r := range w.demo.Requests() {
		hides(t, "the address of a request", r.Path+"?"+r.RawQuery)
		if r.Endpoint == "" && r.Method != http.MethodDelete || !strings.HasSuffix(r.Path, "/") {
			t.Errorf("%s %s was sent, which is no route", r.Method, r.Path)
		}
	}
}

// plain sends a request past the client and returns the status and the body.
func (w *world) plain(t *testing.T, method, path, key string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, w.system.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
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

// accepts reports whether a key opens anything. Its owner may still not be
// allowed what is asked.
func (w *world) accepts(t *testing.T, key model.Secret) bool {
	t.Helper()
	code, _ := w.plain(t, http.MethodGet, w.subject.dialect.me, key.Reveal())
	return code != http.StatusUnauthorized
}

// holders are the ids of the users who hold a token, as the server says.
func (w *world) holders(t *testing.T) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for offset := 0; ; offset += 100 {
		code, body := w.plain(t, http.MethodGet, fmt.Sprintf("%s?has_token=true&limit=100&offset=%d", w.subject.dialect.users, offset), w.system.Token)
		var page struct{ Results []struct{ ID json.Number } }
		if err := json.Unmarshal(body, &page); err != nil || code != http.StatusOK {
			t.Fatalf("the list of holders answered %d: %v", code, err)
		}
		for _, u := range page.Results {
			ids[u.ID.String()] = true
		}
		if len(page.Results) == 0 {
			return ids
		}
	}
}

// freeUser is an active user with a plain name and without a token.
func (w *world) freeUser(t *testing.T) model.User {
	t.Helper()
	for _, u := range everyUser(t, w.api, model.Query{Size: 100, Filter: model.Filter{HasToken: model.No}}) {
		if u.Active == model.Yes && !u.Username.Changed() {
			return u
		}
	}
	t.Fatal("everybody holds a token")
	return model.User{}
}

// someToken is one that the console does not sign in with.
func (w *world) someToken(t *testing.T) model.Token {
	t.Helper()
	page := must(w.api.Tokens(t.Context(), model.Query{Size: 5}))(t)
	for _, token := range page.Items {
		if !token.Own {
			return token
		}
	}
	t.Fatal("there is only the console's own token")
	return model.Token{}
}

// ownToken is the one that the console signs in with.
func (w *world) ownToken(t *testing.T) model.Token {
	t.Helper()
	var own []model.Token
	for _, token := range everyToken(t, w.api, model.Query{Size: 100}) {
		if token.Own {
			own = append(own, token)
		}
	}
	if len(own) != 1 {
		t.Fatalf("the console takes %d tokens for its own", len(own))
	}
	return own[0]
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

func everyToken(t *testing.T, api model.API, q model.Query) []model.Token {
	t.Helper()
	return every(t, q, func(q model.Query) (model.Page[model.Token], error) { return api.Tokens(t.Context(), q) })
}

func everyUser(t *testing.T, api model.API, q model.Query) []model.User {
	t.Helper()
	return every(t, q, func(q model.Query) (model.Page[model.User], error) { return api.Users(t.Context(), q) })
}

// every reads a list to its end.
func every[T any](t *testing.T, q model.Query, ask func(model.Query) (model.Page[T], error)) []T {
	t.Helper()
	var items []T
	for range 1000 {
		page := must(ask(q))(t)
		showsNoKey(t, page)
		if q.Size > 0 && len(page.Items) > q.Size {
			t.Errorf("%d rows came on a page of %d", len(page.Items), q.Size)
		}
		items = append(items, page.Items...)
		if page.Next == "" {
			if page.Total != model.Uncounted && page.Total != len(items) {
				t.Errorf("the list says that it has %d rows and has %d", page.Total, len(items))
			}
			return items
		}
		q.At = page.Next
	}
	t.Fatal("the list has no end")
	return nil
}
