package authentik_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func startOld(t *testing.T) *demo.Server {
	t.Helper()
	return demotest.Start(t, demo.Options{Now: noon, Quirks: []demo.Quirk{demo.AuthentikOld}})
}

func TestAnOldAuthentikTellsLessOfItsUsers(t *testing.T) {
	s := startOld(t)
	const fields = "attributes avatar email groups groups_obj is_active is_superuser last_login name path pk type uid username uuid"
	a := ask(t, s, "GET", authUsers, "")
	if got := demotest.Names(a.Object(t)); got != "pagination results" {
		t.Errorf("envelope %s", got)
	}
	for _, u := range []map[string]any{a.Rows(t)[0], ownerOf(ask(t, s, "GET", authTokens, "").Rows(t)[0])} {
		if got := demotest.Names(u); got != fields {
			t.Errorf("fields %s", got)
		}
	}
	admin := ask(t, s, "GET", authUsers+"1/", "").Object(t)
	if group := demotest.Objects(admin["groups_obj"])[0]; demotest.Names(group) != "attributes is_superuser name num_pk parent parent_name pk" || group["parent"] != nil {
		t.Errorf("group %v", group)
	}
	if me := ask(t, s, "GET", authMe, "").Object(t)["user"].(map[string]any); me["pk"] != 1.0 || strings.Contains(demotest.Names(me), "roles") {
		t.Errorf("me %v", me)
	}
	if v := ask(t, s, "GET", "/api/v3/admin/version/", "").Object(t); v["version_current"] != "2024.6.5" || v["outdated"] != true {
		t.Errorf("version %v", v)
	}
	if all := ask(t, s, "GET", "/api/v3/admin/settings/", "").Object(t); strings.Contains(demotest.Names(all), "pagination") {
		t.Errorf("settings %v", all)
	}
}

func TestAnOldAuthentikHasPagesWithoutALimit(t *testing.T) {
	s := startOld(t)
	for query, want := range map[string]int{"": 100, "?page_size=160": 160, "?page_size=1000": 170} {
		if got := len(ask(t, s, "GET", authTokens+query, "").Rows(t)); got != want {
			t.Errorf("%s: %d rows", query, got)
		}
	}
	up := demotest.Values(ask(t, s, "GET", authTokens+"?page_size=1000&ordering=expires", "").Rows(t), "expires")
	if up[0] == "<nil>" || up[len(up)-1] != "<nil>" {
		t.Errorf("ends go from %s to %s", up[0], up[len(up)-1])
	}
}

func TestAnOldAuthentikFailsOverAnAppPasswordWithoutAnEnd(t *testing.T) {
	s := startOld(t)
	for body, want := range map[string]int{
		`{"identifier":"a","intent":"app_password","expires":null}`: 405,
		`{"identifier":"b","intent":"app_password"}`:                201,
		`{"identifier":"c","intent":"api","expires":null}`:          201,
	} {
		if a := ask(t, s, "POST", authTokens, body); a.Status != want || want == 405 && !crashed(a) {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
}

func TestAnOldAuthentikForgetsAnExpiredTokenWhenItIsUsed(t *testing.T) {
	s := startOld(t)
	rows := ask(t, s, "GET", authTokens+"?page_size=1000&intent=api&expiring=true&ordering=expires", "").Rows(t)
	path := fmt.Sprint(authTokens, rows[0]["identifier"], "/")
	key := ask(t, s, "GET", path+"view_key/", "").Object(t)["key"].(string)
	if a := askAs(t, s, key, "GET", authMe, ""); a.Status != 403 || a.Object(t)["detail"] != "Token invalid/expired" {
		t.Errorf("the expired key: %d %s", a.Status, a.Body)
	}
	if a := ask(t, s, "GET", path, ""); a.Status != 404 {
		t.Errorf("the row: %d", a.Status)
	}
}

func TestAnOldAuthentikShowsTheTokensOfOthersToSuperusersAlone(t *testing.T) {
	s := demotest.Start(t, demo.Options{Users: 1000, Now: noon, Quirks: []demo.Quirk{demo.AuthentikOld}})
	met := 0
	for _, row := range ask(t, s, "GET", authTokens+"?page_size=1000&intent=api&expiring=false", "").Rows(t) {
		key := ask(t, s, "GET", fmt.Sprint(authTokens, row["identifier"], "/view_key/"), "").Object(t)["key"].(string)
		a := askAs(t, s, key, "GET", authTokens+"?page_size=1000", "")
		if a.Status != 200 {
			continue // an inactive owner
		}
		owners := slices.Compact(slices.Sorted(slices.Values(demotest.Values(a.Rows(t), "user"))))
		if (len(owners) > 1) != (ownerOf(row)["is_superuser"] == true) {
			t.Errorf("user %v sees those of %d", row["user"], len(owners))
		}
		met++
	}
	if met < 10 {
		t.Errorf("%d keys tried", met)
	}
}

func TestAnOldAuthentikRefusesInItsOwnWords(t *testing.T) {
	s := startOld(t)
	a, err := send(t.Context(), s, "GET", authMe, "Token x", "")
	if err != nil || a.Status != 403 || a.Object(t)["detail"] != "Unsupported authentication type" {
		t.Errorf("another scheme: %d %s %v", a.Status, a.Body, err)
	}
	if a := ask(t, s, "POST", authTokens+"desk-staff/set_key/", `{}`); a.Status != 400 || a.Body != "" {
		t.Errorf("set_key without a key: %d %q", a.Status, a.Body)
	}
}

func TestAnAuthentikThatRotatesDoesNotTellTheNewKey(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: noon, Quirks: []demo.Quirk{demo.AuthentikRotate}})
	sys := systemOf(s)
	a := askAs(t, s, sys.Weak, "POST", authTokens+"desk-staff/rotate_secret/", "")
	if a.Status != 200 || strings.TrimSpace(a.Body) != `{"secret":null}` {
		t.Fatalf("rotate: %d %q", a.Status, a.Body)
	}
	row := ask(t, s, "GET", authTokens+"desk-staff/", "").Object(t)
	if row["expires"] != authEnd(30*time.Minute) || row["expiring"] != false {
		t.Errorf("ends %v", row["expires"])
	}
	key := ask(t, s, "GET", authTokens+"desk-staff/view_key/", "").Object(t)["key"].(string)
	for key, want := range map[string]int{sys.Weak: 403, key: 200} {
		if a := askAs(t, s, key, "GET", authMe, ""); a.Status != want {
			t.Errorf("key %q: %d", key, a.Status)
		}
	}
	if a := askAs(t, s, key, "POST", authTokens+"console-root/rotate_secret/", ""); a.Status != 404 {
		t.Errorf("of somebody else: %d", a.Status)
	}
}

func TestAnAuthentikMayLetNobodyChooseAKey(t *testing.T) {
	s := demotest.Start(t, demo.Options{Quirks: []demo.Quirk{demo.AuthentikNoSetKey}})
	a := ask(t, s, "POST", authTokens+"desk-staff/set_key/", `{"key":"s3cret"}`)
	if a.Status != 403 || a.Object(t)["detail"] != authForbidden {
		t.Errorf("set_key: %d %s", a.Status, a.Body)
	}
	if a := askAs(t, s, systemOf(s).Weak, "GET", authMe, ""); a.Status != 200 {
		t.Errorf("the old key: %d", a.Status)
	}
}
