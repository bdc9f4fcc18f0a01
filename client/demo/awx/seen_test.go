package awx_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

// What was seen on AWX 24.6.2.dev0 and on django-ansible-base of October 2024 and
// 2026.10.26.

func TestAPUTToATokenOfAWXPutsBackWhatItDoesNotName(t *testing.T) {
	for g, want := range map[demo.Generation]string{demo.AWXOAuth2: " write", demo.AWXGateway: "old read"} {
		d, path := start(t, demo.Options{AWX: g}), tokensPath
		if g.IsGateway() {
			path = gatewayTokens
		}
		made := d.call(d.admin(), "POST", path, `{"description":"old","scope":"read"}`).Object(t)
		now := d.call(d.admin(), "PUT", made["url"].(string), `{}`).Object(t)
		if got := now["description"].(string) + " " + now["scope"].(string); got != want {
			t.Errorf("%s: %q, want %q", g, got, want)
		}
	}
}

func TestAUserOfAWXIsCalledByNameAndWithoutASlash(t *testing.T) {
	d := start(t, demo.Options{})
	if a := d.call(d.admin(), "GET", "/api/v2/users/desk.staff", ""); a.Status != 200 || a.Object(t)["id"] != 2.0 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a := d.call(d.admin(), "GET", "/api/v2/users/2", ""); a.Status != 301 {
		t.Errorf("by number: %d", a.Status)
	}
	related := d.call(d.admin(), "GET", "/api/v2/users/2/", "").Object(t)["related"].(map[string]any)
	if related["named_url"] != "/api/v2/users/desk.staff/" {
		t.Errorf("%v", related)
	}
}

func TestEveryLinkOfAnAnswerLeadsSomewhere(t *testing.T) {
	for g, paths := range map[demo.Generation][]string{
		demo.AWXOAuth2:  {"/api/v2/", "/api/v2/tokens/1001/", "/api/v2/users/1/", "/api/v2/applications/1/", "/api/v2/organizations/1/", "/api/v2/activity_stream/1/"},
		demo.AWXGateway: {"/api/gateway/v1/", gatewayTokens + "1001/", gatewayUsers + "1/", "/api/gateway/v1/applications/1/", "/api/gateway/v1/organizations/1/"},
		demo.AWXTower:   {"/api/v1/", "/api/v1/users/1/", "/api/v2/"},
		demo.AWXNone:    {"/api/v2/", "/api/v2/users/1/"},
	} {
		d := start(t, demo.Options{AWX: g})
		for _, path := range paths {
			found := d.call(d.admin(), "GET", path, "").Object(t)
			if related, ok := found["related"].(map[string]any); ok {
				found = related
			}
			for name, link := range found {
				at, is := link.(string)
				if name == "named_url" || name == "authtoken" || !is {
					continue
				}
				if a := d.call(d.admin(), "GET", at, ""); a.Status != 200 {
					t.Errorf("%s: %s of %s: %s: %d", g, name, path, at, a.Status)
				}
			}
		}
	}
}

func TestWhatTheGatewayOf2026DoesOtherwiseThanThatOf2024(t *testing.T) {
	for g, c := range map[demo.Generation]struct {
		years  int
		others int
		scheme int
		scope  int
	}{demo.AWXGateway2024: {1000, 403, 401, 400}, demo.AWXGateway: {1, 404, 200, 201}} {
		d := start(t, demo.Options{AWX: g, Now: time.Now})
		made := d.call(d.admin(), "POST", gatewayTokens, `{}`).Object(t)
		if left := demotest.When(t, made["expires"]).Year() - time.Now().Year(); left != c.years {
			t.Errorf("%s: a token lives for %d years", g, left)
		}
		for _, method := range []string{"GET", "PATCH", "DELETE"} {
			d.expect(string(g)+" "+method, d.call(d.weak(), method, made["url"].(string), ""), c.others, "")
		}
		d.expect(string(g)+" scheme", d.call("Token "+made["token"].(string), "GET", gatewayTokens, ""), c.scheme, "")
		d.expect(string(g)+" scope", d.call(d.admin(), "POST", gatewayTokens, `{"scope":"openid"}`), c.scope, "")
	}
}

func TestAnAuditorOfTheGatewayReadsATokenThatIsNotThereToBeChanged(t *testing.T) {
	for g, want := range map[demo.Generation]int{demo.AWXGateway2024: 403, demo.AWXGateway: 404} {
		d := start(t, demo.Options{AWX: g})
		d.call(d.admin(), "POST", gatewayUsers, `{"username":"aud","password":"x","is_platform_auditor":true}`)
		aud := basicAuth("aud", "x")
		d.expect("GET", d.call(aud, "GET", gatewayTokens+"1001/", ""), 200, "")
		for _, method := range []string{"PATCH", "DELETE"} {
			d.expect(string(g)+" "+method, d.call(aud, method, gatewayTokens+"1001/", `{}`), want, "")
		}
	}
}

