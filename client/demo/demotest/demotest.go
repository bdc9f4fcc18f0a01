// Package demotest is what the tests of a demo and of its mirrors have in common:
// they start one and ask it as a client would. It knows no wire format but JSON.
package demotest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
)

// Day is the one that the demos of tests live on, unless a test gives them a clock.
func Day() time.Time { return time.Date(2026, time.January, 15, 9, 30, 0, 0, time.UTC) }

// Clock begins on that day, and goes on as the machine's does.
func Clock() func() time.Time {
	began := time.Now()
	return func() time.Time { return Day().Add(time.Since(began)) }
}

// Start runs a demo for one test.
func Start(tb testing.TB, o demo.Options) *demo.Server {
	tb.Helper()
	if o.Now == nil {
		o.Now = Clock()
	}
	s, err := demo.Start(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// Object reads the answer as a person would: without any wire struct.
func (a Answer) Object(tb testing.TB) map[string]any {
	tb.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(a.Body), &m); err != nil {
		tb.Fatalf("%d %q: %v", a.Status, a.Body, err)
	}
	return m
}

// Rows are the results of a list.
func (a Answer) Rows(tb testing.TB) []map[string]any {
	tb.Helper()
	results, ok := a.Object(tb)["results"].([]any)
	if !ok {
		tb.Fatalf("no results in %d %q", a.Status, a.Body)
	}
	return Objects(results)
}

// List reads an answer that is an array.
func (a Answer) List(tb testing.TB) []map[string]any {
	tb.Helper()
	var rows []map[string]any
	if err := json.Unmarshal([]byte(a.Body), &rows); err != nil || rows == nil {
		tb.Fatalf("%d %q: %v", a.Status, a.Body, err)
	}
	return rows
}

// SystemOf is the system of a kind.
func SystemOf(s Demo, kind string) demo.System {
	all := s.Systems()
	return all[slices.IndexFunc(all, func(y demo.System) bool { return y.Kind == kind })]
}

// Plain is a client that follows nothing and keeps no connection.
func Plain() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Do sends a request and reads the whole answer.
func Do(req *http.Request) (Answer, error) {
	res, err := Plain().Do(req) //nolint:gosec // to a demo of the test's own
	if err != nil {
		return Answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return Answer{res.StatusCode, res.Header, string(raw)}, err
}

// Demo is a demo, or a part of one, whose first system is asked.
type Demo interface{ Systems() []demo.System }

// Send makes one request; auth is the whole header, "" for none.
func Send(ctx context.Context, s Demo, method, path, auth, body string) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, s.Systems()[0].URL+path, strings.NewReader(body))
	if err != nil {
		return Answer{}, err
	}
	if auth != "" {
		req.Header.Set("Authorization", auth)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return Do(req)
}

// Ask sends as the administrator and wants an answer.
func Ask(tb testing.TB, s Demo, method, path, body string) Answer {
	tb.Helper()
	return AskAs(tb, s, s.Systems()[0].Token, method, path, body)
}

// AskAs sends with a key.
func AskAs(tb testing.TB, s Demo, key, method, path, body string) Answer {
	tb.Helper()
	a, err := Send(tb.Context(), s, method, path, "Token "+key, body)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// Everything is all that a list with limit and offset shows, page after page.
func Everything(tb testing.TB, s Demo, path string) []map[string]any {
	tb.Helper()
	var all []map[string]any
	for {
		a := Ask(tb, s, "GET", fmt.Sprintf("%s?limit=100&offset=%d", path, len(all)), "")
		rows := a.Rows(tb)
		if all = append(all, rows...); len(rows) == 0 {
			if count := a.Object(tb)["count"]; count != float64(len(all)) {
				tb.Fatalf("count is %v, pages hold %d rows", count, len(all))
			}
			return all
		}
	}
}

// Values are one field of each row.
func Values(rows []map[string]any, field string) []string {
	var out []string
	for _, row := range rows {
		out = append(out, fmt.Sprint(row[field]))
	}
	return out
}

// Names are the fields of a row.
func Names(m map[string]any) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), " ")
}

// Objects are the rows of a list within a row.
func Objects(list any) []map[string]any {
	var out []map[string]any
	for _, o := range list.([]any) { //nolint:errcheck // what is something else shall end the test
		out = append(out, o.(map[string]any)) //nolint:errcheck // likewise
	}
	return out
}

// When reads a time.
func When(t *testing.T, value any) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, fmt.Sprint(value))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// MustJSON is a value as a body has it.
func MustJSON(v any) []byte {
	raw, _ := json.Marshal(v)
	return raw
}
