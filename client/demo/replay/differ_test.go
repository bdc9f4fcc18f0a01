package replay_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"authdeck/client/demo/demotest"
)

func TestWhatBecameOfWhatWasSentIsCompared(t *testing.T) {
	t.Parallel()
	sent := `{"kept":"a","trimmed":" b ","unsaid":1,"own":"{key}"}`
	was := recording{
		Method: http.MethodPost, Status: 201, Type: "application/json", Body: &sent,
		Answer: json.RawMessage(`{"kept":"a","trimmed":"b","own":"x"}`),
	}
	for body, want := range map[string]string{
		`{"kept":"a","trimmed":"b","own":"y"}`:   "",
		`{"kept":"A","trimmed":"b","own":"y"}`:   "kept is A, and was a",
		`{"kept":"a","trimmed":" b ","own":"y"}`: "trimmed is  b ",
	} {
		answer := demotest.Answer{Status: 201, Body: body, Header: http.Header{"Content-Type": {"application/json"}}}
		if got := strings.Join(differences(was, answer), "; "); got != want && (want == "" || !strings.Contains(got, want)) {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	cut := recording{Method: http.MethodGet, Status: 200, Type: "application/json", Answer: json.RawMessage(`"[…"`)}
	for body, same := range map[string]bool{`[{"a":1}]`: true, `[]`: false, `[{"a"`: false} {
		answer := demotest.Answer{Status: 200, Body: body, Header: http.Header{"Content-Type": {"application/json"}}}
		if got := differences(cut, answer); (len(got) == 0) != same {
			t.Errorf("a list that was cut, and %s: %q", body, got)
		}
	}
	moved := recording{Method: http.MethodGet, Status: 301, Type: "text/html", Location: "/api/users/me/"}
	answer := demotest.Answer{Status: 301, Header: http.Header{"Content-Type": {"text/html"}, "Location": {"/"}}}
	if got := strings.Join(differences(moved, answer), "; "); !strings.Contains(got, "Location is /") {
		t.Errorf("led elsewhere: %q", got)
	}
}

// A comparison that finds nothing proves nothing.
func TestWhatDiffersIsFound(t *testing.T) {
	t.Parallel()
	allow := "GET, HEAD, OPTIONS"
	was := recording{
		Method: http.MethodGet, Status: 200, Type: "application/json", Allow: &allow,
		Answer: json.RawMessage(`{"count":1,"results":[{"id":1,"name":"x","when":null,"links":{"self":"/"},"tags":[]}],"attributes":{"a":1}}`),
	}
	refused := recording{
		Method: http.MethodPost, Status: 400, Type: "application/json", Allow: &allow,
		Answer: json.RawMessage(`{"expires":["Too late (2026-11-29 20:36:41.427919+00:00 UTC)."],"a":["b"]}`),
	}
	const same = `{"results":[{"x":1},{"id":7,"name":"y","when":"now","links":{"self":"/"},"tags":["t"]}],"count":2,"attributes":{}}`
	for what, c := range map[string]struct {
		was    recording
		status int
		kind   string
		body   string
		want   string
	}{
		"the same":         {was, 200, "application/json", same, ""},
		"the status":       {was, 201, "application/json", same, "status"},
		"the type":         {was, 200, "application/json; charset=utf-8", same, "type"},
		"a missing key":    {was, 200, "application/json", strings.Replace(same, `"name":"y",`, "", 1), ".results[].name is missing"},
		"a key too many":   {was, 200, "application/json", strings.Replace(same, `"name"`, `"more":1,"name"`, 1), ".results[].more was not there"},
		"a key below":      {was, 200, "application/json", strings.Replace(same, `"self"`, `"other"`, 1), ".links.self is missing"},
		"another type":     {was, 200, "application/json", strings.Replace(same, `"id":7`, `"id":"7"`, 1), ".results[].id is string"},
		"no rows":          {was, 200, "application/json", `{"count":0,"results":[],"attributes":{}}`, "no rows"},
		"a page":           {was, 200, "application/json", `<html>`, "no JSON"},
		"the same words":   {refused, 400, "application/json", `{"a":["b"],"expires":["Too late (2001-01-01 00:00:00+00:00 UTC)."]}`, ""},
		"other words":      {refused, 400, "application/json", `{"a":["c"],"expires":["Too late (2001-01-01 00:00:00+00:00 UTC)."]}`, "it says"},
		"words of another": {refused, 400, "application/json", `{"b":["b"],"expires":["Too late (2001-01-01 00:00:00+00:00 UTC)."]}`, "it says"},
	} {
		answer := demotest.Answer{Status: c.status, Body: c.body, Header: http.Header{"Content-Type": {c.kind}, "Allow": {allow}}}
		got := strings.Join(differences(c.was, answer), "; ")
		if got != c.want && (c.want == "" || !strings.Contains(got, c.want)) {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
		answer.Header.Set("Allow", "GET")
		if got := strings.Join(differences(c.was, answer), "; "); !strings.Contains(got, "Allow is GET") {
			t.Errorf("%s with other methods: %q", what, got)
		}
	}
}
