package authentik_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func TestAuthentikReadsValuesAsDjangoDoes(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	for i, c := range []struct{ field, value, reads string }{
		{"expires", `"2026-03-01"`, "2026-03-01T00:00:00Z"},
		{"expires", `"2026-03-01 10:00:00"`, "2026-03-01T10:00:00Z"},
		{"expires", `"2026-3-1T9:00:00Z"`, "2026-03-01T09:00:00Z"},
		{"expires", `"20260301T100000Z"`, "2026-03-01T10:00:00Z"},
		{"expires", `"2026-W09-7"`, "2026-03-01T00:00:00Z"},
		{"expires", `"2026-03-01T10:00:00,5+0000"`, "2026-03-01T10:00:00.500000Z"},
		{"expires", `"2026-02-28T24:00:00Z"`, "2026-03-01T00:00:00Z"},
		{"expiring", `"yes"`, "true"},
		{"expiring", `"no"`, "false"},
		{"expiring", `"off"`, "false"},
		{"expiring", `1`, "true"},
		{"description", `5`, "5"},
		{"user", `"1"`, "1"},
	} {
		body := fmt.Sprintf(`{"identifier":"v-%d","intent":"app_password",%q:%s}`, i, c.field, c.value)
		if a := ask(t, s, "POST", authTokens, body); a.Status != 201 || fmt.Sprint(a.Object(t)[c.field]) != c.reads {
			t.Errorf("%s: %d %.300s, want %s", body, a.Status, a.Body, c.reads)
		}
	}
}

func TestAuthentikComplainsAboutEverythingThatIsWrongWithAField(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	const slug = `Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens.`
	for body, want := range map[string]string{
		`{"identifier":"x\u0000"}`:                                                `{"identifier":["Null characters are not allowed.","` + slug + `"]}`,
		`{"identifier":"` + strings.Repeat("a b", 90) + `"}`:                      `{"identifier":["Ensure this field has no more than 255 characters.","` + slug + `"]}`,
		`{"identifier":{}}`:                                                       `{"identifier":["` + slug + `"]}`,
		`{"identifier":"x","intent":" api"}`:                                      `{"intent":["\" api\" is not a valid choice."]}`,
		`{"identifier":"x","intent":[]}`:                                          `{"intent":["\"[]\" is not a valid choice."]}`,
		`{"identifier":"x","intent":true}`:                                        `{"intent":["\"True\" is not a valid choice."]}`,
		`{"identifier":"x","user":[]}`:                                            `{"user":["Incorrect type. Expected pk value, received list."]}`,
		`{"identifier":"x","user":""}`:                                            `{"user":["This field may not be null."]}`,
		`{"identifier":"x","user":1000000000000000000000000000000}`:               `{"user":["Invalid pk \"1e+30\" - object does not exist."]}`,
		`{"identifier":"x","intent":"api","expires":"0001-01-01T00:00:00+01:00"}`: `{"expires":["Datetime value out of range."]}`,
		`null`:                      `{"non_field_errors":["No data provided"]}`,
		`"x"`:                       `{"non_field_errors":["Invalid data. Expected a dictionary, but got str."]}`,
		`{`:                         `{"detail":"JSON parse error - unexpected end of data: line 1 column 2 (char 1)"}`,
		`{"identifier":"a"} x`:      `{"detail":"JSON parse error - unexpected content after document: line 1 column 20 (char 19)"}`,
		"{\"identifier\":\n\"a\",}": `{"detail":"JSON parse error - trailing comma is not allowed: line 2 column 4 (char 18)"}`,
		"\ufeff{}":                  `{"detail":"JSON parse error - unexpected character: line 1 column 1 (char 0)"}`,
	} {
		if a := ask(t, s, "POST", authTokens, body); a.Status != 400 || strings.TrimSpace(a.Body) != want {
			t.Errorf("%.60s: %d %s, want %s", body, a.Status, a.Body, want)
		}
	}
}

