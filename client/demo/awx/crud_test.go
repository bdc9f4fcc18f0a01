package awx_test

import (
	"net/url"
	"strings"
	"testing"

	"authdeck/client/demo"
)

func TestAUserOfAWXIsMadeChangedAndDeletedWithTheirTokens(t *testing.T) {
	for g, path := range map[demo.Generation]string{
		demo.AWXTower: "/api/v2/users/", demo.AWXOAuth2: usersPath, demo.AWXGateway: gatewayUsers, demo.AWXNone: usersPath,
	} {
		d := start(t, demo.Options{AWX: g})
		a := d.call(d.admin(), "POST", path, `{"username":"kit","password":"one","first_name":"Kit","email":"kit@x.example"}`)
		made := a.Object(t)
		if a.Status != 201 || a.Header.Get("Location") != made["url"] || made["username"] != "kit" || strings.Contains(a.Body, `"one"`) {
			t.Fatalf("%s: %d %s", g, a.Status, a.Body)
		}
		at, kit := made["url"].(string), basicAuth("kit", "one")
		tokens := strings.Replace(path, "users", "tokens", 1)
		key := ""
		if g.HasOAuth2() {
			key = d.call(kit, "POST", tokens, `{}`).Object(t)["token"].(string)
		}
		now := d.call(d.admin(), "PATCH", at, `{"password":"two","is_superuser":true}`).Object(t)
		if now["is_superuser"] != true || now["first_name"] != "Kit" {
			t.Errorf("%s: %v", g, now)
		}
		d.expect("the old password", d.call(kit, "GET", strings.Replace(path, "users", "me", 1), ""), 401, "")
		if g.HasOAuth2() {
			d.expect("the token lives on", d.call("Bearer "+key, "GET", tokens, ""), 200, "")
		}
		d.expect("taken", d.call(d.admin(), "POST", path, `{"username":"kit","password":"x"}`), 400, "")
		d.expect("weak", d.call(d.weak(), "POST", path, `{"username":"more","password":"x"}`), 403, "")
		d.expect("others", d.call(d.weak(), "PATCH", at, `{"first_name":"x"}`), 403, "")
		d.expect("myself", d.call(d.admin(), "DELETE", path+"1/", ""), 403, "")
		d.expect("gone", d.call(d.admin(), "DELETE", at, ""), 204, "")
		d.expect("gone", d.call(d.admin(), "GET", at, ""), 404, "")
		if g.HasOAuth2() {
			d.expect("and the token", d.call("Bearer "+key, "GET", tokens, ""), 401, "")
		}
	}
}

func TestNobodyRaisesThemselves(t *testing.T) {
	d := start(t, demo.Options{})
	now := d.call(d.weak(), "PATCH", usersPath+"2/", `{"first_name":"Dee","is_superuser":true}`).Object(t)
	if now["first_name"] != "Dee" || now["is_superuser"] != false {
		t.Errorf("%v", now)
	}
	a := d.call(d.admin(), "POST", usersPath, `{"first_name":"x"}`)
	for _, words := range []string{`"password":["Password required for new User."]`, `"username":["This field is required."]`} {
		if a.Status != 400 || !strings.Contains(a.Body, words) {
			t.Errorf("%d %s", a.Status, a.Body)
		}
	}
}

func TestARefreshTokenEndsWithItsToken(t *testing.T) {
	d := start(t, demo.Options{})
	app := d.call(d.admin(), "POST", "/api/v2/applications/", `{"name":"ci","organization":1,"client_type":"confidential","authorization_grant_type":"password"}`).Object(t)
	client := basicAuth(app["client_id"].(string), app["client_secret"].(string))
	ask := func(form url.Values) (int, map[string]any) {
		a := d.call(client, "POST", "/api/o/token/", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
		if a.Status == 500 {
			return 500, nil
		}
		return a.Status, a.Object(t)
	}
	status, first := ask(url.Values{"grant_type": {"password"}, "username": {d.sys.Username}, "password": {d.sys.Password}})
	if status != 201 || first["token_type"] != "Bearer" || first["scope"] != "read write" {
		t.Fatalf("%d %v", status, first)
	}
	status, second := ask(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {first["refresh_token"].(string)}})
	if status != 201 {
		t.Fatalf("%d %v", status, second)
	}
	d.expect("the first is over", d.call("Bearer "+first["access_token"].(string), "GET", tokensPath, ""), 401, "")
	row := d.call("Bearer "+second["access_token"].(string), "GET", tokensPath+"?application="+"6", "").Rows(t)[0]
	d.call(d.admin(), "DELETE", row["url"].(string), "")
	if status, _ := ask(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {second["refresh_token"].(string)}}); status != 500 {
		t.Errorf("after the token is deleted: %d", status)
	}
	for body, want := range map[string]int{"": 400, "grant_type=password": 401, "grant_type=refresh_token": 401} {
		if a := d.call("", "POST", "/api/o/token/", body, "Content-Type", "application/x-www-form-urlencoded"); a.Status != want {
			t.Errorf("%q: %d %s", body, a.Status, a.Body)
		}
	}
	if shown := d.call(d.admin(), "GET", app["url"].(string), "").Object(t); shown["client_secret"] != "************" {
		t.Errorf("%v", shown)
	}
	d.expect("renamed", d.call(d.admin(), "PATCH", app["url"].(string), `{"name":"cd"}`), 200, "")
	d.expect("deleted", d.call(d.admin(), "DELETE", app["url"].(string), ""), 204, "")
	if a := d.call(d.admin(), "POST", "/api/v2/applications/", `{}`); a.Status != 400 || strings.Count(a.Body, "This field is required.") != 4 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestWhatIsDoneToATokenIsInTheActivityStream(t *testing.T) {
	d := start(t, demo.Options{})
	made := d.call(d.admin(), "POST", tokensPath, `{"description":"a"}`).Object(t)
	d.call(d.admin(), "PATCH", made["url"].(string), `{"description":"b"}`)
	rows := d.call(d.admin(), "GET", made["url"].(string)+"activity_stream/", "").Rows(t)
	if len(rows) != 2 || rows[0]["operation"] != "create" || rows[1]["operation"] != "update" || rows[1]["object1"] != "o_auth2_access_token" {
		t.Errorf("%v", rows)
	}
	if mine := d.call(d.weak(), "GET", made["url"].(string)+"activity_stream/", "").Rows(t); len(mine) != 0 {
		t.Errorf("who has no rights sees %v", mine)
	}
}

func TestOptionsOfAReadOnlyTokenTellOfNothingToWrite(t *testing.T) {
	d := start(t, demo.Options{})
	key := d.call(d.admin(), "POST", tokensPath, `{"scope":"read"}`).Object(t)["token"].(string)
	actions := func(auth, path string) map[string]any {
		return d.call(auth, "OPTIONS", path, "").Object(t)["actions"].(map[string]any)
	}
	for auth, want := range map[string]bool{d.admin(): true, "Bearer " + key: false} {
		if _, post := actions(auth, tokensPath)["POST"]; post != want {
			t.Errorf("%s: %v", auth, post)
		}
	}
	if _, post := actions(d.weak(), usersPath)["POST"]; post {
		t.Error("who has no rights is told how to make users")
	}
	told := d.call(d.admin(), "OPTIONS", tokensPath, "").Object(t)
	scope := told["actions"].(map[string]any)["POST"].(map[string]any)["scope"].(map[string]any)
	if scope["default"] != "write" || scope["required"] != false || told["search_fields"] == nil || told["related_search_fields"] == nil || told["types"] == nil {
		t.Errorf("%v", told)
	}
}
