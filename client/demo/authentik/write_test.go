package authentik_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

func authEnd(d time.Duration) string { return stage.FormatTime(noon().Add(d)) }

func TestACreatedAuthentikTokenIsListedAndItsKeyWorks(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	a := ask(t, s, "POST", authTokens, `{"identifier":" ci ","user":2,"description":" for CI ","managed":"a/b","key":"chosen","pk":"1","colour":"red"}`)
	made := a.Object(t)
	if a.Status != 201 || made["identifier"] != "ci" || made["user"] != 2.0 || made["intent"] != "api" || made["managed"] != "a/b" ||
		made["description"] != "for CI" || made["expiring"] != true || made["expires"] != authEnd(30*time.Minute) {
		t.Fatalf("create: %d %v", a.Status, made)
	}
	if rows := listAll(t, s, authTokens+"?identifier=ci"); len(rows) != 1 || rows[0]["pk"] != made["pk"] {
		t.Errorf("%d are listed", len(rows))
	}
	key := ask(t, s, "GET", authTokens+"ci/view_key/", "").Object(t)["key"].(string)
	if me := askAs(t, s, key, "GET", authMe, ""); me.Status != 200 {
		t.Errorf("the new key: %d %s", me.Status, me.Body)
	}
	if a := askAs(t, s, systemOf(s).Weak, "GET", authTokens+"ci/view_key/", ""); a.Status != 403 {
		t.Errorf("who was given a token sees its key: %d", a.Status)
	}
}

func TestAnAuthentikTokenThatCannotBeMadeNamesTheField(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	for body, want := range map[string][2]string{
		`{}`:                                         {"identifier", "This field is required."},
		`{"identifier":null}`:                        {"identifier", "This field may not be null."},
		`{"identifier":" "}`:                         {"identifier", "This field may not be blank."},
		`{"identifier":[]}`:                          {"identifier", `Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.`},
		`{"identifier":"a b"}`:                       {"identifier", `Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.`},
		`{"identifier":"desk-staff"}`:                {"identifier", "Token with this identifier already exists."},
		`{"identifier":"x","intent":"foo"}`:          {"intent", `"foo" is not a valid choice.`},
		`{"identifier":"x","intent":null}`:           {"intent", "This field may not be null."},
		`{"identifier":"x","user":999999}`:           {"user", `Invalid pk "999999" - object does not exist.`},
		`{"identifier":"x","user":null}`:             {"user", "This field may not be null."},
		`{"identifier":"x","user":"root"}`:           {"user", "Incorrect type. Expected pk value, received str."},
		`{"identifier":"x","description":null}`:      {"description", "This field may not be null."},
		`{"identifier":"x","description":"\u0000"}`:  {"description", "Null characters are not allowed."},
		`{"identifier":"x","expiring":"maybe"}`:      {"expiring", "Must be a valid boolean."},
		`{"identifier":"x","expiring":null}`:         {"expiring", "This field may not be null."},
		`{"identifier":"x","managed":""}`:            {"managed", "This field may not be blank."},
		`{"identifier":"x","intent":"recovery"}`:     {"intent", "Invalid intent recovery"},
		`{"identifier":"x","intent":"verification"}`: {"intent", "Invalid intent verification"},
		`{"identifier":"x","intent":"app_password","expires":"2026-03-01T12:30:00.123457Z"}`: {
			"expires", "Token expires exceeds maximum lifetime (2026-03-01 12:30:00.123456+00:00 UTC).",
		},
		`[]`: {"non_field_errors", "Invalid data. Expected a dictionary, but got list."},
	} {
		a := ask(t, s, "POST", authTokens, body)
		if got := fmt.Sprint(a.Object(t)); a.Status != 400 || got != fmt.Sprintf("map[%s:[%s]]", want[0], want[1]) {
			t.Errorf("%s: %d %s", body, a.Status, got)
		}
	}
	if a := ask(t, s, "POST", authTokens, `{"identifier":`); a.Status != 400 || !strings.HasPrefix(a.Body, `{"detail":"JSON parse error`) {
		t.Errorf("half a body: %d %s", a.Status, a.Body)
	}
	long := strings.Repeat("x", 256)
	if a := ask(t, s, "POST", authTokens, `{"identifier":"`+long+`","expires":"soon"}`); a.Status != 400 || demotest.Names(a.Object(t)) != "expires identifier" {
		t.Errorf("two complaints: %d %s", a.Status, a.Body)
	}
}