func TestTheGatewayChangesTheApplicationOfAToken(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXGateway})
	made := d.call(d.admin(), "POST", gatewayTokens, `{"application":1}`).Object(t)
	for body, want := range map[string]any{`{"application":null}`: nil, `{"application":1}`: 1.0} {
		now := d.call(d.admin(), "PATCH", made["url"].(string), body).Object(t)
		if now["application"] != want || want == nil && now["refresh_token"] != nil {
			t.Errorf("%s: %v", body, now)
		}
	}
	if a := d.call(d.admin(), "PATCH", made["url"].(string), `{"application":99}`); a.Status != 400 {
		t.Errorf("unknown: %d", a.Status)
	}
	for _, body := range []string{`[]`, `"s"`, `5`} {
		if a := d.call(d.admin(), "POST", gatewayTokens, body); a.Status != 500 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d", body, a.Status)
		}
	}
	for body, words := range map[string]string{
		`{"description":null}`: "This field may not be null.", `{"scope":""}`: "This field may not be blank.", `{"scope":"read  write"}`: "Invalid scope: . Must be one of: read, write",
	} {
		if a := d.call(d.admin(), "POST", gatewayTokens, body); a.Status != 400 || !strings.Contains(a.Body, words) {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
}

func TestAPolicyChangesNoTokenThatIsThere(t *testing.T) {
	const path = "/api/v2/settings/authentication/"
	d := start(t, demo.Options{Now: time.Now})
	before := d.call(d.admin(), "POST", tokensPath, `{}`).Object(t)
	d.expect("weak", d.call(d.weak(), "GET", path, ""), 403, "")
	d.expect("too short", d.call(d.admin(), "PATCH", path, `{"OAUTH2_PROVIDER":{"ACCESS_TOKEN_EXPIRE_SECONDS":0}}`), 400, "")
	a := d.call(d.admin(), "PATCH", path, `{"OAUTH2_PROVIDER":{"ACCESS_TOKEN_EXPIRE_SECONDS":3600}}`)
	if a.Status != 200 || !strings.Contains(a.Body, `"ACCESS_TOKEN_EXPIRE_SECONDS":3600`) {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	after := d.call(d.admin(), "POST", tokensPath, `{}`).Object(t)
	if left := time.Until(demotest.When(t, after["expires"])); left > time.Hour || left < 59*time.Minute {
		t.Errorf("it ends in %s", left)
	}
	if now := d.call(d.admin(), "GET", before["url"].(string), "").Object(t); now["expires"] != before["expires"] {
		t.Errorf("it ends at %v", now["expires"])
	}
	d.expect("no Basic", d.call("Bearer "+d.sys.Token, "PATCH", path, `{"AUTH_BASIC_ENABLED":false}`), 200, "")
	d.expect("with a password", d.call(d.admin(), "GET", tokensPath, ""), 401, "Authentication credentials were not provided. To establish a login session, visit /api/login/.")
}

func TestASessionNeedsTheOtherHalfOfItsCookieToWrite(t *testing.T) {
	d := start(t, demo.Options{})
	page := d.call("", "GET", "/api/", "")
	csrf, _, _ := strings.Cut(strings.TrimPrefix(page.Header.Get("Set-Cookie"), "csrftoken="), ";")
	form := url.Values{"username": {d.sys.Username}, "password": {"wrong"}, "next": {"/api/v2/me/"}}
	const kind = "application/x-www-form-urlencoded"
	d.expect("wrong", d.call("", "POST", "/api/login/", form.Encode(), "Content-Type", kind), 401, "")
	form.Set("password", d.sys.Password)
	in := d.call("", "POST", "/api/login/", form.Encode(), "Content-Type", kind, "Cookie", "csrftoken="+csrf)
	session, _, _ := strings.Cut(in.Header.Get("Set-Cookie"), ";")
	if in.Status != http.StatusFound || in.Header.Get("Location") != "/api/v2/me/" || !strings.HasPrefix(session, "awx_sessionid=") {
		t.Fatalf("%d %v", in.Status, in.Header)
	}
	cookies := session + "; csrftoken=" + csrf
	d.expect("reads", d.call("", "GET", tokensPath, "", "Cookie", cookies), 200, "")
	d.expect("forged", d.call("", "POST", tokensPath, `{}`, "Cookie", cookies), 403, "CSRF Failed: CSRF token missing.")
	d.expect("writes", d.call("", "POST", tokensPath, `{}`, "Cookie", cookies, "X-CSRFToken", csrf), 201, "")
	if a := d.call("", "GET", "/api/login/", "", "Accept", "application/json"); a.Status != 406 || a.Body != "null" {
		t.Errorf("the page for a program: %d %q", a.Status, a.Body)
	}
	d.call("", "GET", "/api/logout/", "", "Cookie", cookies)
	d.expect("out", d.call("", "GET", tokensPath, "", "Cookie", cookies), 401, "")
}
