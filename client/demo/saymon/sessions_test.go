package saymon_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// signIn opens a session and gives its id and its cookies, by name.
func (p pult) signIn(tb testing.TB, login, password string) (sid string, cookies map[string]string) {
	tb.Helper()
	a := p.ask(tb, "POST", pultUsers+"/session", fmt.Sprintf(`{"login":%q,"password":%q}`, login, password))
	if err := json.Unmarshal([]byte(a.Body), &sid); err != nil || a.Status != 200 {
		tb.Fatalf("sign in: %d %s %v", a.Status, a.Body, err)
	}
	cookies = map[string]string{}
	for _, line := range a.Header.Values("Set-Cookie") {
		name, rest, _ := strings.Cut(line, "=")
		cookies[name], _, _ = strings.Cut(rest, ";")
	}
	return sid, cookies
}

func TestASessionOfThePultIsItsCookie(t *testing.T) {
	p := startPult(t, demo.Options{})
	sid, cookies := p.signIn(t, p.Username, p.Password)
	if cookies["sid"] != sid || len(cookies) != 1 {
		t.Errorf("session %s, cookies %v", sid, cookies)
	}
	with := "Cookie: sid=" + sid
	if a := p.ask(t, "GET", pultUsers+"/current", "", with); a.Status != 200 || a.Object(t)["login"] != p.Username {
		t.Errorf("me: %d %s", a.Status, a.Body)
	}
	if a := p.ask(t, "POST", tokenPath(oid("64b", 2)), "", with); a.Status != 200 {
		t.Errorf("create: %d %s", a.Status, a.Body)
	}
	if a := p.ask(t, "DELETE", pultUsers+"/session", "", with); a.Status != 200 || a.Body != "" {
		t.Errorf("sign out: %d %q", a.Status, a.Body)
	}
	p.ask(t, "GET", pultUsers+"/current", "", with).wants(t, "a closed session", 401, "Unauthorized", "Session expired.")
}

func TestWhoCannotSignInAtThePultLearnsWhy(t *testing.T) {
	p := startPult(t, demo.Options{})
	for body, c := range map[string]struct {
		status        int
		code, message string
	}{
		`{"login":"root.admin","password":"guess"}`: {401, "InvalidCredentials", "Invalid login or password."},
		`{"login":"nobody","password":"guess"}`:     {401, "InvalidCredentials", "Invalid login or password."},
		`{"login":"root.admin"}`:                    {400, "BadRequest", `Mandatory "password" parameter is absent/empty.`},
		`{"login":"root.admin","password":""}`:      {400, "BadRequest", `Mandatory "password" parameter is absent/empty.`},
		`{"login":7,"password":"x"}`:                {400, "BadRequest", `Mandatory "login" parameter is absent/empty.`},
		`[]`:                                        {400, "BadRequest", `Mandatory "login" parameter is absent/empty.`},
		``:                                          {400, "BadRequest", `Mandatory "login" parameter is absent/empty.`},
	} {
		a := p.ask(t, "POST", pultUsers+"/session", body, p.asAdmin())
		if a.wants(t, body, c.status, c.code, c.message); a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: a cookie", body)
		}
	}
}

func TestASessionIDCanBeVerified(t *testing.T) {
	p := startPult(t, demo.Options{})
	sid, _ := p.signIn(t, p.WeakUsername, p.WeakPassword)
	verify := func(id, header string) string {
		return p.ask(t, "GET", pultUsers+"/session/verify/"+id, "", header).Body
	}
	for _, header := range []string{"Cookie: sid=" + sid, "X-Session-Id: " + sid, p.asAdmin()} {
		if verify(sid, header) != "true" || verify(sid+"0", header) != "false" {
			t.Errorf("by %q: %s and %s", header, verify(sid, header), verify(sid+"0", header))
		}
	}
	p.ask(t, "GET", pultUsers+"/session/verify/"+sid, "").wants(t, "nobody", 401, "Unauthorized", "Not logged in.")
}
