package client_test

import (
	"compress/gzip"
	"context"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/model"
)

// canned is a server with one answer, which remembers what it was sent.
type canned struct {
	*httptest.Server
	mu   sync.Mutex
	seen []*http.Request
}

func answering(t *testing.T, answer http.HandlerFunc) *canned {
	t.Helper()
	c := &canned{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		c.seen = append(c.seen, r)
		c.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *canned) requests() []*http.Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen
}

// saying is an answer of JSON.
func saying(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func (c *canned) api(t *testing.T) model.API {
	t.Helper()
	return open(t, profile(t, c.URL, canary+"key"), &logBook{})
}

const meJSON = `{"id": 1, "username": "root.admin"}`

func TestEveryRequestSaysWhoAsksAndOnWhoseBehalf(t *testing.T) {
	t.Parallel()
	server := answering(t, saying(http.StatusOK, meJSON))
	api := server.api(t)
	must(api.WhoAmI(t.Context()))(t)
	_, _ = api.Do(t.Context(), creating("7"))
	_, _ = api.Tokens(t.Context(), model.Query{Size: 7, Search: "a&b=c/?#"})
	for _, r := range server.requests() {
		if got := r.Header.Get("User-Agent"); got != "authdeck/1.2.3" {
			t.Errorf("the User-Agent is %q", got)
		}
		if r.Header.Get("Authorization") != "Token "+canary+"key" || r.Header.Get("Accept") != "application/json" || r.Header.Get("Cookie") != "" {
			t.Errorf("the headers are %v", r.Header)
		}
		if !strings.HasSuffix(r.URL.Path, "/") || strings.Contains(r.URL.RawQuery, canary) {
			t.Errorf("the address is %s", r.URL)
		}
		if r.Method == http.MethodPost && r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("the body is %q", r.Header.Get("Content-Type"))
		}
	}
	if got := server.requests()[2].URL.Query().Get("search"); got != "a&b=c/?#" {
		t.Errorf("the search arrived as %q", got)
	}
}

func TestACookieIsNotSentBack(t *testing.T) {
	t.Parallel()
	server := answering(t, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "sessionid", Value: "x", Path: "/"})
		saying(http.StatusOK, meJSON)(w, r)
	})
	api := server.api(t)
	for range 2 {
		must(api.WhoAmI(t.Context()))(t)
	}
	if sent := server.requests()[1].Header.Get("Cookie"); sent != "" {
		t.Errorf("the cookie %q was sent back", sent)
	}
}

func TestAnAddressWithAPathIsKept(t *testing.T) {
	t.Parallel()
	server := answering(t, saying(http.StatusOK, meJSON))
	must(open(t, profile(t, server.URL+"/deep/shop//", canary), &logBook{}).WhoAmI(t.Context()))(t)
	if got := server.requests()[0].URL.Path; got != "/deep/shop/api/users/me/" {
		t.Errorf("asked for %s", got)
	}
}

func TestACompressedAnswerWithoutEndIsGivenUp(t *testing.T) {
	t.Parallel()
	server := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		spaces := []byte(strings.Repeat(" ", 1<<20))
		for range 17 {
			if _, err := z.Write(spaces); err != nil {
				return
			}
		}
		_ = z.Close()
	})
	_, err := server.api(t).WhoAmI(t.Context())
	meets(t, "gzip", err, model.Malformed, 0)
	if !strings.Contains(err.Error(), "16 MiB") {
		t.Errorf("the error is %q", err)
	}
}

