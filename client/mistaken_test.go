package client_test

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/wire"
	"authdeck/model"
)

// Servers that answer past the question, and what must not be made of it.

// creating is an order for a token for the user of that number.
func creating(owner string) model.Order {
	return model.Order{Action: model.Create, Draft: model.Draft{Owner: model.User{ID: owner}}}
}

// ordering is an order about the token that the servers here know.
func ordering(a model.Action) model.Order {
	return model.Order{Action: a, Token: model.Token{ID: "7", Owner: model.User{ID: "1"}}}
}

func TestAWriteWithoutABodySaysThatItHasNone(t *testing.T) {
	t.Parallel()
	key := "old"
	server := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			key = "new"
		}
		saying(http.StatusOK, `{"id": 7, "key": "`+key+`", "user_data": {"id": 1}}`)(w, r)
	})
	if _, err := server.api(t).Do(t.Context(), ordering(model.Regenerate)); err != nil {
		t.Fatal(err)
	}
	for _, r := range server.requests() {
		if len(r.TransferEncoding) > 0 || r.ContentLength != 0 {
			t.Errorf("%s went out as %v with a length of %d", r.Method, r.TransferEncoding, r.ContentLength)
		}
	}
}

func TestAKeyOfAnotherTokenIsNobodysToHandOut(t *testing.T) {
	t.Parallel()
	server := answering(t, func(w http.ResponseWriter, r *http.Request) {
		answer := `{"id": 7, "key": "old", "user_data": {"id": 1}}`
		if r.Method == http.MethodPost {
			answer = `{"id": 99, "key": "` + canary + `", "user_data": {"id": 77}}`
		}
		saying(http.StatusOK, answer)(w, r)
	})
	api := server.api(t)
	_, regenerated := api.Do(t.Context(), ordering(model.Regenerate))
	_, created := api.Do(t.Context(), creating("2"))
	for what, err := range map[string]error{"regenerate": regenerated, "create": created} {
		meets(t, what, err, model.Uncertain, 0)
	}
}

func TestAnAcceptedWriteIsNotADoneOne(t *testing.T) {
	t.Parallel()
	server := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			saying(http.StatusAccepted, `{"detail": "queued"}`)(w, r)
			return
		}
		saying(http.StatusOK, `{"id": 7, "key": "k", "user_data": {"id": 1}}`)(w, r)
	})
	_, err := server.api(t).Do(t.Context(), ordering(model.Delete))
	meets(t, "202", err, model.Uncertain, 0)
}

func TestATokenThatSomebodyElseDeletedDoesNotSwitchDeleteOff(t *testing.T) {
	t.Parallel()
	deleted := false
	server := answering(t, func(w http.ResponseWriter, r *http.Request) {
		deleted = deleted || r.Method == http.MethodDelete
		if deleted {
			saying(http.StatusNotFound, `{"detail": "Not found."}`)(w, r)
			return
		}
		saying(http.StatusOK, `{"id": 7, "key": "k", "user_data": {"id": 1}}`)(w, r)
	})
	api := server.api(t)
	issued, err := api.Do(t.Context(), ordering(model.Delete))
	if err != nil || !slices.Contains(issued.Notes, wire.Gone) {
		t.Errorf("who came second is told %q (%v)", issued.Notes, err)
	}
	if why := api.Info().Missing[model.Delete]; why != "" {
		t.Errorf("delete is off: %s", why)
	}
}

func TestAnExpiredSignInIsMadeAnew(t *testing.T) {
	t.Parallel()
	w := hamgams()[0].start(t)
	api := open(t, byPassword(t, w.system), w.log)
	must(api.WhoAmI(t.Context()))(t)
	w.breaks(t, "me:401:once")
	if _, err := api.WhoAmI(t.Context()); model.KindOf(err) != model.Unauthorized {
		t.Fatalf("got %v", err)
	}
	must(api.WhoAmI(t.Context()))(t)
	if n := w.demo.Served("signin"); n != 2 {
		t.Errorf("signed in %d times", n)
	}
}

func TestACredentialThatNoHeaderCanCarryIsNotTried(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"x y", "a\x00b", "a\x1bb", "ключ"} {
		_, err := client.Open(t.Context(), profile(t, "https://shop.example.com", token), client.Env{Log: slog.New(slog.DiscardHandler)})
		if model.KindOf(err) != model.Unopened || strings.Contains(err.Error(), token) {
			t.Errorf("%q: %v", token, err)
		}
	}
}
