package authentik_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

const (
	authTokens = "/api/v3/core/tokens/"
	authUsers  = "/api/v3/core/users/"
	authMe     = "/api/v3/core/users/me/"
)

// noon stands still, so that an end can be told to the microsecond.
func noon() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC) }

func systemOf(s *demo.Server) demo.System {
	return demotest.SystemOf(s, "authentik")
}

// send makes one request; auth is the whole header, "" for none.
func send(ctx context.Context, s *demo.Server, method, path, auth, body string) (demotest.Answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, systemOf(s).URL+path, strings.NewReader(body))
	if err != nil {
		return demotest.Answer{}, err
	}
	if auth != "" {
		req.Header.Set("Authorization", auth)
	}
	req.Header.Set("Content-Type", "application/json")
	return demotest.Do(req)
}

func askAs(tb testing.TB, s *demo.Server, key, method, path, body string) demotest.Answer {
	tb.Helper()
	a, err := send(tb.Context(), s, method, path, "Bearer "+key, body)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// ask asks as the administrator.
func ask(tb testing.TB, s *demo.Server, method, path, body string) demotest.Answer {
	tb.Helper()
	return askAs(tb, s, systemOf(s).Token, method, path, body)
}

// listAll is all that a list shows; the path may have a query.
func listAll(tb testing.TB, s *demo.Server, path string) []map[string]any {
	tb.Helper()
	join := "?"
	if strings.Contains(path, "?") {
		join = "&"
	}
	var all []map[string]any
	for page := 1.0; page > 0; {
		a := ask(tb, s, "GET", fmt.Sprint(path, join, "page_size=100&page=", page), "")
		all = append(all, a.Rows(tb)...)
		page = a.Object(tb)["pagination"].(map[string]any)["next"].(float64)
	}
	return all
}

// rowWith is the first row in which a field has a value.
func rowWith(tb testing.TB, rows []map[string]any, field string, value any) map[string]any {
	tb.Helper()
	i := slices.IndexFunc(rows, func(r map[string]any) bool { return r[field] == value })
	if i < 0 {
		tb.Fatalf("nothing has the %s %v", field, value)
	}
	return rows[i]
}

func toJSON(fields map[string]any) string {
	raw, _ := json.Marshal(fields)
	return string(raw)
}

func ownerOf(row map[string]any) map[string]any { return row["user_obj"].(map[string]any) }

func TestAnAuthentikTokenHasItsWholeOwnerAndNoKey(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	const token = "description expires expiring identifier intent managed pk user user_obj"
	const user = "attributes avatar date_joined email groups groups_obj is_active is_superuser last_login last_updated " +
		"name password_change_date path pk roles roles_obj type uid username uuid"
	listed := ask(t, s, "GET", authTokens, "").Rows(t)[0]
	alone := ask(t, s, "GET", fmt.Sprint(authTokens, listed["identifier"], "/"), "")
	made := ask(t, s, "POST", authTokens, `{"identifier":"fresh"}`)
	if alone.Status != 200 || made.Status != 201 || alone.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("retrieve %d, create %d %v", alone.Status, made.Status, alone.Header)
	}
	for _, row := range []map[string]any{listed, alone.Object(t), made.Object(t)} {
		if got := demotest.Names(row); got != token {
			t.Errorf("fields %s", got)
		}
		if got := demotest.Names(ownerOf(row)); got != user {
			t.Errorf("owner's fields %s", got)
		}
		if ownerOf(row)["pk"] != row["user"] {
			t.Errorf("owners %v and %v", ownerOf(row)["pk"], row["user"])
		}
	}
}

func TestAnAuthentikKeyIsShownByViewKeyAlone(t *testing.T) {
	const canary = "CANARY-"
	s := demotest.Start(t, demo.Options{KeyPrefix: canary, Quirks: []demo.Quirk{demo.AuthentikRotate}})
	body := `{"identifier":"fresh","intent":"app_password","user":1}`
	for _, c := range [][3]string{
		{"GET", authTokens + "?page_size=100", ""},
		{"GET", authTokens + "console-root/", ""},
		{"POST", authTokens, body},
		{"PUT", authTokens + "fresh/", body},
		{"PATCH", authTokens + "fresh/", body},
		{"POST", authTokens + "fresh/rotate_secret/", ""},
		{"GET", authTokens + "fresh/used_by/", ""},
		{"GET", authUsers + "?page_size=100", ""},
		{"GET", authUsers + "1/used_by/", ""},
		{"GET", authMe, ""},
	} {
		if a := ask(t, s, c[0], c[1], c[2]); strings.Contains(a.Body, canary) || a.Status >= 300 {
			t.Errorf("%s %s: %d %.300s", c[0], c[1], a.Status, a.Body)
		}
	}
	key := ask(t, s, "GET", authTokens+"fresh/view_key/", "").Object(t)
	if text, _ := key["key"].(string); demotest.Names(key) != "key" || !strings.HasPrefix(text, canary) || len(text) != 60 {
		t.Errorf("view_key: %v", key)
	}
}

