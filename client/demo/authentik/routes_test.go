package authentik_test

import (
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func TestAuthentikHasNoPathWithoutItsSlash(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, c := range [][2]string{
		{"GET", "/api/v3/core/tokens"},
		{"POST", "/api/v3/core/tokens"},
		{"GET", "/api/v3/core/users/me"},
		{"DELETE", authTokens + "desk-staff"},
		{"GET", "/"},
		{"GET", "/api/v3"},
		{"GET", authTokens + "a%2Fb/"},
		{"GET", authTokens + "d.one/"},
		{"DELETE", authTokens + "desk-staff%2F%2F"},
		{"GET", "/core/tokens/"},
		{"GET", "/api/v3//core/tokens/"},
		{"GET", authTokens + "desk-staff/key/"},
		{"POST", authTokens + "desk-staff/rotate_secret/"},
	} {
		a := ask(t, s, c[0], c[1], "")
		lost := a.Status == 404 && strings.HasPrefix(a.Header.Get("Content-Type"), "text/html")
		if c[0] != "GET" {
			lost = crashed(a) // its page for what is not there is a view that knows GET alone
		}
		if !lost || a.Header.Get("Location") != "" {
			t.Errorf("%s %s: %d %v", c[0], c[1], a.Status, a.Header)
		}
	}
	if a := ask(t, s, "GET", authTokens+"desk-staff/", ""); a.Status != 200 {
		t.Error("the deletion without a slash was done")
	}
}

func TestAnAuthentikMethodThatIsNotThereIsRefusedAfterTheKey(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, c := range [][3]string{
		{"PUT", authTokens, "GET, POST, HEAD, OPTIONS"},
		{"POST", authTokens + "desk-staff/", "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"},
		{"POST", authMe, "GET, HEAD, OPTIONS"},
		{"GET", authTokens + "x/set_key/", "POST, OPTIONS"},
	} {
		if a := ask(t, s, c[0], c[1], ""); a.Status != 405 || a.Header.Get("Allow") != c[2] || a.Object(t)["detail"] == "" {
			t.Errorf("%s %s: %d, allows %s", c[0], c[1], a.Status, a.Header.Get("Allow"))
		}
		if a, _ := send(t.Context(), s, c[0], c[1], "", ""); a.Status != 403 {
			t.Errorf("%s %s without a key: %d", c[0], c[1], a.Status)
		}
	}
}

func TestAuthentikFaultsSpeakItsOwnWords(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for fault, want := range map[string]demotest.Answer{
		"401": {Status: 403, Body: "Token invalid/expired"},
		"403": {Status: 403, Body: authForbidden},
		"404": {Status: 404, Body: "No Token matches the given query."},
		"429": {Status: 429, Body: "Request was throttled. Expected available in 5 seconds."},
	} {
		if err := s.Break("authentik/any:" + fault); err != nil {
			t.Fatal(err)
		}
		for _, c := range [][2]string{{"GET", authMe}, {"POST", authTokens}, {"GET", "/api/v3/root/config/"}} {
			if a := ask(t, s, c[0], c[1], ""); a.Status != want.Status || a.Object(t)["detail"] != want.Body {
				t.Errorf("%s %s: %d %s", fault, c[1], a.Status, a.Body)
			}
		}
	}
}

// crashed reports whether an answer is what authentik says to a write that failed, or
// that met no route.
func crashed(a demotest.Answer) bool {
	return a.Status == 405 && a.Body == "" && a.Header.Get("Allow") == "GET, HEAD, OPTIONS" &&
		strings.HasPrefix(a.Header.Get("Content-Type"), "text/html")
}

func TestAWriteThatFailsOnAuthentikIsSaidNotToBeAllowed(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "authentik/regenerate:crash:once,authentik/create:500:once,authentik/me:500"})
	path := authTokens + "desk-staff/"
	if a := ask(t, s, "POST", path+"set_key/", `{"key":"chosen"}`); !crashed(a) {
		t.Errorf("%d %v %s", a.Status, a.Header, a.Body)
	}
	if key := ask(t, s, "GET", path+"view_key/", "").Object(t)["key"]; key != "chosen" {
		t.Errorf("what was saved before the failure is %v", key)
	}
	if a := ask(t, s, "POST", authTokens, `{"identifier":"x"}`); !crashed(a) {
		t.Errorf("%d %v", a.Status, a.Header)
	}
	if a := ask(t, s, "GET", authTokens+"x/", ""); a.Status != 404 {
		t.Errorf("without crash, something was done: %d", a.Status)
	}
	if a := ask(t, s, "GET", authMe, ""); a.Status != 500 || !strings.HasPrefix(a.Body, "<!doctype") {
		t.Errorf("a read that fails says %d", a.Status)
	}
}

