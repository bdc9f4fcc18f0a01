package awx_test

import (
	"fmt"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/awx"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

func TestAUserOfAWXTellsWhatItsGenerationKnows(t *testing.T) {
	for g, c := range map[demo.Generation]struct{ base, fields string }{
		demo.AWXTower: {"/api/v1/", "auth created email external_account first_name id is_superuser is_system_auditor last_name ldap_dn " +
			"related summary_fields type url username"},
		demo.AWXOAuth2: {"/api/v2/", "auth created email external_account first_name id is_superuser is_system_auditor last_login last_name ldap_dn " +
			"modified password related summary_fields type url username"},
		demo.AWXNone: {"/api/v2/", "created email first_name id is_superuser is_system_auditor last_login last_name " +
			"modified password related summary_fields type url username"},
		demo.AWXGateway: {"/api/gateway/v1/", "created created_by email first_name id is_platform_auditor is_superuser last_login last_login_from " +
			"last_name managed modified modified_by password related summary_fields url username"},
	} {
		d := start(t, demo.Options{AWX: g})
		rows := d.pages(d.admin(), c.base+"users/?page_size=200")
		if len(rows) != 240 {
			t.Errorf("%s: %d users", g, len(rows))
		}
		met := map[string]int{}
		for _, u := range append(rows, d.call(d.admin(), "GET", c.base+"users/1/", "").Object(t), d.call(d.admin(), "GET", c.base+"me/", "").Rows(t)[0]) {
			if got := demotest.Names(u); got != c.fields {
				t.Fatalf("%s: fields %s", g, got)
			}
			if password, has := u["password"]; has && password != "$encrypted$" {
				t.Errorf("%s: password %v", g, password)
			}
			if u["url"] != fmt.Sprintf("%susers/%v/", c.base, u["id"]) {
				t.Errorf("%s: url %v", g, u["url"])
			}
			for _, field := range []string{"is_superuser", "is_system_auditor", "is_platform_auditor"} {
				if u[field] == true {
					met[field]++
				}
			}
			if u["external_account"] != nil {
				met["external"]++
			}
			if u["last_login"] == nil {
				met["never"]++
			}
		}
		if met["is_superuser"] < 2 || met["is_system_auditor"]+met["is_platform_auditor"] < 2 || met["never"] < 5 {
			t.Errorf("%s: %v", g, met)
		}
		if knows := g == demo.AWXTower || g == demo.AWXOAuth2; (met["external"] > 5) != knows {
			t.Errorf("%s: %d external accounts", g, met["external"])
		}
	}
}

func TestMeIsAListOfOne(t *testing.T) {
	for g, path := range map[demo.Generation]string{
		demo.AWXTower: "/api/v2/me/", demo.AWXOAuth2: "/api/v2/me/", demo.AWXNone: "/api/v2/me/", demo.AWXGateway: "/api/gateway/v1/me/",
	} {
		d := start(t, demo.Options{AWX: g})
		a := d.call(d.weak(), "GET", path, "")
		if got := demotest.Names(a.Object(t)); got != "count next previous results" || a.Object(t)["count"] != 1.0 || a.Rows(t)[0]["username"] != "desk.staff" {
			t.Errorf("%s: %s", g, a.Body)
		}
	}
}

func TestWhoHasNoRightsSeesThemselvesAndTheAdministrators(t *testing.T) {
	d := start(t, demo.Options{})
	for _, u := range d.pages(d.weak(), usersPath) {
		if u["is_superuser"] != true && u["username"] != "desk.staff" {
			t.Errorf("sees %v", u["username"])
		}
	}
	hidden := d.call(d.admin(), "GET", usersPath+"?is_superuser=false&id__gt=2", "").Rows(t)[0]["url"].(string)
	for _, path := range []string{hidden, hidden + "tokens/"} {
		d.expect(path, d.call(d.weak(), "GET", path, ""), 403, "You do not have permission to perform this action.")
	}
	a := awx.NewInside(demo.AWXOAuth2)
	member := a.Somebody(t, func(u *stage.User) bool { return !u.Admin && !a.Auditor(u) && a.Org(u.ID) == 1 })
	rows := as(t, a, member, "GET", usersPath+"?page_size=200", "").Rows(t)
	for _, u := range rows {
		if a.Org(int(u["id"].(float64))) != 1 && u["is_superuser"] != true {
			t.Errorf("a member sees %v", u["username"])
		}
	}
	if len(rows) < 10 {
		t.Errorf("a member sees %d", len(rows))
	}
}

func TestWhoMayDoWhatToAUserIsTold(t *testing.T) {
	d := start(t, demo.Options{})
	for _, c := range []struct {
		auth, path   string
		edit, delete bool
	}{
		{d.admin(), "1", true, false},
		{d.admin(), "2", true, true},
		{d.weak(), "2", true, false},
		{d.weak(), "1", false, false},
	} {
		may := d.call(c.auth, "GET", usersPath+c.path+"/", "").Object(t)["summary_fields"].(map[string]any)["user_capabilities"].(map[string]any)
		if may["edit"] != c.edit || may["delete"] != c.delete {
			t.Errorf("%s: %v", c.path, may)
		}
	}
}

func TestCreatedOfAUserIsNoFilterInTower(t *testing.T) {
	const since = "__gt=2025-01-01T00:00:00Z"
	tower, later := start(t, demo.Options{AWX: demo.AWXTower}), start(t, demo.Options{})
	tower.expect("tower", tower.call(tower.admin(), "GET", "/api/v2/users/?created"+since, ""), 400, "User has no field named 'created'")
	want := later.call(later.admin(), "GET", usersPath+"?created"+since, "").Object(t)["count"]
	for _, d := range []client{tower, later} {
		if got := d.call(d.admin(), "GET", usersPath+"?date_joined"+since, "").Object(t)["count"]; got != want || got == 0.0 {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestModifiedOfAUserIsTheirLastSignIn(t *testing.T) {
	d := start(t, demo.Options{})
	for _, u := range d.pages(d.admin(), usersPath+"?page_size=200") {
		if u["modified"] != u["last_login"] {
			t.Errorf("%v: %v and %v", u["username"], u["modified"], u["last_login"])
		}
	}
	gateway := start(t, demo.Options{AWX: demo.AWXGateway})
	for _, u := range gateway.pages(gateway.admin(), "/api/gateway/v1/users/?last_login__isnull=true") {
		if demotest.When(t, u["modified"]).After(time.Now()) || u["last_login"] != nil {
			t.Errorf("gateway: %v", u)
		}
	}
}