func TestAnAuthentikListThatIsRefusedAsAWholeSaysSoInAnArray(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for query, want := range map[string]string{
		authTokens + "?search=%00":         `["Null characters are not allowed."]`,
		authUsers + "?search=a%00":         `["Null characters are not allowed."]`,
		authTokens + "?identifier=%00":     `{"identifier":["Null characters are not allowed."]}`,
		authUsers + "?attributes=x":        `["filter: failed to parse JSON"]`,
		authUsers + "?roles_by_name=nope":  `{"roles_by_name":["Select a valid choice. nope is not one of the available choices."]}`,
		authUsers + "?groups_by_pk=nope":   `{"groups_by_pk":["“nope” is not a valid UUID."]}`,
		authUsers + "?roles_by_pk=nope":    `{"roles_by_pk":["“nope” is not a valid UUID."]}`,
		authTokens + "?expires=2026-01-32": `{"expires":["Enter a valid date/time."]}`,
	} {
		if a := ask(t, s, "GET", query, ""); a.Status != 400 || strings.TrimSpace(a.Body) != want {
			t.Errorf("%s: %d %s, want %s", query, a.Status, a.Body, want)
		}
	}
	for _, query := range []string{"?expires=2026-01-01", "?expires=2026-01-01T00:00:00%2B0000", "?page_size=5&page_size=7"} {
		if a := ask(t, s, "GET", authTokens+query, ""); a.Status != 200 {
			t.Errorf("%s: %d %s", query, a.Status, a.Body)
		}
	}
	if rows := ask(t, s, "GET", authTokens+"?page_size=5&page_size=7", "").Rows(t); len(rows) != 7 {
		t.Errorf("of two page sizes counts the one for %d", len(rows))
	}
}

func TestAnAuthentikSearchTakesWhatIsInQuotesForOneWord(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	ask(t, s, "POST", authTokens, `{"identifier":"q1","description":"alpha beta, gamma"}`)
	ask(t, s, "POST", authTokens, `{"identifier":"q2","description":"beta alpha gamma"}`)
	for search, want := range map[string]int{
		`alpha beta`: 2, `"alpha beta"`: 1, `'beta alpha'`: 1, `"beta, gamma"`: 1, `gamma,alpha`: 2, `"gamma alpha"`: 0, `"alpha beta`: 0, `"ALPHA beta",q1`: 0, `"alpha beta" q1`: 1,
	} {
		if got := len(ask(t, s, "GET", authTokens+"?search="+url.QueryEscape(search), "").Rows(t)); got != want {
			t.Errorf("%s finds %d, want %d", search, got, want)
		}
	}
}

func TestASearchForAuthentikUsersMayBeAQuery(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	all := listAll(t, s, authUsers)
	count := func(fits func(map[string]any) bool) (n int) {
		for _, u := range all {
			if fits(u) {
				n++
			}
		}
		return n
	}
	inUsers := func(u map[string]any) bool { return u["path"] == "users" }
	for search, want := range map[string]int{
		`username = "root.admin"`:              1,
		`is_active = True and path = "users"`:  count(func(u map[string]any) bool { return inUsers(u) && u["is_active"] == true }),
		`path != "users"`:                      count(func(u map[string]any) bool { return !inUsers(u) }),
		`path ~ "SERVICE" or path = "users"`:   count(func(u map[string]any) bool { return inUsers(u) || strings.Contains(u["path"].(string), "service") }),
		`username = "root.admin" and nonsense`: 0,
		`nofield = "x"`:                        0,
		`is_active = `:                         0,
	} {
		if got := len(listAll(t, s, authUsers+"?search="+url.QueryEscape(search))); got != want {
			t.Errorf("%s finds %d, want %d", search, got, want)
		}
	}
	old := demotest.Start(t, demo.Options{Quirks: []demo.Quirk{demo.AuthentikOld}})
	if got := ask(t, old, "GET", authUsers+"?search="+url.QueryEscape(`username = "root.admin"`), "").Rows(t); len(got) != 0 {
		t.Errorf("an old server has no such language, and finds %d", len(got))
	}
}
