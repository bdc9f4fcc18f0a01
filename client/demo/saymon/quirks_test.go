package saymon_test

import (
	"strings"
	"testing"

	"authdeck/client/demo"
)

func TestAWriteWithinASessionEchoesTheCSRFCookie(t *testing.T) {
	p := startPult(t, demo.Options{Quirks: []demo.Quirk{demo.SaymonCSRF}})
	sid, cookies := p.signIn(t, p.Username, p.Password)
	csrf := cookies["csrf"]
	if csrf == "" || csrf == sid {
		t.Fatalf("cookies %v", cookies)
	}
	other := "another"
	for _, c := range []struct {
		name, cookie, header string
		want                 int
	}{
		{"both", "; csrf=" + csrf, csrf, 200},
		{"the cookie alone", "; csrf=" + csrf, "", 403},
		{"the header alone", "", csrf, 403},
		{"neither", "", "", 403},
		{"two that differ", "; csrf=" + csrf, other, 403},
		{"two of one's own making", "; csrf=" + other, other, 403},
	} {
		headers := []string{"Cookie: sid=" + sid + c.cookie, "X-Csrf-Token: " + c.header}
		for _, method := range []string{"POST", "DELETE"} {
			a := p.ask(t, method, tokenPath(oid("64b", 2)), "", headers...)
			if a.Status != c.want {
				t.Errorf("%s, %s: %d %s", method, c.name, a.Status, a.Body)
			}
			if a.Status == 403 {
				a.wants(t, c.name, 403, "Forbidden", "Invalid CSRF token.")
			}
		}
		if a := p.ask(t, "GET", pultUsers, "", headers...); a.Status != 200 {
			t.Errorf("a read, %s: %d", c.name, a.Status)
		}
	}
	p.ask(t, "DELETE", pultUsers+"/session", "", "Cookie: sid="+sid).wants(t, "sign out", 403, "Forbidden", "Invalid CSRF token.")
}

func TestOutsideASessionNobodyAsksForCSRF(t *testing.T) {
	p := startPult(t, demo.Options{Quirks: []demo.Quirk{demo.SaymonCSRF}})
	if a := p.ask(t, "POST", tokenPath(oid("64b", 2)), "", p.asAdmin()); a.Status != 200 {
		t.Errorf("by password: %d %s", a.Status, a.Body)
	}
	if a := p.ask(t, "DELETE", tokenPath(oid("64b", 2))+"?api-token="+p.Token, ""); a.Status != 200 {
		t.Errorf("by token: %d %s", a.Status, a.Body)
	}
}

func TestAnOldPultAnswersWithTheBareKey(t *testing.T) {
	for _, c := range []struct {
		quirks       []demo.Quirk
		kind, quotes string
	}{
		{nil, "application/json", `"`},
		{[]demo.Quirk{demo.SaymonRawKey}, "text/plain", ""},
	} {
		p := startPult(t, demo.Options{Quirks: c.quirks})
		a := p.ask(t, "POST", tokenPath(oid("64b", 2)), "", p.asAdmin())
		key, _ := p.list(t, p.asAdmin())[oid("64b", 2)]["authenticationToken"].(string)
		if a.Status != 200 || a.Header.Get("Content-Type") != c.kind || a.Body != c.quotes+key+c.quotes {
			t.Errorf("%v: %d %s %q, listed %q", c.quirks, a.Status, a.Header.Get("Content-Type"), a.Body, key)
		}
	}
}

func TestAPultWithTokenLoginSwitchedOffDoesNotLookAtThem(t *testing.T) {
	for _, c := range []struct {
		name, query, header string
		want                int
	}{
		{"a token", "?api-token=TOKEN", "", 401},
		{"a wrong token", "?api-token=x", "", 401},
		{"a password", "", "ADMIN", 200},
		{"a password beside a token", "?api-token=x", "ADMIN", 200},
	} {
		p := startPult(t, demo.Options{Quirks: []demo.Quirk{demo.SaymonNoTokens}})
		query, header := strings.Replace(c.query, "TOKEN", p.Token, 1), strings.Replace(c.header, "ADMIN", p.asAdmin(), 1)
		a := p.ask(t, "GET", pultUsers+query, "", header)
		if a.Status != c.want {
			t.Errorf("%s: %d %.80s", c.name, a.Status, a.Body)
		}
		if c.want == 401 {
			a.wants(t, c.name, 401, "Unauthorized", "Not logged in.")
		}
		if a := p.ask(t, "POST", tokenPath(oid("64b", 2)), "", p.asAdmin()); a.Status != 200 {
			t.Errorf("a creation: %d", a.Status)
		}
	}
}
