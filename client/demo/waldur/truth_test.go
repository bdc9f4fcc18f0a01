package waldur_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

// What Waldur 7.0.7 answered when it was run.

const (
	passwordPath = "/api-auth/password/"
	refusedLogin = "Invalid username/password."
)

// send makes a request with headers of its own.
func send(t *testing.T, s demotest.Demo, method, path, body string, header map[string]string) demotest.Answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.Systems()[0].URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	a, err := demotest.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func old(t *testing.T, o demo.Options) part {
	t.Helper()
	o.Quirks = append(o.Quirks, demo.Waldur70)
	return cloud(t, o)
}

func TestASecondLockoutRefusesTheRightPasswordInTheWordsForAWrongOne(t *testing.T) {
	c := new(clock)
	s := old(t, demo.Options{Now: c.now})
	sys := s.Systems()[0]
	try := func(password, want string) {
		t.Helper()
		a := signIn(t, s, sys.WeakUsername, password)
		if said, _ := a.Object(t)["detail"].(string); said != want || (a.Status == 200) != (want == "") || a.Header.Get("WWW-Authenticate") != "" {
			t.Errorf("%q: %d %s", password, a.Status, a.Body)
		}
	}
	for range 2 { // three wrong ones and the right one: the server's own lockout forgets, the other does not
		for range 3 {
			try("guess", refusedLogin)
			c.wait(time.Second)
		}
		if c.passed.Load() < int64(4*time.Second) {
			try(sys.WeakPassword, "")
		}
	}
	try(sys.WeakPassword, refusedLogin) // and is counted by both
	try(sys.WeakPassword, "Username is locked out. Try in 10 minutes.")
	if a := demotest.AskAs(t, s, sys.Weak, "GET", cloudMe, ""); a.Status != 200 {
		t.Errorf("the token that is there: %d", a.Status)
	}
	c.wait(10 * time.Minute)
	try(sys.WeakPassword, "")
}

func TestASignInTakesFormsAndNumbersAndCutsBlanksOff(t *testing.T) {
	s := old(t, demo.Options{})
	sys := s.Systems()[0]
	long := strings.Repeat("x", 129)
	for _, c := range []struct {
		kind, body string
		status     int
		says       string
	}{
		{"application/json", fmt.Sprintf(`{"username":" %s ","password":" %s "}`, sys.WeakUsername, sys.WeakPassword), 200, `{"token":"`},
		{"application/x-www-form-urlencoded", "username=" + sys.WeakUsername + "&password=" + sys.WeakPassword, 200, `{"token":"`},
		{"application/x-www-form-urlencoded", "username=x", 400, `{"password":["This field is required."]}`},
		{"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nx\r\n--b--\r\n", 400, `{"password":["This field is required."]}`},
		{"application/json", `{"username":5,"password":6}`, 401, refusedLogin},
		{"application/json", `{"username":" ","password":true}`, 400, `{"username":["This field may not be blank."],"password":["Not a valid string."]}`},
		{"application/json", `{"password":null,"username":null}`, 400, `{"username":["This field may not be null."],"password":["This field may not be null."]}`},
		{"application/json", ``, 400, `{"username":["This field is required."],"password":["This field is required."]}`},
		{"application/json", `["x"]`, 400, `{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}`},
		{"application/json", `{"username":"x","password":"` + long + `"}`, 400, `{"password":["Ensure this field has no more than 128 characters."]}`},
		{"text/plain", `username=x`, 415, `Unsupported media type`},
		{"application/json; charset=utf-16", "\xff\xfe{\x00\"\x00u\x00s\x00e\x00r\x00n\x00a\x00m\x00e\x00\"\x00:\x005\x00}\x00", 400, `{"password":["This field is required."]}`},
	} {
		a := send(t, s, "POST", passwordPath, c.body, map[string]string{"Content-Type": c.kind})
		if a.Status != c.status || !strings.Contains(a.Body, c.says) {
			t.Errorf("%s %s: %d %s", c.kind, c.body, a.Status, a.Body)
		}
		if cookie := a.Header.Get("Set-Cookie"); strings.HasPrefix(cookie, "sessionid=") != (a.Status == 200) {
			t.Errorf("%s: the cookie is %q", c.body, cookie)
		} else if name, _, _ := strings.Cut(cookie, ";"); a.Status == 200 {
			if by := send(t, s, "GET", cloudMe, "", map[string]string{"Cookie": name}); by.Status != 401 {
				t.Errorf("the cookie opens with %d", by.Status)
			}
		}
	}
}

