package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"authdeck/model"
)

// connection is a connection that signs in with a password, over a network.
func connection(t *testing.T, address string, network http.RoundTripper) *Conn {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	c := Connect(Options{
		System: "x", URL: at, Way: BySession, Username: "me", Secret: model.NewSecret("pw"),
		Log: slog.New(slog.DiscardHandler), Network: network,
	})
	c.Sign = Bearer("Token")
	return c
}

func serve(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestALateRefusalOfAnEndedSessionKeepsTheNewOne(t *testing.T) {
	arrived, goOn := make(chan struct{}), make(chan struct{})
	c := connection(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Token s1" {
			_, _ = io.WriteString(w, "{}")
			return
		}
		if r.URL.Path == "/slow" {
			close(arrived)
			<-goOn
		}
		w.WriteHeader(http.StatusUnauthorized)
	}), nil)
	var opened atomic.Int32
	c.SignIn = func(context.Context, string, model.Secret) (model.Secret, error) {
		return model.NewSecret(fmt.Sprintf("s%d", opened.Add(1))), nil
	}
	late := make(chan error)
	go func() {
		_, err := Call[Nothing](t.Context(), c, Get("/slow"))
		late <- err
	}()
	<-arrived
	_, _ = Call[Nothing](t.Context(), c, Get("/a")) // refused, and forgotten
	_, err := Call[Nothing](t.Context(), c, Get("/a"))
	close(goOn)
	if lateErr := <-late; err != nil || model.KindOf(lateErr) != model.Unauthorized {
		t.Fatalf("%v, %v", err, lateErr)
	}
	if _, err := Call[Nothing](t.Context(), c, Get("/a")); err != nil || opened.Load() != 2 {
		t.Errorf("%d sessions were opened, %v", opened.Load(), err)
	}
}

func TestAWriteThatNeverLeftIsNotUncertainBecauseASignInDid(t *testing.T) {
	var dials atomic.Int32
	network := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		if dials.Add(1) > 1 {
			return nil, errors.New("no route to host")
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	c := connection(t, serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `"k"`) }), network)
	c.SignIn = func(ctx context.Context, _ string, _ model.Secret) (model.Secret, error) {
		return Call[model.Secret](ctx, c, Request{Method: http.MethodPost, Path: "/signin", Anonymous: true})
	}
	_, err := Call[Nothing](t.Context(), c, Request{Method: http.MethodDelete, Path: "/tokens/1"})
	if model.KindOf(err) != model.Unavailable || dials.Load() != 2 {
		t.Errorf("after %d dials: %v", dials.Load(), err)
	}
}

func TestWhoWaitsForASignInCanGiveUp(t *testing.T) {
	c := connection(t, serve(t, func(http.ResponseWriter, *http.Request) {}), nil)
	begun, goOn := make(chan struct{}), make(chan struct{})
	c.SignIn = func(context.Context, string, model.Secret) (model.Secret, error) {
		close(begun)
		<-goOn
		return model.NewSecret("s"), nil
	}
	first := make(chan struct{})
	go func() {
		_, _ = Call[Nothing](t.Context(), c, Get("/a"))
		close(first)
	}()
	<-begun
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Call[Nothing](ctx, c, Get("/b"))
	if model.KindOf(err) != model.Cancelled {
		t.Errorf("given up: %v", err)
	}
	close(goOn)
	<-first
}

func TestASignInThatWasRefusedSaysThatItIsNotTriedAgain(t *testing.T) {
	c := connection(t, serve(t, func(http.ResponseWriter, *http.Request) {}), nil)
	tries := 0
	c.SignIn = func(context.Context, string, model.Secret) (model.Secret, error) {
		tries++
		return model.Secret{}, model.Fail(model.Unauthorized, "locked out for ten minutes")
	}
	_, first := Call[Nothing](t.Context(), c, Get("/a"))
	_, err := Call[Nothing](t.Context(), c, Get("/a"))
	if first == nil || first.Error() != err.Error() || !model.Lasts(first) || !model.Lasts(err) {
		t.Errorf("first %v, then %v", first, err)
	}
	if tries != 1 || model.KindOf(err) != model.Unauthorized || !strings.Contains(err.Error(), "start it again") {
		t.Errorf("%d tries: %v", tries, err)
	}
}

func TestASecretInABodyIsInNoError(t *testing.T) {
	typed := model.NewSecret(" hunter2. ")
	for _, echo := range []string{`{"password":["no: hunter2."]}`, `{"password":["no:  hunter2. "]}`} {
		c := connection(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, echo)
		}), nil)
		_, err := Call[Nothing](t.Context(), c, Request{Method: http.MethodPost, Path: "/x", Anonymous: true, Secret: typed})
		if model.KindOf(err) != model.Invalid || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v", err)
		}
	}
}

func TestAnErrorWithoutEndIsNotRead(t *testing.T) {
	c := connection(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"a":["`+strings.Repeat("x\",\"", 100_000)+`"]}`)
	}), nil)
	_, err := Call[Nothing](t.Context(), c, Request{Method: http.MethodPost, Path: "/x", Anonymous: true})
	if model.KindOf(err) != model.Invalid || !strings.Contains(err.Error(), "without a reason") {
		t.Errorf("%.200v", err)
	}
}
