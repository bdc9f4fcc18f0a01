package wire

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

func TestARefusalIsReadInEveryShapeThatItComesIn(t *testing.T) {
	for body, want := range map[string][]string{
		`["Null characters are not allowed."]`:              {"Null characters are not allowed."},
		`[{"name": ["too long"]}, {}, {"name": ["taken"]}]`: {"name: too long", "name: taken"},
		`{"detail": {"name": ["taken"], "code": 7}}`:        {"name: taken"},
		`{"detail": [{"message": "no"}]}`:                   {"no"},
		`{"expires": {"nested": "bad"}}`:                    {"expires: nested: bad"},
		`"no"`:                                              {"no"},
		`[]`:                                                nil,
		`[[[[[[["too deep"]]]]]]]`:                          nil,
		strings.Repeat(`{"a":`, 3000) + `"deep"` + strings.Repeat(`}`, 3000): nil,
		`7`: nil, `null`: nil, `<html>`: nil,
	} {
		if got := ParseFieldErrors([]byte(body)).words(); !slices.Equal(got, want) {
			t.Errorf("%.60s says %q, want %q", body, got, want)
		}
	}
}

// says answers with a status and a body of a type.
func says(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestAWebPageIsNotCalledAnAnswerWithoutAReason(t *testing.T) {
	t.Parallel()
	for want, answer := range map[string]http.HandlerFunc{
		"answered 404 with a web page: nothing of an API is at this address": says(404, "text/html; charset=utf-8", "<h1>Not Found</h1>"),
		"answered 404 without a reason":                                      says(404, "application/json", "{}"),
		"invalid: Null characters":                                           says(400, "application/json", `["Null characters are not allowed."]`),
		"forbidden: not; you":                                                says(403, "application/json", `["not", "you"]`),
	} {
		_, err := Call[Nothing](t.Context(), keyed(t, serve(t, answer), nil), Get("/a"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("it says %v, want %q", err, want)
		}
	}
}

func TestABareListRefusesAWrite(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]model.Kind{400: model.Invalid, 403: model.Forbidden} {
		c := keyed(t, serve(t, says(status, "application/json", `["no"]`)), nil)
		if _, err := Call[Nothing](t.Context(), c, Request{Method: http.MethodPost, Path: "/a"}); model.KindOf(err) != want {
			t.Errorf("%d became %v", status, err)
		}
	}
}

func TestEveryLineOfTheLogSaysSomething(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	for _, at := range []string{serve(t, says(503, "application/json", "{}")), "http://127.0.0.1:1"} {
		address, err := url.Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		c := Connect(Options{System: "test", URL: address, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
		c.Sign = Bearer("Token")
		_, _ = Call[Nothing](t.Context(), c, Get("/a"))
	}
	written := log.String()
	if strings.Contains(written, "%") || strings.Count(written, "\n") != 4 {
		t.Errorf("the log has\n%s", written)
	}
	for _, want := range []string{`msg="asked once more" system=test why="answered 503"`, `why="nothing listens there (connection refused)"`} {
		if !strings.Contains(written, want) {
			t.Errorf("the log lacks %s:\n%s", want, written)
		}
	}
}