func TestRetryAfterIsReadInSecondsAndAsADate(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]func(time.Duration) bool{
		"30":             func(d time.Duration) bool { return d == 30*time.Second },
		"0":              func(d time.Duration) bool { return d == 0 },
		"-5":             func(d time.Duration) bool { return d == 0 },
		"x":              func(d time.Duration) bool { return d == 0 },
		"1e9":            func(d time.Duration) bool { return d == 0 },
		"":               func(d time.Duration) bool { return d == 0 },
		"99999999999999": func(d time.Duration) bool { return d == time.Hour },
		time.Now().Add(time.Hour).UTC().Format(http.TimeFormat):  func(d time.Duration) bool { return d > 50*time.Minute && d <= time.Hour },
		time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat): func(d time.Duration) bool { return d == 0 },
	} {
		server := answering(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", value)
			saying(http.StatusTooManyRequests, `{"detail": "Request was throttled."}`)(w, r)
		})
		_, err := server.api(t).WhoAmI(t.Context())
		e, ok := errors.AsType[*model.Error](err)
		if !ok || e.Kind != model.RateLimited || !want(e.RetryAfter) {
			t.Errorf("Retry-After %q: %#v", value, err)
		}
		if n := len(server.requests()); n != 1 {
			t.Errorf("Retry-After %q: asked %d times", value, n)
		}
	}
}

func TestAServerThatNamesATimeIsNotAskedAgainBeforeIt(t *testing.T) {
	t.Parallel()
	server := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	_, err := server.api(t).WhoAmI(t.Context())
	meets(t, "503", err, model.Unavailable, 7*time.Second)
	if n := len(server.requests()); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
}

// hanging is a server that gives a request up to the test and never answers.
func hanging(t *testing.T, arrived func()) *canned {
	t.Helper()
	return answering(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		arrived()
		<-r.Context().Done()
	})
}

func TestAReadThatNobodyWaitsForIsCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	server := hanging(t, cancel)
	_, err := server.api(t).WhoAmI(ctx)
	meets(t, "read", err, model.Cancelled, 0)
	if n := len(server.requests()); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
}

func TestAWriteThatWasGivenUpMayHaveHappened(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	server := hanging(t, cancel)
	_, err := server.api(t).Do(ctx, creating("7"))
	meets(t, "write", err, model.Uncertain, 0)
	if n := len(server.requests()); n != 1 {
		t.Errorf("it was sent %d times", n)
	}
}

func TestWhatWasCancelledBeforeItWasSentIsNotSent(t *testing.T) {
	t.Parallel()
	server := answering(t, saying(http.StatusOK, meJSON))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	api := server.api(t)
	_, read := api.WhoAmI(ctx)
	_, write := api.Do(ctx, creating("7"))
	for what, err := range map[string]error{"read": read, "write": write} {
		meets(t, what, err, model.Cancelled, 0)
	}
	if n := len(server.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestADeadlineIsNoAnswerInTime(t *testing.T) {
	t.Parallel()
	server := hanging(t, func() {})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := server.api(t).WhoAmI(ctx)
	meets(t, "read", err, model.Unavailable, 0)
	if !strings.Contains(err.Error(), "no answer in time") {
		t.Errorf("the error is %q", err)
	}
}

// secure is a server whose certificate no machine trusts, and the file that
// makes it trusted.
func secure(t *testing.T) (address, caFile string) {
	t.Helper()
	server := httptest.NewUnstartedServer(saying(http.StatusOK, meJSON))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(caFile, block, 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, caFile
}

func TestACertificateThatIsNotTrustedIsNamedAsTheReason(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	p := profile(t, address, canary)
	api := open(t, p, &logBook{})
	_, read := api.WhoAmI(t.Context())
	_, write := api.Do(t.Context(), creating("7"))
	for what, err := range map[string]error{"read": read, "write": write} {
		meets(t, what, err, model.Unavailable, 0)
		if !strings.Contains(err.Error(), "certificate is not trusted") {
			t.Errorf("%s: the error is %q", what, err)
		}
	}
	p.CAFile = caFile
	must(open(t, p, &logBook{}).WhoAmI(t.Context()))(t)
}

func TestACertificateOfAnotherNameIsNotTrusted(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	p := profile(t, strings.Replace(address, "127.0.0.1", "localhost", 1), canary)
	p.CAFile = caFile
	_, err := open(t, p, &logBook{}).WhoAmI(t.Context())
	meets(t, "read", err, model.Unavailable, 0)
	if !strings.Contains(err.Error(), "certificate is not trusted") || !strings.Contains(err.Error(), "localhost") {
		t.Errorf("the error is %q", err)
	}
}
