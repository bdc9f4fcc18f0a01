package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

// page answers with a page for a browser.
func page(status int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "<html><h1>"+canary+"</h1></html>")
	}
}

func TestAProxysOwnAnswerIsNotTakenForTheSystems(t *testing.T) {
	t.Parallel()
	const down = "down for maintenance"
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		read   model.Kind
		says   string
		rest   time.Duration
	}{
		"a sign-in of its own":       {page(401, "WWW-Authenticate", `Basic realm="Staff only"`), model.Unavailable, "sign-in of its own (realm “Staff only”)", 0},
		"without a realm":            {page(401, "WWW-Authenticate", `basic`), model.Unavailable, "sign-in of its own", 0},
		"a realm in one word":        {page(401, "WWW-Authenticate", `BASIC charset="UTF-8", realm=Staff`), model.Unavailable, "(realm “Staff”)", 0},
		"a realm that echoes":        {page(401, "WWW-Authenticate", `Basic realm="KEY-of-the-console"`), model.Unavailable, "a sign-in of its own", 0},
		"a page to sign in":          {page(401), model.Unavailable, "sign-in of its own", 0},
		"407":                        {page(407), model.Unavailable, "sign-in of its own (407)", 0},
		"maintenance":                {page(503, "Retry-After", "120"), model.Unavailable, down, 2 * time.Minute},
		"maintenance, named":         {page(405, "Retry-After", "120"), model.Unavailable, down, 2 * time.Minute},
		"a method that is not there": {page(405, "Allow", "GET"), model.Unsupported, "405", 0},
		"too long":                   {page(413), model.Invalid, "too long for a proxy in between", 0},
		"to https":                   {page(301, "Location", "https://127.0.0.1/"+canary), model.Malformed, "the address has to begin with https", 0},
		"to a sign-in":               {page(302, "Location", "https://sso.invalid/"+canary), model.Malformed, "points to https://sso.invalid; it was not followed (it may be a sign-in page)", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := serve(t, c.answer)
			_, read := Call[Nothing](t.Context(), keyed(t, address, nil), Get("/a"))
			_, write := Call[Nothing](t.Context(), keyed(t, address, nil), Request{Method: http.MethodDelete, Path: "/a"})
			for err, kind := range map[error]model.Kind{read: c.read, write: model.Uncertain} {
				silent(t, err)
				e, ok := errors.AsType[*model.Error](err)
				if !ok || e.Kind != kind || !strings.Contains(err.Error(), c.says) || e.RetryAfter != c.rest {
					t.Errorf("it says %v, want %v: %s, after %s", err, kind, c.says, c.rest)
				}
				if strings.Contains(strings.ToLower(fmt.Sprint(err)), "key-of") {
					t.Errorf("it says %v", err)
				}
			}
		})
	}
}

func TestAProxysSignInDoesNotCostTheSession(t *testing.T) {
	t.Parallel()
	behind := false
	c := connection(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !behind {
			page(401, "WWW-Authenticate", `Basic realm="Staff only"`)(w, r)
			return
		}
		_, _ = io.WriteString(w, "{}")
	}), nil)
	opened := 0
	c.SignIn = func(context.Context, string, model.Secret) (model.Secret, error) {
		opened++
		return model.NewSecret("a-session-of-ours"), nil
	}
	_, refused := Call[Nothing](t.Context(), c, Get("/a"))
	behind = true
	if _, err := Call[Nothing](t.Context(), c, Get("/a")); err != nil || refused == nil || opened != 1 {
		t.Errorf("%d sessions were opened: %v, then %v", opened, refused, err)
	}
}

// TestTheSystemsOwnNoIsStillItsOwn: AWX answers 401 in JSON with a realm of its own.
func TestTheSystemsOwnNoIsStillItsOwn(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"detail":"Invalid token."}`, `"Invalid token."`} {
		address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", `Basic realm="api"`)
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, body)
		})
		for _, r := range []Request{Get("/a"), {Method: http.MethodDelete, Path: "/a"}} {
			_, err := Call[Nothing](t.Context(), keyed(t, address, nil), r)
			if model.KindOf(err) != model.Unauthorized || strings.Contains(err.Error(), "proxy") {
				t.Errorf("%s: %v", r.Method, err)
			}
		}
	}
}

func TestNoStatusOfAnotherIsANoToAWrite(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 302, 307, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 412, 413, 415, 418, 421, 422, 425, 426, 428, 429, 431, 444, 451, 499, 500, 501, 502, 503, 504, 505, 511, 520, 524, 599, 600, 999} {
		address := serve(t, page(status, "Retry-After", "0"))
		_, err := Call[Nothing](t.Context(), keyed(t, address, nil), Request{Method: http.MethodDelete, Path: "/a"})
		if silent(t, err); model.KindOf(err) != model.Uncertain || err == nil {
			t.Errorf("%d: %v", status, err)
		}
	}
}