func TestTheNameOfAnExpiredTokenBreaksACreate(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	rows := ask(t, s, "GET", authTokens+"?page_size=100&expiring=true&ordering=expires", "").Rows(t)
	name := string(demotest.MustJSON(rows[0]["identifier"]))
	if a := ask(t, s, "POST", authTokens, `{"identifier":`+name+`}`); !crashed(a) {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a := ask(t, startOld(t), "POST", authTokens, `{"identifier":`+name+`}`); a.Status != 400 {
		t.Errorf("on an old one: %d %s", a.Status, a.Body)
	}
}

func TestEveryAuthentikRouteHasItsEndpoint(t *testing.T) {
	s := demotest.Start(t, demo.Options{Quirks: []demo.Quirk{demo.AuthentikRotate}})
	for _, c := range [][3]string{
		{"GET", authTokens, "tokens"},
		{"POST", authTokens, "create"},
		{"GET", authTokens + "x/", "token"},
		{"PUT", authTokens + "x/", "edit"},
		{"PATCH", authTokens + "x/", "edit"},
		{"DELETE", authTokens + "x/", "delete"},
		{"GET", authTokens + "x/view_key/", "reveal"},
		{"POST", authTokens + "x/set_key/", "regenerate"},
		{"POST", authTokens + "x/rotate_secret/", "regenerate"},
		{"GET", authTokens + "x/used_by/", "choices"},
		{"GET", authUsers, "users"},
		{"GET", authUsers + "1/", "user"},
		{"GET", authUsers + "1/used_by/", "choices"},
		{"GET", authMe, "me"},
		{"GET", "/api/v3/admin/version/", "probe"},
		{"GET", "/api/v3/root/config/", "probe"},
		{"GET", "/api/v3/admin/settings/", "choices"},
		{"GET", "/nowhere/", ""},
	} {
		ask(t, s, c[0], c[1], "")
		all := s.Requests()
		if last := all[len(all)-1]; last.Kind != "authentik" || last.Endpoint != c[2] {
			t.Errorf("%s %s is %s/%s", c[0], c[1], last.Kind, last.Endpoint)
		}
	}
}

func TestAuthentikProbesAndChoices(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	version := ask(t, s, "GET", "/api/v3/admin/version/", "").Object(t)
	if demotest.Names(version) != "build_hash outdated outpost_outdated version_current version_latest version_latest_valid" || version["version_current"] != "2026.5.6" {
		t.Errorf("version %v", version)
	}
	config := ask(t, s, "GET", "/api/v3/root/config/", "").Object(t)
	if demotest.Names(config) != "cache_timeout cache_timeout_flows cache_timeout_policies capabilities error_reporting" {
		t.Errorf("config %v", config)
	}
	settings := ask(t, s, "GET", "/api/v3/admin/settings/", "").Object(t)
	if settings["default_token_duration"] != "minutes=30" || settings["default_token_length"] != 60.0 || settings["pagination_max_page_size"] != 100.0 {
		t.Errorf("settings %v", settings)
	}
	used := ask(t, s, "GET", authUsers+"2/used_by/", "")
	if !strings.HasPrefix(used.Body, `[{"app":"authentik_core","model_name":"token","pk":"`) || !strings.Contains(used.Body, `"name":"desk-staff","action":"cascade"}`) {
		t.Errorf("used_by %s", used.Body)
	}
}