func TestAnAuthentikKeyIsSixtyLettersAndDigits(t *testing.T) {
	sys := systemOf(demotest.Start(t, demo.Options{}))
	for _, key := range []string{sys.Token, sys.Weak} {
		if !regexp.MustCompile(`^[a-zA-Z0-9]{60}$`).MatchString(key) {
			t.Errorf("key %q", key)
		}
	}
}

func TestAuthentikTellsTheSameStoryForTheSameSeed(t *testing.T) {
	story := func(seed uint64) string {
		s := demotest.Start(t, demo.Options{Seed: seed})
		return ask(t, s, "GET", authTokens+"?page_size=100", "").Body +
			ask(t, s, "GET", authUsers+"?page_size=100", "").Body +
			ask(t, s, "GET", authTokens+"desk-staff/view_key/", "").Body
	}
	first := story(7)
	if story(7) != first {
		t.Error("two demos with one seed differ")
	}
	if story(8) == first {
		t.Error("another seed makes no difference")
	}
}

func TestAuthentikHasTokensOfEverySortAndPeopleOfEveryType(t *testing.T) {
	for _, c := range []struct{ users, tokens int }{{240, 170}, {2, 2}, {3, 3}, {60, 60}} {
		s := demotest.Start(t, demo.Options{Users: c.users, Tokens: c.tokens, Now: noon})
		tokens, users := listAll(t, s, authTokens), listAll(t, s, authUsers)
		if len(tokens) != c.tokens || len(users) != c.users+9 {
			t.Errorf("%d tokens of %d and %d users of %d", len(tokens), c.tokens, len(users), c.users)
		}
		if c.tokens < 100 {
			continue
		}
		met, harmed := map[string]int{}, map[string]bool{}
		for _, row := range tokens {
			end, _ := row["expires"].(string)
			met[fmt.Sprint(row["intent"])]++
			met[fmt.Sprintf("expiring %v, dated %v, past %v", row["expiring"], end != "", end < stage.FormatTime(noon()))]++
			met[fmt.Sprintf("active %v", ownerOf(row)["is_active"])]++
			met[fmt.Sprintf("managed %v", row["managed"] != nil)]++
			if text := row["description"].(string); slices.Contains(demo.Hostile(), text) {
				harmed[text] = true
			}
		}
		for _, u := range users {
			met[fmt.Sprint(u["type"])]++
		}
		for _, what := range []string{
			"api", "app_password", "recovery", "verification", "internal", "external", "service_account",
			"internal_service_account", "active false", "managed true", "expiring true, dated true, past true",
			"expiring true, dated true, past false", "expiring false, dated true, past true", "expiring false, dated false, past true",
		} {
			if met[what] == 0 {
				t.Errorf("nothing is %s: %v", what, met)
			}
		}
		if len(harmed) != len(demo.Hostile()) {
			t.Errorf("%d descriptions do harm", len(harmed))
		}
	}
}

func TestEveryAuthentikIdentifierIsASlugOfItsOwn(t *testing.T) {
	seen := map[any]bool{}
	for _, row := range listAll(t, demotest.Start(t, demo.Options{Users: 400, Tokens: 400}), authTokens) {
		if id := row["identifier"].(string); seen[id] || !regexp.MustCompile(`^[-a-zA-Z0-9_]{1,255}$`).MatchString(id) {
			t.Errorf("identifier %q", id)
		}
		seen[row["identifier"]] = true
	}
}

func TestEveryAuthentikAnswerNamesItsRequest(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "probe:403"})
	seen := map[string]bool{}
	for _, path := range []string{authMe, "/nowhere", "/api/v3/admin/version/", authTokens, authTokens} {
		id := ask(t, s, "GET", path, "").Header.Get("X-authentik-id")
		if len(id) != 32 || seen[id] {
			t.Errorf("%s: id %q", path, id)
		}
		seen[id] = true
	}
}

func TestAHostileAuthentikNameCanBeAskedFor(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, row := range listAll(t, s, authTokens) {
		if name := ownerOf(row)["username"].(string); slices.Contains(demo.Hostile(), name) && !strings.ContainsRune(name, 0) {
			found := listAll(t, s, authTokens+"?user__username="+url.QueryEscape(name))
			if len(found) == 0 || found[0]["user"] != row["user"] {
				t.Errorf("%.30q has %d tokens", name, len(found))
			}
		}
	}
}
