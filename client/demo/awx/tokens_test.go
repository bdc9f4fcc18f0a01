package awx_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/awx"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

const tokensPath, usersPath = "/api/v2/tokens/", "/api/v2/users/"

func TestATokenIsMaskedEverywhereButInTheAnswerThatMadeIt(t *testing.T) {
	d := start(t, demo.Options{KeyPrefix: "CANARY-"})
	for _, path := range []string{tokensPath, usersPath + "1/tokens/", usersPath + "1/personal_tokens/", "/api/v2/applications/", usersPath, "/api/v2/me/"} {
		for _, auth := range []string{d.admin(), d.weak()} {
			if a := d.call(auth, "GET", path+"?page_size=200", ""); strings.Contains(a.Body, "CANARY-") {
				t.Errorf("%s shows a key", path)
			}
		}
	}
	for _, row := range d.pages(d.admin(), tokensPath) {
		app, refresh := row["application"], row["refresh_token"]
		if row["token"] != "************" || (app == nil) != (refresh == nil) || refresh != nil && refresh != "************" {
			t.Fatalf("token %v", row)
		}
	}
	made := d.call(d.admin(), "POST", tokensPath, `{}`).Object(t)
	key := made["token"].(string)
	if !strings.HasPrefix(key, "CANARY-") || len(key) != 30 {
		t.Fatalf("made %v", made)
	}
	for _, a := range []demotest.Answer{
		d.call(d.admin(), "GET", made["url"].(string), ""),
		d.call(d.admin(), "PATCH", made["url"].(string), `{"description":"x"}`),
	} {
		if a.Status != 200 || strings.Contains(a.Body, key) || a.Object(t)["token"] != "************" {
			t.Errorf("shown again: %d %s", a.Status, a.Body)
		}
	}
}

func TestATokenHasTheDocumentedFields(t *testing.T) {
	d := start(t, demo.Options{})
	const fields = "application created description expires id modified refresh_token related scope summary_fields token type url user"
	rows := d.pages(d.admin(), tokensPath)
	if len(rows) != 170 {
		t.Errorf("%d tokens", len(rows))
	}
	alone := d.call(d.admin(), "GET", rows[0]["url"].(string), "").Object(t)
	for _, row := range append(rows, alone) {
		if got := demotest.Names(row); got != fields || row["type"] != "o_auth2_access_token" {
			t.Fatalf("fields %s", got)
		}
		related, summary := row["related"].(map[string]any), row["summary_fields"].(map[string]any)
		if related["user"] != fmt.Sprintf("/api/v2/users/%v/", row["user"]) || summary["user"].(map[string]any)["id"] != row["user"] {
			t.Errorf("owner of %v", row)
		}
		if _, has := summary["application"]; has != (row["application"] != nil) {
			t.Errorf("application of %v", row)
		}
	}
}

func TestTheTokensAreOfEveryKindThatNeedsCare(t *testing.T) {
	a, d := awx.NewInside(demo.AWXOAuth2), start(t, demo.Options{})
	now, met, owners := time.Now(), map[string]int{}, map[any]int{}
	for _, row := range d.pages(d.admin(), tokensPath+"?page_size=200") {
		owners[row["user"]]++
		owner := a.Named(fmt.Sprint(row["user"]))
		expires := demotest.When(t, row["expires"])
		for what, is := range map[string]bool{
			"expired": expires.Before(now), "for ever": expires.Year() > 2900, "for a time": expires.Year() < 2100,
			"inactive owner": !owner.Active, "read only": row["scope"] == "read",
			"of an application": row["application"] != nil, "hostile": slices.Contains(demo.Hostile(), row["description"].(string)),
			"without description": row["description"] == "", "external owner": a.Account(owner) != "",
		} {
			if is {
				met[what]++
			}
		}
		if !demotest.When(t, row["created"]).Before(demotest.When(t, row["modified"])) || demotest.When(t, row["created"]).Before(owner.CreatedAt) {
			t.Errorf("times of %v", row)
		}
	}
	for _, what := range []string{
		"expired", "for ever", "for a time", "inactive owner", "read only", "of an application",
		"hostile", "without description", "external owner",
	} {
		if met[what] < 5 {
			t.Errorf("%s: %d tokens", what, met[what])
		}
	}
	several := 0
	for _, n := range owners {
		if n > 1 {
			several++
		}
	}
	if several < 10 || len(owners) < 80 {
		t.Errorf("%d owners, %d with several", len(owners), several)
	}
}