func TestAnInactiveUserCannotSignInAndIsNotToldWhy(t *testing.T) {
	s := old(t, demo.Options{})
	name := userWhere(t, s, func(u map[string]any) bool { return u["is_active"] == false })["username"].(string)
	if a := signIn(t, s, name, "anything"); a.Status != 401 || a.Object(t)["detail"] != refusedLogin {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestADeadKeyIsRefusedOnOpenAddressesToo(t *testing.T) {
	s := old(t, demo.Options{})
	sys := s.Systems()[0]
	login := fmt.Sprintf(`{"username":%q,"password":%q}`, sys.WeakUsername, sys.WeakPassword)
	for header, status := range map[string]int{"Token dead": 401, "Token": 401, "Token " + sys.Weak: 200, "Bearer x": 200, "Basic x": 200, "": 200} {
		for _, c := range [][3]string{{"GET", "/api/configuration/"}, {"POST", passwordPath, login}} {
			a := send(t, s, c[0], c[1], c[2], map[string]string{"Authorization": header, "Content-Type": "application/json"})
			if a.Status != status || status == 401 && a.Header.Get("WWW-Authenticate") != "Token" {
				t.Errorf("%s with %q: %d %s", c[1], header, a.Status, a.Body)
			}
		}
	}
}

func TestBearerIsNoCredentialOfAnOldRelease(t *testing.T) {
	for quirk, want := range map[demo.Quirk]string{demo.Waldur70: "Authentication credentials were not provided.", "": "Invalid token."} {
		s := cloud(t, demo.Options{Quirks: []demo.Quirk{quirk}})
		if a := send(t, s, "GET", cloudMe, "", map[string]string{"Authorization": "Bearer w_x"}); a.Status != 401 || a.Object(t)["detail"] != want {
			t.Errorf("%q: %d %s", quirk, a.Status, a.Body)
		}
	}
}

func TestASearchForUsersDropsWhatIsNotASCIIAndThenFindsEverybody(t *testing.T) {
	s := old(t, demo.Options{})
	count := func(query string) string {
		return send(t, s, "HEAD", cloudUsers+"?"+query, "", map[string]string{"Authorization": "Token " + s.Systems()[0].Token}).Header.Get("X-Result-Count")
	}
	all := count("")
	for query, everybody := range map[string]bool{
		"user_keyword=%D8%B3%D8%A7%D8%B1%D8%A7": true, "user_keyword=%C3%9F": true, "full_name=%D0%98%D0%B2%D0%B0%D0%BD": true,
		"query=%D8%B3%D8%A7%D8%B1%D8%A7": false, "user_keyword=zzz": false,
	} {
		if got := count(query); (got == all) != everybody {
			t.Errorf("%s finds %s of %s", query, got, all)
		}
	}
	if accented, plain := count("user_keyword=r%C3%B3%C3%B6t"), count("user_keyword=root"); accented != plain || plain == "0" {
		t.Errorf("with accents %s, without %s", accented, plain)
	}
	if a := demotest.Ask(t, s, "GET", cloudUsers+"?user_keyword=%00", ""); a.Status != 400 || fmt.Sprint(a.Object(t)["user_keyword"]) != "[Null characters are not allowed.]" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	for query, want := range map[string]string{"civil_number=1": "0", "customer_uuid=nonsense": "0", "username_list=root.admin": all} {
		if got := count(query); got != want {
			t.Errorf("%s finds %s, want %s", query, got, want)
		}
	}
}

func TestNumbersAreReadAsPythonReadsThem(t *testing.T) {
	s := old(t, demo.Options{})
	page := func(query string) string {
		return fmt.Sprint(demotest.Values(demotest.Ask(t, s, "GET", sessionsPath+"?"+query, "").List(t), "url"))
	}
	second := page("page=2")
	for _, query := range []string{"page=%202", "page=%D9%A2", "page=1&page=2", "page=%2B2", "page=002&page_size=1_0"} {
		if got := page(query); got != second {
			t.Errorf("%s is another page", query)
		}
	}
	n := strings.TrimSuffix(strings.TrimPrefix(pathOf(t, sessionOfUser(t, s, "root.admin")["url"]), sessionsPath), "/")
	for path, status := range map[string]int{"%20" + n: 200, "00" + n: 200, "%2B" + n: 200, n + "x": 404, "_" + n: 404, "99999999999999999999": 404} {
		if a := demotest.Ask(t, s, "GET", sessionsPath+path+"/", ""); a.Status != status {
			t.Errorf("%q: %d", path, a.Status)
		}
	}
}

func TestTheTypeOfAnAnswerIsCarriedOnInItsLinks(t *testing.T) {
	s := old(t, demo.Options{})
	mine := pathOf(t, sessionOfUser(t, s, "root.admin")["url"])
	bare := strings.TrimSuffix(mine, "/")
	for path, want := range map[string]string{mine + "?format=json": mine + "?format=json", bare + ".json": bare + ".json", mine: mine} {
		row := demotest.Ask(t, s, "GET", path, "").Object(t)
		if got, _ := row["url"].(string); !strings.HasSuffix(got, want) || strings.HasSuffix(row["user"].(string), "/") != (path == mine) {
			t.Errorf("%s: the links are %v and %v", path, row["url"], row["user"])
		}
	}
	for _, path := range []string{mine + "?format=xml", bare + ".xml", sessionsPath + "?format=api"} {
		if a := demotest.Ask(t, s, "GET", path, ""); a.Status != 404 || a.Object(t)["detail"] != "Not found." {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
}

func TestAnOldReleaseDescribesNobodyToOrdinaryUsers(t *testing.T) {
	s := old(t, demo.Options{})
	for _, key := range []string{s.Systems()[0].Token, s.Systems()[0].Weak} {
		me := demotest.AskAs(t, s, key, "GET", cloudMe, "").Object(t)
		if has(me, "description") != (key == s.Systems()[0].Token) || has(me, "birth_date") || has(me, "ip_address") || has(me, "notifications_enabled") {
			t.Errorf("me is %v", me)
		}
	}
}

func TestWhoMayNotChangeUsersIsRefused(t *testing.T) {
	s := old(t, demo.Options{})
	weak := s.Systems()[0].Weak
	staff := pathOf(t, demotest.Ask(t, s, "GET", cloudMe, "").Object(t)["url"])
	own := pathOf(t, demotest.AskAs(t, s, weak, "GET", cloudMe, "").Object(t)["url"])
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"DELETE", own, 403}, {"DELETE", staff, 403}, {"POST", cloudUsers, 403}, {"PATCH", staff, 404}, {"PUT", staff, 404},
	} {
		if a := demotest.AskAs(t, s, weak, c.method, c.path, "{}"); a.Status != c.status {
			t.Errorf("%s %s: %d %s", c.method, c.path, a.Status, a.Body)
		}
	}
	if a := demotest.Ask(t, s, "GET", "/api/", ""); a.Status != 200 || a.Object(t)["auth-tokens"] == nil || has(a.Object(t), "personal-access-tokens") {
		t.Errorf("the root: %d %s", a.Status, a.Body)
	}
	if a := send(t, s, "GET", "/api/", "", nil); a.Status != 401 {
		t.Errorf("the root: %d", a.Status)
	}
}

func TestAnActiveTokenIsBoundToOtherNetworks(t *testing.T) {
	s := cloud(t, demo.Options{})
	for _, row := range demotest.Ask(t, s, "GET", patsPath+"?page_size=50", "").List(t) {
		path := patsPath + row["uuid"].(string) + "/set_network_acl/"
		a := demotest.Ask(t, s, "POST", path, `{"allowed_networks":["192.0.2.0/24"]}`)
		if want := map[bool]int{true: 200, false: 400}[row["is_active"] == true]; a.Status != want || want == 200 && fmt.Sprint(a.Object(t)["allowed_networks"]) != "[192.0.2.0/24]" {
			t.Errorf("%d %s", a.Status, a.Body)
		}
		if a = demotest.Ask(t, s, "POST", path, `{}`); a.Status != 400 || a.Object(t)["allowed_networks"] == nil {
			t.Errorf("without networks: %d %s", a.Status, a.Body)
		}
	}
	targets := demotest.Ask(t, s, "GET", patsPath+"available_binding_targets/", "").List(t)
	if len(targets) == 0 || demotest.Names(targets[0]) != "permission types" {
		t.Errorf("bound to %v", targets)
	}
}

func TestTheNewestReleaseMayWantAPasskeyBesideThePassword(t *testing.T) {
	s := cloud(t, demo.Options{Quirks: []demo.Quirk{demo.WaldurPasskey}})
	sys := s.Systems()[0]
	a := signIn(t, s, sys.Username, sys.Password)
	if row := a.Object(t); a.Status != 401 || row["passkey_required"] != true || demotest.Names(row) != "detail passkey_required pending_passkey_ceremony" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a = signIn(t, s, sys.Username, "guess"); a.Status != 401 || has(a.Object(t), "passkey_required") {
		t.Errorf("a wrong password: %d %s", a.Status, a.Body)
	}
	if me := demotest.Ask(t, s, "GET", cloudMe, "").Object(t); me["has_passkey"] != true || me["has_usable_password"] != true {
		t.Errorf("me is %v", me)
	}
}

func TestEverybodySetsTheirOwnLifetimeAndNobodyElses(t *testing.T) {
	s := old(t, demo.Options{})
	weak := s.Systems()[0].Weak
	own := pathOf(t, demotest.AskAs(t, s, weak, "GET", cloudMe, "").Object(t)["url"])
	for value, says := range map[string]string{
		"59": "greater than or equal to 60.", "0": "greater", "2147483648": "less than or equal to 2147483647.", "1.5": "A valid integer", `"x"`: "A valid integer",
	} {
		if a := demotest.AskAs(t, s, weak, "PATCH", own, `{"token_lifetime":`+value+`}`); a.Status != 400 || !strings.Contains(a.Body, says) {
			t.Errorf("%s: %d %s", value, a.Status, a.Body)
		}
	}
	for _, c := range []struct {
		value string
		want  any
	}{{`7200`, 7200.0}, {`"3600"`, 3600.0}, {`null`, nil}} {
		a := demotest.AskAs(t, s, weak, "PATCH", own, `{"token_lifetime":`+c.value+`,"job_title":"Engineer"}`)
		if row := a.Object(t); a.Status != 200 || row["token_lifetime"] != c.want || row["job_title"] != "Engineer" {
			t.Errorf("%s: %d %s", c.value, a.Status, a.Body)
		}
	}
	if a := demotest.Ask(t, s, "PATCH", own, `{"token_lifetime":60}`); a.Status != 200 {
		t.Errorf("staff: %d %s", a.Status, a.Body)
	}
	if me := demotest.AskAs(t, s, weak, "GET", cloudMe, "").Object(t); me["token_lifetime"] != nil {
		t.Errorf("staff set it to %v", me["token_lifetime"])
	}
	for query, status := range map[string]int{"?field=uuid": 500, "?field=username&field=token_lifetime": 200} {
		if a := demotest.AskAs(t, s, weak, "PATCH", own+query, `{"token_lifetime":7200}`); a.Status != status {
			t.Errorf("%s: %d", query, a.Status)
		}
	}
}

func TestAUserWhoIsRemovedIsGoneWithTheirKeys(t *testing.T) {
	s := cloud(t, demo.Options{})
	sys := s.Systems()[0]
	row := sessionOfUser(t, s, sys.WeakUsername)
	if a := demotest.Ask(t, s, "DELETE", pathOf(t, row["user"]), ""); a.Status != 204 {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	for _, path := range []string{pathOf(t, row["user"]), pathOf(t, row["url"])} {
		if a := demotest.Ask(t, s, "GET", path, ""); a.Status != 404 {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
	if a := demotest.AskAs(t, s, sys.Weak, "GET", cloudMe, ""); a.Status != 401 {
		t.Errorf("the key: %d", a.Status)
	}
	if a := signIn(t, s, sys.WeakUsername, sys.WeakPassword); a.Status != 401 {
		t.Errorf("the password: %d", a.Status)
	}
}

func TestWhatIsKnownOfOtherLanguagesIsPlayed(t *testing.T) {
	s := old(t, demo.Options{})
	for _, c := range []struct{ asked, language, says string }{
		{"et", "et", "Autentimistunnus on esitamata."},
		{"et-EE,en;q=0.5", "et", "Autentimistunnus on esitamata."},
		{"en", "en", "Authentication credentials were not provided."},
		{"xx", "en", "Authentication credentials were not provided."},
	} {
		a := send(t, s, "GET", cloudMe, "", map[string]string{"Accept-Language": c.asked})
		if a.Object(t)["detail"] != c.says || a.Header.Get("Content-Language") != c.language {
			t.Errorf("%s: %v %s", c.asked, a.Header, a.Body)
		}
	}
	if a := send(t, s, "GET", "/", "", nil); a.Status != 200 || !strings.HasPrefix(a.Body, "<!DOCTYPE html>") {
		t.Errorf("the page for people: %d %s", a.Status, a.Body)
	}
}
