package authentik_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func TestAuthentikOfTheNewestReleaseSaysWhoIsSignedInAndHasAgents(t *testing.T) {
	s := demotest.Start(t, demo.Options{Quirks: []demo.Quirk{demo.AuthentikNewest}})
	me := ask(t, s, "GET", authMe, "").Object(t)
	users, _ := me["users"].([]any)
	if me["user"].(map[string]any)["is_current"] != true || len(users) != 1 || fmt.Sprint(users[0]) != fmt.Sprint(me["user"]) {
		t.Errorf("me: %v", me)
	}
	if v := ask(t, s, "GET", "/api/v3/admin/version/", "").Object(t)["version_current"]; v != "2026.8.3" {
		t.Errorf("the version is %v", v)
	}
	if _, there := ask(t, s, "GET", "/api/v3/admin/settings/", "").Object(t)["base_url"]; !there {
		t.Error("there is no base_url")
	}
	agents := listAll(t, s, authUsers+"?path=goauthentik.io/agents")
	for _, u := range agents {
		found := listAll(t, s, fmt.Sprint(authTokens, "?identifier=", u["username"]))
		if u["type"] != "service_account" || len(found) != 1 || found[0]["user"] != u["pk"] || found[0]["expiring"] != true {
			t.Errorf("%v has %v", u["username"], found)
		}
	}
	if len(agents) < 2 {
		t.Errorf("there are %d agents", len(agents))
	}
}

func TestAuthentikThatPagesNothingGivesBareLists(t *testing.T) {
	s := demotest.Start(t, demo.Options{Quirks: []demo.Quirk{demo.AuthentikUnpaged}})
	for _, query := range []string{"", "?page_size=5", "?page=2&page_size=5", "?page=99"} {
		if rows := ask(t, s, "GET", authTokens+query, "").List(t); len(rows) != 170 {
			t.Errorf("%s: %d rows", query, len(rows))
		}
	}
	if rows := ask(t, s, "GET", authUsers+"?username=root.admin&page_size=1", "").List(t); len(rows) != 1 {
		t.Errorf("%d users", len(rows))
	}
	if size := ask(t, s, "GET", "/api/v3/admin/settings/", "").Object(t)["pagination_max_page_size"]; size != 0.0 {
		t.Errorf("the settings say %v", size)
	}
}

func TestAuthentikTellsOfItsFields(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for path, c := range map[string]struct{ allow, method, fields string }{
		authTokens:                          {"GET, POST, HEAD, OPTIONS", "POST", "description expires expiring identifier intent managed pk user user_obj"},
		authTokens + "desk-staff/":          {"GET, PUT, PATCH, DELETE, HEAD, OPTIONS", "PUT", "description expires expiring identifier intent managed pk user user_obj"},
		authTokens + "desk-staff/set_key/":  {"POST, OPTIONS", "POST", "description expires expiring identifier intent managed pk user user_obj"},
		authTokens + "desk-staff/view_key/": {"GET, HEAD, OPTIONS", "", ""},
		"/api/v3/core/users/paths/":         {"GET, HEAD, OPTIONS", "", ""},
	} {
		a := ask(t, s, "OPTIONS", path, "")
		told := a.Object(t)
		actions, _ := told["actions"].(map[string]any)
		fields, _ := actions[c.method].(map[string]any)
		if a.Status != 200 || a.Header.Get("Allow") != c.allow || told["name"] == "" || demotest.Names(fields) != c.fields {
			t.Errorf("%s: %d %s %.200s", path, a.Status, a.Header.Get("Allow"), a.Body)
		}
	}
	kinds := ask(t, s, "OPTIONS", authTokens, "").Object(t)["actions"].(map[string]any)["POST"].(map[string]any)["intent"].(map[string]any)["choices"].([]any)
	if len(kinds) != 4 || kinds[0].(map[string]any)["display_name"] != "Intent Verification" {
		t.Errorf("the kinds are %v", kinds)
	}
}