func TestANewTokenIsTheCallersWhoeverIsNamed(t *testing.T) {
	d := start(t, demo.Options{})
	for _, path := range []string{tokensPath, usersPath + "2/tokens/", usersPath + "2/personal_tokens/", usersPath + "desk.staff/personal_tokens/"} {
		a := d.call(d.admin(), "POST", path, `{"description":"x","user":2,"token":"mine","expires":"2030-01-01T00:00:00Z","nonsense":1}`)
		made := a.Object(t)
		if a.Status != 201 || made["user"] != 1.0 || made["token"] == "mine" || demotest.When(t, made["expires"]).Year() < 3000 {
			t.Fatalf("%s: %d %s", path, a.Status, a.Body)
		}
		if a.Header.Get("Location") != made["url"] || made["refresh_token"] != nil || made["scope"] != "write" {
			t.Errorf("%s: %v %s", path, a.Header, a.Body)
		}
		if got := d.call("Bearer "+made["token"].(string), "GET", "/api/v2/me/", ""); got.Rows(t)[0]["id"] != 1.0 {
			t.Errorf("%s: the key lets in %s", path, got.Body)
		}
	}
	d.expect("nobody", d.call(d.admin(), "POST", usersPath+"999999/tokens/", `{}`), 201, "")
	if a := d.call(d.admin(), "POST", usersPath+"999999/authorized_tokens/", `{}`); a.Status != 400 || !strings.Contains(a.Body, `"application":["This field is required."]`) {
		t.Errorf("nobody's application: %d %s", a.Status, a.Body)
	}
}

func TestABareRequestMakesAToken(t *testing.T) {
	d := start(t, demo.Options{})
	if a := d.call(d.weak(), "POST", tokensPath, ""); a.Status != 201 || a.Object(t)["description"] != "" || a.Object(t)["user"] != 2.0 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a := d.call(d.weak(), "POST", tokensPath, `{"description":null,"application":null}`); a.Status != 201 || a.Object(t)["description"] != "" {
		t.Errorf("with null: %d %s", a.Status, a.Body)
	}
}

