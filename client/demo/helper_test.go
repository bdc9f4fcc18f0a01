package demo

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
)

// start runs a demo for one test.
func start(tb testing.TB, o Options) *Server {
	tb.Helper()
	s, err := Start(tb.Context(), o)
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

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// object reads the answer as a person would: without any wire struct.
func (a answer) object(tb testing.TB) map[string]any {
	tb.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(a.body), &m); err != nil {
		tb.Fatalf("%d %q: %v", a.status, a.body, err)
	}
	return m
}

// rows are the results of a list.
func (a answer) rows(tb testing.TB) []map[string]any {
	tb.Helper()
	var rows []map[string]any
	results, ok := a.object(tb)["results"].([]any)
	if !ok {
		tb.Fatalf("no results in %d %q", a.status, a.body)
	}
	for _, r := range results {
		rows = append(rows, r.(map[string]any))
	}
	return rows
}

// systemOf is the system of a kind.
func systemOf(s played, kind string) System {
	all := s.Systems()
	return all[slices.IndexFunc(all, func(y System) bool { return y.Kind == kind })]
}

// plain is a client that follows nothing and keeps no connection.
func plain() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// do sends a request and reads the whole answer.
func do(req *http.Request) (answer, error) {
	res, err := plain().Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, string(raw)}, err
}

// played is a demo, or a part of one, whose first system is asked.
type played interface{ Systems() []System }

// send makes one request; auth is the whole header, "" for none.
func send(ctx context.Context, s played, method, path, auth, body string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, s.Systems()[0].URL+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if auth != "" {
		req.Header.Set("Authorization", auth)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return do(req)
}

// ask sends as the administrator and wants an answer.
func ask(tb testing.TB, s played, method, path, body string) answer {
	tb.Helper()
	return askAs(tb, s, s.Systems()[0].Token, method, path, body)
}

// askAs sends with a key.
func askAs(tb testing.TB, s played, key, method, path, body string) answer {
	tb.Helper()
	a, err := send(tb.Context(), s, method, path, "Token "+key, body)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// everything is all that a list with limit and offset shows, page after page.
func everything(tb testing.TB, s played, path string) []map[string]any {
	tb.Helper()
	var all []map[string]any
	for {
		a := ask(tb, s, "GET", fmt.Sprintf("%s?limit=100&offset=%d", path, len(all)), "")
		rows := a.rows(tb)
		if all = append(all, rows...); len(rows) == 0 {
			if count := a.object(tb)["count"]; count != float64(len(all)) {
				tb.Fatalf("count is %v, pages hold %d rows", count, len(all))
			}
			return all
		}
	}
}

// list reads an answer that is an array.
func (a answer) list(tb testing.TB) []map[string]any {
	tb.Helper()
	var rows []map[string]any
	if err := json.Unmarshal([]byte(a.body), &rows); err != nil || rows == nil {
		tb.Fatalf("%d %q: %v", a.status, a.body, err)
	}
	return rows
}

// values are one field of each row.
func values(rows []map[string]any, field string) []string {
	var out []string
	for _, row := range rows {
		out = append(out, fmt.Sprint(row[field]))
	}
	return out
}

// names are the fields of a row.
func names(m map[string]any) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), " ")
}

// objects are the rows of a list within a row.
func objects(list any) []map[string]any {
	var out []map[string]any
	for _, o := range list.([]any) {
		out = append(out, o.(map[string]any))
	}
	return out
}

// when reads a time.
func when(t *testing.T, value any) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, value.(string))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// mustJSON is a value as a body has it.
func mustJSON(v any) []byte {
	raw, _ := json.Marshal(v)
	return raw
}