func TestAuthentiksPathsOfUsersAndItsRootCanBeAskedFor(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	paths, _ := ask(t, s, "GET", "/api/v3/core/users/paths/", "").Object(t)["paths"].([]any)
	if got := fmt.Sprint(paths); !strings.HasPrefix(got, "[goauthentik.io/outposts goauthentik.io/service-accounts goauthentik.io/sources/scim users") {
		t.Errorf("the paths are %s", got)
	}
	if a := askAs(t, s, systemOf(s).Weak, "GET", "/api/v3/core/users/paths/", ""); a.Status != 403 {
		t.Errorf("who sees nobody: %d", a.Status)
	}
	if a := ask(t, s, "GET", "/api/v3/", ""); a.Status != 200 || !strings.Contains(a.Body, "API Browser") {
		t.Errorf("the root: %d %s", a.Status, a.Body)
	}
	for path, detail := range map[string]string{"abc/": "Not found.", "-1/": "No User matches the given query.", "999999/": "No User matches the given query."} {
		if a := ask(t, s, "GET", authUsers+path, ""); a.Status != 404 || a.Object(t)["detail"] != detail {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
}

func TestAnAuthentikKeyOfOtherLettersFailsOnTheServer(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	if a := askAs(t, s, "ключ", "GET", authMe, ""); a.Status != 500 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a := askAs(t, s, "ключ", "POST", authTokens, `{"identifier":"x"}`); !crashed(a) {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestWhoMakesAnAuthentikTokenGetsARoleOfTheirOwn(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	weak := systemOf(s).Weak
	roles := func() string {
		return fmt.Sprint(askAs(t, s, weak, "GET", authMe, "").Object(t)["user"].(map[string]any)["roles"])
	}
	before := roles()
	if a := askAs(t, s, weak, "POST", authTokens, `{"identifier":"mine"}`); a.Status != 201 {
		t.Fatalf("create: %d %s", a.Status, a.Body)
	}
	if after := roles(); strings.Contains(before, "ak-managed-role") || !strings.Contains(after, "name:ak-managed-role--user-2") {
		t.Errorf("roles were %s and are %s", before, after)
	}
}

func TestAuthentikOf2025HidesAnothersKeyAndEndsWhatIsUsedTooLate(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon, Users: 1000, Quirks: []demo.Quirk{demo.Authentik2025}})
	weak := systemOf(s).Weak
	if a := askAs(t, s, weak, "GET", authTokens+"console-root/view_key/", ""); a.Status != 404 {
		t.Errorf("another's key: %d", a.Status)
	}
	auditor := keyOf(t, s, func(u map[string]any) bool { return strings.Contains(fmt.Sprint(u["roles_obj"]), "Auditors") })
	for _, row := range listAs(t, s, auditor) {
		if row["identifier"] == "console-root" {
			t.Error("who has the right view_token sees everything")
		}
	}
	ask(t, s, "POST", authTokens, `{"identifier":"late","intent":"app_password","expires":"2020-01-01"}`)
	if a := ask(t, s, "POST", authTokens, `{"identifier":"late"}`); a.Status != 400 {
		t.Errorf("a name that is taken: %d %s", a.Status, a.Body)
	}
	for body, crashes := range map[string]bool{"{\"identifier\":\"a\xff\"}": true, `{"identifier":"fine"}`: false} {
		if a := ask(t, s, "POST", authTokens, body); crashed(a) != crashes {
			t.Errorf("%q: %d %s", body, a.Status, a.Body)
		}
	}
	if v := ask(t, s, "GET", "/api/v3/admin/version/", "").Object(t)["version_current"]; v != "2025.12.4" {
		t.Errorf("the version is %v", v)
	}
}

// listAs is the first page of tokens that somebody sees.
func listAs(t *testing.T, s *demo.Server, key string) []map[string]any {
	t.Helper()
	return askAs(t, s, key, "GET", authTokens+"?page_size=100", "").Rows(t)
}