func TestATokenThatCannotBeMadeForAWXNamesTheField(t *testing.T) {
	d := start(t, demo.Options{})
	const scopes = "Must be a simple space-separated string with allowed scopes ['read', 'write']."
	for body, want := range map[string][2]string{
		`{"scope":"admin"}`:        {"scope", scopes},
		`{"scope":"read read"}`:    {"scope", scopes},
		`{"scope":""}`:             {"scope", scopes},
		`{"scope":"read openid"}`:  {"scope", scopes},
		`{"scope":null}`:           {"scope", scopes},
		`{"scope":{}}`:             {"scope", scopes},
		`{"scope":5}`:              {"scope", scopes},
		`{"scope":" "}`:            {"scope", scopes},
		`{"description":true}`:     {"description", "Not a valid string."},
		`{"description":"\u0000"}`: {"description", "Null characters are not allowed."},
		`{"application":99}`:       {"application", `Invalid pk "99" - object does not exist.`},
		`{"application":"x"}`:      {"application", "Incorrect type. Expected pk value, received str."},
		`{"application":true}`:     {"application", "Incorrect type. Expected pk value, received bool."},
		`{"application":{}}`:       {"application", "Incorrect type. Expected pk value, received OrderedDict."},
		`null`:                     {"__all__", "This field may not be null."},
	} {
		a := d.call(d.admin(), "POST", tokensPath, body)
		if list, ok := a.Object(t)[want[0]].([]any); a.Status != 400 || !ok || list[0] != want[1] {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	d.expect("array", d.call(d.admin(), "POST", tokensPath, `[]`), 400, "JSON parse error - not a JSON object")
	if a := d.call(d.admin(), "POST", tokensPath, `{"scope":`); a.Status != 400 || !strings.HasSuffix(a.Object(t)["detail"].(string), "\nPossible cause: trailing comma.") || a.Header.Get("X-API-Product-Version") != "" {
		t.Errorf("broken: %d %s", a.Status, a.Body)
	}
	a := d.call(d.admin(), "POST", tokensPath, `scope=read`, "Content-Type", "application/x-www-form-urlencoded")
	if a.Status != 415 || !strings.Contains(a.Body, "application/json") {
		t.Errorf("form: %d %s", a.Status, a.Body)
	}
	for body, want := range map[string]string{
		`{"description":5}`: "5", `{"description":1.5}`: "1.5", `{"description":[]}`: "", `{"description":{}}`: "", `{"description":"  pad\n"}`: "pad",
		`{"scope":" read"}`: "", `{"application":""}`: "", `{"application":1.5}`: "",
	} {
		if a := d.call(d.admin(), "POST", tokensPath, body); a.Status != 201 || a.Object(t)["description"] != want {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	for _, scope := range []string{"read", "write", "read write", "write read", "read  write"} {
		if a := d.call(d.admin(), "POST", tokensPath, fmt.Sprintf(`{"scope":%q}`, scope)); a.Status != 201 || a.Object(t)["scope"] != scope {
			t.Errorf("%s: %d %s", scope, a.Status, a.Body)
		}
	}
}

func TestATokenToReadCannotWrite(t *testing.T) {
	d := start(t, demo.Options{})
	made := d.call(d.admin(), "POST", tokensPath, `{"scope":"read"}`).Object(t)
	auth := "Bearer " + made["token"].(string)
	d.expect("read", d.call(auth, "GET", tokensPath, ""), 200, "")
	for method, path := range map[string]string{"POST": tokensPath, "PATCH": made["url"].(string), "DELETE": made["url"].(string)} {
		d.expect(method, d.call(auth, method, path, ""), 403, "You do not have permission to perform this action.")
	}
	d.expect("Basic has no scope", d.call(d.admin(), "DELETE", made["url"].(string), ""), 204, "")
}

func TestOnlyDescriptionAndScopeOfATokenChange(t *testing.T) {
	d := start(t, demo.Options{})
	old := d.call(d.admin(), "POST", tokensPath, `{"description":"old"}`).Object(t)
	for _, method := range []string{"PUT", "PATCH"} {
		a := d.call(d.admin(), method, old["url"].(string),
			`{"description":"`+method+`","scope":"read","user":2,"application":1,"expires":"2030-01-01T00:00:00Z"}`)
		now := a.Object(t)
		if a.Status != 200 || now["description"] != method || now["scope"] != "read" || now["modified"] == old["modified"] {
			t.Errorf("%s: %d %s", method, a.Status, a.Body)
		}
		for _, field := range []string{"user", "application", "expires", "created", "id"} {
			if now[field] != old[field] {
				t.Errorf("%s changes %s to %v", method, field, now[field])
			}
		}
	}
	kept := d.call(d.admin(), "PATCH", old["url"].(string), `{"scope":"write"}`).Object(t)
	if kept["description"] != "PUT" && kept["description"] != "PATCH" {
		t.Errorf("what is not named is lost: %v", kept)
	}
	d.expect("bad", d.call(d.admin(), "PATCH", old["url"].(string), `{"scope":"x"}`), 400, "")
}

func TestADeletedTokenOfAWXIsGoneAtOnce(t *testing.T) {
	d := start(t, demo.Options{})
	made := d.call(d.admin(), "POST", tokensPath, `{}`).Object(t)
	auth := "Bearer " + made["token"].(string)
	if a := d.call(auth, "DELETE", made["url"].(string), ""); a.Status != 204 || a.Body != "" {
		t.Errorf("a token may delete itself: %d %s", a.Status, a.Body)
	}
	a := d.call(auth, "GET", "/api/v2/me/", "")
	d.expect("the key", a, 401, "Authentication credentials were not provided. To establish a login session, visit /api/login/.")
	for _, method := range []string{"GET", "PATCH", "DELETE"} {
		d.expect(method, d.call(d.admin(), method, made["url"].(string), ""), 404, "")
	}
}

func TestPersonalTokensAreTheCallersWhoeverIsAskedFor(t *testing.T) {
	d := start(t, demo.Options{})
	mine := demotest.Values(d.pages(d.admin(), tokensPath+"?user=1&application__isnull=true"), "id")
	for _, path := range []string{"1", "2", "999999", "desk.staff"} {
		if got := demotest.Values(d.pages(d.admin(), usersPath+path+"/personal_tokens/"), "id"); !slices.Equal(got, mine) || len(got) == 0 {
			t.Errorf("%s: %v, want %v", path, got, mine)
		}
	}
	for _, row := range d.pages(d.admin(), usersPath+"2/authorized_tokens/") {
		if row["user"] != 1.0 || row["application"] == nil {
			t.Errorf("authorized %v", row)
		}
	}
}

func TestAUsersTokensAreFoundByIDAndByName(t *testing.T) {
	d := start(t, demo.Options{})
	want := demotest.Values(d.pages(d.admin(), tokensPath+"?user=2"), "id")
	for _, path := range []string{"2", "desk.staff"} {
		if got := demotest.Values(d.pages(d.admin(), usersPath+path+"/tokens/"), "id"); !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	d.expect("nobody", d.call(d.admin(), "GET", usersPath+"999999/tokens/", ""), 404, "")
}

func TestWhoHasNoRightsReachesTheirOwnTokensOnly(t *testing.T) {
	d := start(t, demo.Options{})
	rows := d.pages(d.weak(), tokensPath)
	for _, row := range rows {
		if row["user"] != 2.0 {
			t.Errorf("sees %v", row)
		}
	}
	others := d.call(d.admin(), "GET", tokensPath+"?not__user=2", "").Rows(t)[0]["url"].(string)
	for _, method := range []string{"GET", "PATCH", "DELETE"} {
		d.expect(method, d.call(d.weak(), method, others, ""), 403, "You do not have permission to perform this action.")
	}
	if got := d.pages(d.weak(), usersPath+"1/tokens/"); len(got) != 0 { // sees the administrator, but not their tokens
		t.Errorf("the administrator's: %v", got)
	}
	if got := d.pages(d.weak(), "/api/v2/applications/"); len(got) != 0 {
		t.Errorf("applications: %v", got)
	}
	d.expect("application", d.call(d.weak(), "POST", tokensPath, `{"application":1}`), 403, "")
	own := d.call(d.weak(), "POST", tokensPath, `{}`).Object(t)["url"].(string)
	d.expect("own", d.call(d.weak(), "DELETE", own, ""), 204, "")
}

func TestAnAuditorSeesEverythingAndChangesNothing(t *testing.T) {
	a := awx.NewInside(demo.AWXOAuth2)
	auditor := a.Somebody(t, func(u *stage.User) bool { return a.Auditor(u) && a.Account(u) == "" })
	list := as(t, a, auditor, "GET", tokensPath, "")
	if count := list.Object(t)["count"]; count != 171.0 { // and the one to ask with
		t.Errorf("sees %v tokens", count)
	}
	other := as(t, a, auditor, "GET", tokensPath+"?user=1", "").Rows(t)[0]["url"].(string)
	for method, want := range map[string]int{"GET": 200, "PATCH": 403, "DELETE": 403} {
		if got := as(t, a, auditor, method, other, ""); got.Status != want {
			t.Errorf("%s: %d %s", method, got.Status, got.Body)
		}
	}
	if got := as(t, a, auditor, "POST", tokensPath, `{}`); got.Status != 201 || got.Object(t)["user"] != float64(auditor.ID) {
		t.Errorf("own: %d %s", got.Status, got.Body)
	}
}

func TestWhoSignsInElsewhereMayNotMakeTokens(t *testing.T) {
	const says = "(access_denied) OAuth2 Tokens cannot be created by users associated with an external authentication provider (ldap)"
	d := start(t, demo.Options{Quirks: []demo.Quirk{demo.AWXExternalStaff}})
	d.expect("weak", d.call(d.weak(), "POST", tokensPath, `{}`), 403, says)
	d.expect("admin", d.call(d.admin(), "POST", tokensPath, `{}`), 201, "")
	gateway := start(t, demo.Options{AWX: demo.AWXGateway, Quirks: []demo.Quirk{demo.AWXExternalStaff}})
	gateway.expect("gateway", gateway.call(gateway.weak(), "POST", "/api/gateway/v1/tokens/", `{}`), 201, "")
	a := awx.NewInside(demo.AWXOAuth2)
	u := a.Somebody(t, func(u *stage.User) bool { return a.Account(u) == "social" })
	if got := as(t, a, u, "POST", tokensPath, `{}`); got.Status != 403 || !strings.Contains(got.Body, "(social)") {
		t.Errorf("social: %d %s", got.Status, got.Body)
	}
}

func TestATokenOfAnApplicationHasARefreshTokenAndMaybeAnotherOwner(t *testing.T) {
	a, d := awx.NewInside(demo.AWXOAuth2), start(t, demo.Options{})
	for path, body := range map[string]string{
		tokensPath: `{"application":1}`, "/api/v2/applications/1/tokens/": `{}`, usersPath + "2/authorized_tokens/": `{"application":"1"}`,
	} {
		made := d.call(d.admin(), "POST", path, body)
		refresh, _ := made.Object(t)["refresh_token"].(string)
		if made.Status != 201 || made.Object(t)["application"] != 1.0 || len(refresh) != 30 || made.Object(t)["user"] != 1.0 {
			t.Errorf("%s: %d %s", path, made.Status, made.Body)
		}
	}
	owned, owner := a.OwnedApp()
	if made := d.call(d.admin(), "POST", tokensPath, fmt.Sprintf(`{"application":%d}`, owned)).Object(t); made["user"] != float64(owner.ID) {
		t.Errorf("an application that has a user: %v", made)
	}
	if made := d.call(d.admin(), "POST", usersPath+"1/personal_tokens/", `{"application":1}`); made.Object(t)["application"] != nil {
		t.Errorf("personal: %s", made.Body)
	}
	if made := d.call(d.admin(), "POST", usersPath+"1/authorized_tokens/", `{}`); made.Status != 400 || made.Object(t)["application"] == nil {
		t.Errorf("authorized: %d %s", made.Status, made.Body)
	}
}

func TestApplicationsMaskTheirSecretUnlessTheyHaveNone(t *testing.T) {
	d := start(t, demo.Options{})
	rows, public := d.pages(d.admin(), "/api/v2/applications/"), 0
	for _, row := range rows {
		secret, has := row["client_secret"]
		if has && secret != "************" || has == (row["client_type"] == "public") {
			t.Errorf("secret of %v", row)
		}
		if !has {
			public++
		}
		tokens := row["summary_fields"].(map[string]any)["tokens"].(map[string]any)
		listed := d.pages(d.admin(), fmt.Sprintf("/api/v2/applications/%v/tokens/", row["id"]))
		if tokens["count"] != float64(len(listed)) || len(tokens["results"].([]any)) > 10 || len(listed) == 0 {
			t.Errorf("tokens of %v: %v, listed %d", row["id"], tokens, len(listed))
		}
	}
	if len(rows) != 5 || public != 1 {
		t.Errorf("%d applications, %d public", len(rows), public)
	}
	d.expect("one", d.call(d.admin(), "GET", "/api/v2/applications/2/", ""), 200, "")
}

func TestManyAtOnceMakeAndDeleteTokensOfAWX(t *testing.T) {
	d := start(t, demo.Options{Users: 40, Tokens: 10})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				made := d.call("Bearer "+d.sys.Token, "POST", tokensPath, `{}`).Object(t)
				d.call(d.admin(), "PATCH", made["url"].(string), `{"description":"x"}`)
				d.call("Bearer "+d.sys.Weak, "GET", tokensPath+"?order_by=-created", "")
				d.call("", "OPTIONS", "/api/v2/", "")
				if a := d.call("Bearer "+made["token"].(string), "DELETE", made["url"].(string), ""); a.Status != 204 {
					t.Errorf("delete: %d %s", a.Status, a.Body)
				}
			}
		})
	}
	wg.Wait()
	if rows := d.pages(d.admin(), tokensPath); len(rows) != 10 {
		t.Errorf("%d tokens are left", len(rows))
	}
}
