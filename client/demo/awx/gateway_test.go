package awx_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/awx"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

const gatewayTokens, gatewayUsers = "/api/gateway/v1/tokens/", "/api/gateway/v1/users/"

func TestATokenOfTheGatewayHasNoTypeButWhenItWasUsed(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXGateway})
	const fields = "application created created_by description expires id last_used modified modified_by refresh_token related scope " +
		"summary_fields token url user"
	never, rows := 0, d.pages(d.admin(), gatewayTokens)
	for _, row := range rows {
		if got := demotest.Names(row); got != fields || row["token"] != "$encrypted$" || row["created_by"] != row["user"] {
			t.Fatalf("token %v", row)
		}
		if row["last_used"] == nil {
			never++
		} else if demotest.When(t, row["last_used"]).Before(demotest.When(t, row["created"])) {
			t.Errorf("used before it was made: %v", row)
		}
	}
	if len(rows) != 170 || never < 10 || never > 100 {
		t.Errorf("%d tokens, %d never used", len(rows), never)
	}
	made := d.call(d.admin(), "POST", gatewayTokens, `{"description":"x"}`).Object(t)
	if made["last_used"] != nil || made["url"] == "" || !strings.HasPrefix(made["url"].(string), gatewayTokens) {
		t.Errorf("made %v", made)
	}
	d.call("Bearer "+made["token"].(string), "GET", "/api/gateway/v1/me/", "")
	used := d.call(d.admin(), "GET", made["url"].(string), "").Object(t)
	if used["last_used"] == nil || used["token"] != "$encrypted$" {
		t.Errorf("used %v", used)
	}
}

func TestTheGatewayGivesFiftyRowsUnlessAsked(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXGateway})
	a := d.call(d.admin(), "GET", gatewayTokens, "")
	if len(a.Rows(t)) != 50 || a.Object(t)["next"] != gatewayTokens+"?page=2" {
		t.Errorf("%d rows, next %v", len(a.Rows(t)), a.Object(t)["next"])
	}
}

func TestTheGatewayListsTheTokensOfWhoIsAskedFor(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXGateway})
	all := demotest.Values(d.pages(d.admin(), gatewayTokens+"?user=2"), "id")
	if got := demotest.Values(d.pages(d.admin(), gatewayUsers+"2/tokens/"), "id"); !slices.Equal(got, all) || len(got) == 0 {
		t.Errorf("tokens %v, want %v", got, all)
	}
	for kind, null := range map[string]string{"personal_tokens": "true", "authorized_tokens": "false"} {
		want := demotest.Values(d.pages(d.admin(), gatewayTokens+"?user=2&application__isnull="+null), "id")
		if got := demotest.Values(d.pages(d.admin(), gatewayUsers+"2/"+kind+"/"), "id"); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
		d.expect(kind, d.call(d.admin(), "POST", gatewayUsers+"2/"+kind+"/", `{}`), 405, `Method "POST" not allowed.`)
	}
	if a := d.call(d.admin(), "GET", gatewayUsers+"999999/tokens/", ""); a.Status != 200 || len(a.Rows(t)) != 0 {
		t.Errorf("nobody's: %d %s", a.Status, a.Body)
	}
	d.expect("application", d.call(d.admin(), "POST", "/api/gateway/v1/applications/1/tokens/", `{}`), 405, "")
}

func TestTheGatewayKnowsMoreScopesAndForms(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXGateway})
	if a := d.call(d.admin(), "POST", gatewayTokens, `{"scope":"read openid roles"}`); a.Status != 201 {
		t.Errorf("scopes: %d %s", a.Status, a.Body)
	}
	if a := d.call(d.admin(), "POST", gatewayTokens, `{"scope":"admin"}`); a.Status != 400 || !strings.Contains(a.Body, "Invalid scope: admin. Must be one of: read, write, openid, roles") {
		t.Errorf("bad scope: %d %s", a.Status, a.Body)
	}
	a := d.call(d.admin(), "POST", gatewayTokens, "scope=read&description=a+form", "Content-Type", "application/x-www-form-urlencoded")
	if a.Status != 201 || a.Object(t)["description"] != "a form" || a.Object(t)["scope"] != "read" {
		t.Errorf("form: %d %s", a.Status, a.Body)
	}
	const parts = "--x\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\nin parts\r\n--x--\r\n"
	if a := d.call(d.admin(), "POST", gatewayTokens, parts, "Content-Type", "multipart/form-data; boundary=x"); a.Status != 201 || a.Object(t)["description"] != "in parts" {
		t.Errorf("multipart: %d %s", a.Status, a.Body)
	}
	d.expect("text", d.call(d.admin(), "POST", gatewayTokens, "x", "Content-Type", "text/plain"), 415, `Unsupported media type "text/plain" in request.`)
}

func TestOnlyAdministratorsMakeTokensOfApplicationsAtTheGateway(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXGateway})
	d.expect("admin", d.call(d.admin(), "POST", gatewayTokens, `{"application":5}`), 201, "")
	d.expect("weak", d.call(d.weak(), "POST", gatewayTokens, `{"application":5}`), 403, "You do not have permission to perform this action.")
	a := awx.NewInside(demo.AWXGateway)
	member := a.Somebody(t, func(u *stage.User) bool { return !u.Admin && a.Org(u.ID) == 2 })
	if got := as(t, a, member, "POST", gatewayTokens, `{"application":2}`); got.Status != 403 {
		t.Errorf("a member: %d %s", got.Status, got.Body)
	}
}

func TestAChangeAtTheGatewayTellsWhoMadeIt(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXGateway})
	made := d.call(d.weak(), "POST", gatewayTokens, `{}`).Object(t)
	now := d.call(d.admin(), "PATCH", made["url"].(string), `{"description":"seen"}`).Object(t)
	if now["created_by"] != 2.0 || now["modified_by"] != 1.0 || now["user"] != 2.0 {
		t.Errorf("%v", now)
	}
}

func TestAGatewayMayListEverybodysTokensToAnybody(t *testing.T) {
	for _, c := range []struct {
		g     demo.Generation
		quirk demo.Quirk
		want  bool
		other int
	}{{demo.AWXGateway, "", false, 404}, {demo.AWXGateway, demo.AWXOpenList, true, 404}, {demo.AWXGateway2024, "", true, 403}} {
		quirk, want := c.quirk, c.want
		d := start(t, demo.Options{AWX: c.g, Quirks: []demo.Quirk{quirk}})
		rows := d.pages(d.weak(), gatewayTokens)
		foreign := slices.IndexFunc(rows, func(r map[string]any) bool { return r["user"] != 2.0 })
		if (foreign >= 0) != want {
			t.Errorf("%q: %d rows", quirk, len(rows))
		}
		if foreign >= 0 {
			d.expect("one of them", d.call(d.weak(), "GET", rows[foreign]["url"].(string), ""), c.other, "")
		}
	}
}

func TestTheGatewayDoesNotTakeAUsernameForAnID(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXGateway})
	d.expect("name", d.call(d.admin(), "GET", gatewayUsers+"desk.staff/", ""), 404, "")
	d.expect("id", d.call(d.admin(), "GET", gatewayUsers+"2/", ""), 200, "")
	d.expect("key", d.call("Bearer wrong", "GET", gatewayTokens, ""), 401, "Authentication credentials were not provided.")
}