func TestWhoIsNoAuthentikSuperuserMakesTokensForThemselvesAlone(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	weak := systemOf(s).Weak
	a := askAs(t, s, weak, "POST", authTokens, `{"identifier":"mine","user":1,"expiring":false}`)
	if made := a.Object(t); a.Status != 201 || made["user"] != 2.0 || made["expiring"] != true {
		t.Fatalf("create: %d %s", a.Status, a.Body)
	}
	seen := askAs(t, s, weak, "GET", authTokens+"mine/view_key/", "")
	if key, _ := seen.Object(t)["key"].(string); seen.Status != 200 || askAs(t, s, key, "GET", authMe, "").Status != 200 {
		t.Errorf("the key of one's own making: %d", seen.Status)
	}
	if a := askAs(t, s, weak, "PATCH", authTokens+"mine/", `{"user":2,"intent":"api","expiring":false}`); a.Status != 200 || a.Object(t)["expiring"] != false {
		t.Errorf("an update takes what a creation does not: %d %s", a.Status, a.Body)
	}
	if a := ask(t, s, "PATCH", authTokens+"mine/", `{"intent":"api"}`); a.Object(t)["user"] != 1.0 {
		t.Errorf("moved to %v", a.Object(t)["user"])
	}
}

func TestAnAuthentikUserWhoseTokensLastIsToldSoByAnAttribute(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	key := keyOf(t, s, func(u map[string]any) bool {
		return u["is_superuser"] == false && u["attributes"].(map[string]any)["goauthentik.io/user/token-expires"] == false
	})
	if a := askAs(t, s, key, "POST", authTokens, `{"identifier":"lasting","expiring":true}`); a.Status != 201 || a.Object(t)["expiring"] != false {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestAChosenAuthentikKeyReplacesTheOldOneAndKeepsTheEnd(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	before := ask(t, s, "GET", authTokens+"desk-staff/", "").Body
	if a := ask(t, s, "POST", authTokens+"desk-staff/set_key/", `{"key":"s3cret"}`); a.Status != 204 || a.Body != "" {
		t.Fatalf("set_key: %d %s", a.Status, a.Body)
	}
	for key, want := range map[string]int{systemOf(s).Weak: 403, "s3cret": 200} {
		if a := askAs(t, s, key, "GET", authMe, ""); a.Status != want {
			t.Errorf("key %q: %d", key, a.Status)
		}
	}
	if after := ask(t, s, "GET", authTokens+"desk-staff/", "").Body; after != before {
		t.Errorf("more than the key has changed: %s", after)
	}
	for body, want := range map[string]string{
		`{}`: "This field is required.", `{"key":" "}`: "This field may not be blank.", `{"key":null}`: "This field may not be null.", ``: "This field is required.",
	} {
		a := ask(t, s, "POST", authTokens+"desk-staff/set_key/", body)
		if a.Status != 400 || fmt.Sprint(a.Object(t)) != "map[key:["+want+"]]" {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	if a := ask(t, s, "POST", authTokens+"nobody/set_key/", `{"key":"x"}`); a.Status != 404 {
		t.Errorf("of nothing: %d", a.Status)
	}
}

func TestADeletedAuthentikTokenIsGoneAndItsKeyLetsNobodyIn(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	if a := ask(t, s, "DELETE", authTokens+"desk-staff/", ""); a.Status != 204 || a.Body != "" {
		t.Errorf("delete: %d %q", a.Status, a.Body)
	}
	for _, c := range [][2]string{{"GET", ""}, {"DELETE", ""}, {"PATCH", ""}, {"GET", "view_key/"}, {"POST", "set_key/"}, {"GET", "used_by/"}} {
		a := ask(t, s, c[0], authTokens+"desk-staff/"+c[1], "")
		if a.Status != 404 || a.Object(t)["detail"] != "No Token matches the given query." {
			t.Errorf("%s %s: %d %s", c[0], c[1], a.Status, a.Body)
		}
	}
	if a := askAs(t, s, systemOf(s).Weak, "GET", authMe, ""); a.Status != 403 {
		t.Errorf("the key: %d", a.Status)
	}
	if a := ask(t, s, "POST", authTokens, `{"identifier":"desk-staff"}`); a.Status != 201 {
		t.Errorf("the identifier again: %d %s", a.Status, a.Body)
	}
}

func TestManyAuthentikClientsAtOnceNeverShareAnIdentifier(t *testing.T) {
	s := demotest.Start(t, demo.Options{Users: 300, Tokens: 300})
	auth := "Bearer " + systemOf(s).Token
	for i := range 12 {
		name := fmt.Sprintf("n%d", i)
		var made atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				a, err := send(t.Context(), s, "POST", authTokens, auth, `{"identifier":"`+name+`"}`)
				if err == nil && a.Status == 201 {
					made.Add(1)
				}
				for _, c := range [][3]string{
					{"PATCH", name + "/", `{"user":1}`}, {"POST", name + "/set_key/", `{"key":"` + name + `"}`}, {"GET", "?search=n", ""},
				} {
					_, _ = send(t.Context(), s, c[0], authTokens+c[1], auth, c[2])
				}
			})
		}
		wg.Wait()
		if made.Load() != 1 {
			t.Errorf("%s was made %d times", name, made.Load())
		}
	}
	if rows := listAll(t, s, authTokens); len(rows) != 312 {
		t.Errorf("%d rows", len(rows))
	}
}
