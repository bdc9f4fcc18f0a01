package authentik_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

const authForbidden = "You do not have permission to perform this action."

func TestWithoutAGoodAuthentikKeyEverythingIsForbiddenAndNothingUnauthorized(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	key := systemOf(s).Token
	for header, want := range map[string]string{
		"":                          "Authentication credentials were not provided.",
		"Bearer":                    "Authentication credentials were not provided.",
		"Token " + key:              "Authentication credentials were not provided.",
		"Basic " + key:              "Authentication credentials were not provided.",
		"Bearer " + key[:59]:        "Token invalid/expired",
		"Bearer " + key + " " + key: "Token invalid/expired",
	} {
		for _, path := range []string{authTokens, authMe, authUsers, "/api/v3/admin/version/", "/api/v3/admin/settings/"} {
			a, err := send(t.Context(), s, "GET", path, header, "")
			if err != nil || a.Status != 403 || a.Object(t)["detail"] != want || a.Header.Get("WWW-Authenticate") != "" {
				t.Errorf("%q %s: %d %s %v", header, path, a.Status, a.Body, err)
			}
		}
	}
	for _, c := range [][2]string{{authMe, "bearer " + key}, {"/api/v3/root/config/", ""}} {
		if a, err := send(t.Context(), s, "GET", c[0], c[1], ""); err != nil || a.Status != 200 {
			t.Errorf("%s: %d %v", c[0], a.Status, err)
		}
	}
}

func TestOnlyALivingAuthentikAPIKeyOfAnActiveUserLetsIn(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon})
	met := map[string]int{}
	for _, row := range listAll(t, s, authTokens) {
		u, end := ownerOf(row), row["expires"]
		sort := "good"
		switch {
		case row["intent"] != "api":
			sort = "of another intent"
		case u["is_active"] == false:
			sort = "of an inactive user"
		case row["expiring"] == true && end.(string) < stage.FormatTime(noon()):
			sort = "expired"
		}
		met[sort]++
		key := ask(t, s, "GET", fmt.Sprint(authTokens, row["identifier"], "/view_key/"), "").Object(t)["key"].(string)
		a := askAs(t, s, key, "GET", authMe, "")
		if (a.Status == 200) != (sort == "good") || a.Status != 200 && a.Object(t)["detail"] != "Token invalid/expired" {
			t.Errorf("a key %s: %d %.100s", sort, a.Status, a.Body)
		}
		if a.Status == 200 && a.Object(t)["user"].(map[string]any)["pk"] != row["user"] {
			t.Errorf("%v lets in %.100s", row["user"], a.Body)
		}
	}
	if len(met) != 4 {
		t.Errorf("the seed has only %v", met)
	}
	if after := listAll(t, s, authTokens); len(after) != 170 {
		t.Errorf("%d rows after the expired were used", len(after))
	}
}

func TestTheWeakAuthentikUserSeesTheirOwnTokenAndNoKeyOfIt(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	weak := systemOf(s).Weak
	const own = authTokens + "desk-staff/"
	for _, c := range []struct {
		method, path, body string
		want               int
		detail             string
	}{
		{"GET", authMe, "", 200, ""},
		{"GET", "/api/v3/admin/version/", "", 200, ""},
		{"GET", "/api/v3/root/config/", "", 200, ""},
		{"GET", own, "", 200, ""},
		{"GET", own + "used_by/", "", 200, ""},
		{"GET", own + "view_key/", "", 403, authForbidden},
		{"POST", own + "set_key/", `{"key":"x"}`, 403, authForbidden},
		{"GET", authTokens + "console-root/", "", 404, "No Token matches the given query."},
		{"GET", authTokens + "console-root/view_key/", "", 403, authForbidden}, // and so it is told that there is one
		{"POST", authTokens + "console-root/set_key/", `{"key":"x"}`, 403, authForbidden},
		{"GET", authTokens + "nobodys/view_key/", "", 404, "No Token matches the given query."},
		{"PATCH", authTokens + "console-root/", `{"user":1}`, 404, "No Token matches the given query."},
		{"DELETE", authTokens + "console-root/", "", 404, "No Token matches the given query."},
		{"GET", authUsers, "", 403, authForbidden},
		{"GET", authUsers + "1/", "", 403, authForbidden},
		{"GET", authUsers + "2/", "", 403, authForbidden},
		{"GET", authUsers + "2/used_by/", "", 403, authForbidden},
		{"GET", "/api/v3/admin/settings/", "", 403, authForbidden},
		{"PUT", own, `{"identifier":"desk-staff","user":2,"intent":"api","expiring":false}`, 200, ""},
		{"DELETE", own, "", 204, ""},
	} {
		a := askAs(t, s, weak, c.method, c.path, c.body)
		if a.Status != c.want || c.detail != "" && a.Object(t)["detail"] != c.detail {
			t.Errorf("%s %s: %d %.200s", c.method, c.path, a.Status, a.Body)
		}
	}
}

