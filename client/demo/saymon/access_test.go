package saymon_test

import (
	"net/url"
	"strings"
	"testing"

	"authdeck/client/demo"
)

func TestWhoMayNotManageUsersMakesAndDeletesNoPultToken(t *testing.T) {
	p := startPult(t, demo.Options{})
	users := p.list(t, p.asAdmin())
	for _, id := range []string{
		mustFind(t, users, called("desk.staff")), mustFind(t, users, called("root.admin")), strings.Repeat("f", 24),
	} {
		for _, method := range []string{"POST", "DELETE"} {
			for _, way := range [][]string{{"", p.asWeak()}, {"?api-token=" + p.Weak}} {
				a := p.ask(t, method, tokenPath(id)+way[0], "", way[1:]...)
				a.wants(t, method+" "+id, 403, "NotAuthorized", "Permissions required: manage-users.")
			}
		}
	}
	if a := p.ask(t, "GET", pultUsers+"/current?api-token="+p.Weak, ""); a.Status != 200 {
		t.Error("a refused write was done")
	}
}

func TestWhatThePultDoesNotHaveIsNotFound(t *testing.T) {
	p := startPult(t, demo.Options{})
	admin := mustFind(t, p.list(t, p.asAdmin()), called("root.admin"))
	for _, id := range []string{strings.Repeat("0", 24), "64b000000000000000099999", "1", "x", strings.ToUpper(admin), "session"} {
		for _, c := range [][2]string{{"GET", pultUsers + "/" + id}, {"POST", tokenPath(id)}, {"DELETE", tokenPath(id)}} {
			p.ask(t, c[0], c[1], "", p.asAdmin()).wants(t, c[0]+" "+c[1], 404, "NotFound", "User is not found.")
		}
	}
	for _, path := range []string{
		"/", "", "/node/api", pultUsers + "/", pultUsers + "/current/", pultUsers + "/" + admin + "/", tokenPath(admin) + "/",
		"/node/api//users", "/node/api/users/../users", "/api/users", pultUsers + "/session/verify/",
	} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			a := p.ask(t, method, path, "") // nobody is asked who they are
			a.wants(t, method+" "+path, 404, "ResourceNotFound", path+" does not exist")
		}
	}
	a := p.ask(t, "PUT", tokenPath(admin), "")
	if a.wants(t, "PUT", 405, "MethodNotAllowed", "PUT is not allowed"); a.Header.Get("Allow") != "DELETE, POST" {
		t.Errorf("allowed are %s", a.Header.Get("Allow"))
	}
	if a := p.ask(t, "GET", pultUsers+"/current?api-token="+p.Token, ""); a.Status != 200 {
		t.Error("a write to nowhere was done")
	}
}

func TestWithoutAGoodCredentialThePultSaysWhatWasWrong(t *testing.T) {
	p := startPult(t, demo.Options{})
	for _, c := range []struct{ query, header, code, message string }{
		{"", "", "Unauthorized", "Not logged in."},
		{"", "Authorization: Bearer " + p.Token, "Unauthorized", "Not logged in."},
		{"", "Api-Token: " + p.Token, "Unauthorized", "Not logged in."},
		{"", "Authorization: Basic !", "InvalidCredentials", "Invalid login or password."},
		{"", basicOf(p.Username, "guess"), "InvalidCredentials", "Invalid login or password."},
		{"", basicOf(p.Username, ""), "InvalidCredentials", "Invalid login or password."},
		{"", basicOf("nobody", p.Password), "InvalidCredentials", "Invalid login or password."},
		{"", "Cookie: sid=" + p.Token, "Unauthorized", "Session expired."},
		{"", "X-Session-Id: " + p.Token, "Unauthorized", "Not logged in."},
		{"?api-token=", "", "Unauthorized", "Invalid API token."},
		{"?api-token=" + p.Token + "0", "", "Unauthorized", "Invalid API token."},
		{"?api-token=" + url.QueryEscape(`"`+p.Token+`"`), "", "Unauthorized", "Invalid API token."},
		{"?api-token=x", p.asAdmin(), "Unauthorized", "Invalid API token."},
	} {
		what := c.query + " " + c.header
		for _, path := range []string{pultUsers, pultUsers + "/current", pultUsers + "/x"} {
			p.ask(t, "GET", path+c.query, "", c.header).wants(t, what, 401, c.code, c.message)
		}
		p.ask(t, "POST", tokenPath("x")+c.query, "", c.header).wants(t, what, 401, c.code, c.message)
	}
}