func TestTheWeakAuthentikUsersListIsTheirOwn(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, row := range askAs(t, s, systemOf(s).Weak, "GET", authTokens, "").Rows(t) {
		if row["user"] != 2.0 {
			t.Errorf("user %v is listed", row["user"])
		}
	}
}

func TestAnAuthentikAuditorSeesEveryTokenAndChangesNone(t *testing.T) {
	s := demotest.Start(t, demo.Options{Users: 1000, Now: noon})
	auditor := keyOf(t, s, func(u map[string]any) bool { return strings.Contains(fmt.Sprint(u["roles_obj"]), "Auditors") })
	if page := askAs(t, s, auditor, "GET", authTokens, "").Object(t)["pagination"]; page.(map[string]any)["count"].(float64) < 170 {
		t.Errorf("sees %v", page)
	}
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{"GET", "console-root/", 200},
		{"GET", "console-root/view_key/", 403},
		{"PATCH", "console-root/", 403},
		{"POST", "console-root/set_key/", 403},
		{"DELETE", "console-root/", 403},
		{"DELETE", "nobody/", 404},
	} {
		if a := askAs(t, s, auditor, c.method, authTokens+c.path, "{}"); a.Status != c.want {
			t.Errorf("%s %s: %d", c.method, c.path, a.Status)
		}
	}
	if a := askAs(t, s, auditor, "GET", authUsers, ""); a.Status != 200 {
		t.Errorf("users: %d", a.Status)
	}
}

// keyOf is a key of a user who fits, made for the purpose.
func keyOf(t *testing.T, s *demo.Server, fits func(map[string]any) bool) string {
	t.Helper()
	for _, u := range listAll(t, s, authUsers) {
		if fits(u) && u["is_active"] == true {
			body := fmt.Sprintf(`{"identifier":"made","user":%v}`, u["pk"])
			if a := ask(t, s, "POST", authTokens, body); a.Status != 201 {
				t.Fatalf("create: %d %s", a.Status, a.Body)
			}
			return ask(t, s, "GET", authTokens+"made/view_key/", "").Object(t)["key"].(string)
		}
	}
	t.Fatal("nobody fits")
	return ""
}

func TestAMachineOfAuthentiksOwnGetsAnEmptyListOfUsers(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	key := keyOf(t, s, func(u map[string]any) bool { return u["type"] == "internal_service_account" })
	if a := askAs(t, s, key, "GET", authUsers, ""); a.Status != 200 || len(a.Rows(t)) != 0 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestAuthentikSaysWhoIsAsking(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for key, super := range map[string]bool{systemOf(s).Token: true, systemOf(s).Weak: false} {
		a := askAs(t, s, key, "GET", authMe, "")
		if demotest.Names(a.Object(t)) != "user" || a.Status != http.StatusOK {
			t.Errorf("me: %d %s", a.Status, a.Body)
		}
		me := a.Object(t)["user"].(map[string]any)
		const fields = "avatar email groups is_active is_superuser name pk roles settings system_permissions type uid username"
		if demotest.Names(me) != fields || me["is_superuser"] != super || (len(me["system_permissions"].([]any)) > 0) != super {
			t.Errorf("me is %v", me)
		}
	}
}