func TestNoPasswordLetsAPultUserInWhoHasNone(t *testing.T) {
	p := startPult(t, demo.Options{})
	for _, u := range p.list(t, p.asAdmin()) {
		login := u["login"].(string)
		if strings.Contains(login, ":") || login == p.Username || login == p.WeakUsername {
			continue
		}
		p.ask(t, "GET", pultUsers+"/current", "", basicOf(login, "")).wants(t, login, 401, "InvalidCredentials", "Invalid login or password.")
	}
}

func TestABlockedPultUsersTokenIsRefused(t *testing.T) {
	p := startPult(t, demo.Options{})
	met := map[any]int{}
	for id, u := range p.list(t, p.asAdmin()) {
		if key, held := u["authenticationToken"].(string); held {
			a := p.ask(t, "GET", pultUsers+"/current?api-token="+key, "")
			if (a.Status == 200) != (u["status"] == 2.0) {
				t.Errorf("%s with the status %v: %d", id, u["status"], a.Status)
			}
			met[u["status"]]++
		}
	}
	if len(met) != 3 {
		t.Errorf("met only %v", met)
	}
}

func TestAPultBodyThatIsNoJSONIsRefusedBeforeAnythingElse(t *testing.T) {
	p := startPult(t, demo.Options{})
	id := mustFind(t, p.list(t, p.asAdmin()), called("root.admin"))
	for _, c := range [][2]string{{"POST", pultUsers + "/session"}, {"POST", tokenPath(id)}, {"DELETE", tokenPath(id)}} {
		for _, body := range []string{"{", "login=x", `{"login":"a"} {}`} {
			p.ask(t, c[0], c[1], body).wants(t, c[1], 400, "InvalidContent", "Invalid JSON: ")
		}
	}
	for _, body := range []string{"", "{}", "null"} {
		if a := p.ask(t, "POST", tokenPath(id), body, p.asAdmin()); a.Status != 200 {
			t.Errorf("create with the body %q: %d %s", body, a.Status, a.Body)
		}
	}
}

func TestThePultSpeaksOfFaultsInItsOwnWords(t *testing.T) {
	p := startPult(t, demo.Options{})
	for fault, c := range map[string]struct {
		status        int
		code, message string
	}{
		"401": {401, "Unauthorized", "Invalid API token."},
		"403": {403, "NotAuthorized", "Permissions required"},
		"404": {404, "NotFound", "User is not found."},
		"429": {429, "TooManyRequests", "You have exceeded"},
	} {
		if err := p.Break("saymon/me:" + fault); err != nil {
			t.Fatal(err)
		}
		p.ask(t, "GET", pultUsers+"/current", "", p.asAdmin()).wants(t, fault, c.status, c.code, c.message)
	}
	if err := p.Break("saymon/me:502"); err != nil {
		t.Fatal(err)
	}
	a := p.ask(t, "GET", pultUsers+"/current", "", p.asAdmin())
	if a.Status != 502 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		t.Errorf("what a proxy says: %d %v", a.Status, a.Header)
	}
}

func TestEveryEndpointOfThePultCanBeBroken(t *testing.T) {
	p := startPult(t, demo.Options{Faults: "any:503"})
	for endpoint, c := range map[string][2]string{
		"users": {"GET", pultUsers}, "user": {"GET", pultUsers + "/x"}, "me": {"GET", pultUsers + "/current"},
		"create": {"POST", tokenPath("x")}, "delete": {"DELETE", tokenPath("x")},
		"signin": {"POST", pultUsers + "/session"}, "probe": {"GET", pultUsers + "/session/verify/x"},
	} {
		if err := p.Break("saymon/" + endpoint + ":503"); err != nil {
			t.Fatal(err)
		}
		if a := p.ask(t, c[0], c[1], ""); a.Status != 503 || p.Served("saymon/"+endpoint) != 1 {
			t.Errorf("%s: %d, served %d", endpoint, a.Status, p.Served("saymon/"+endpoint))
		}
	}
}
