package awx_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

const authToken, towerMe = "/api/v2/authtoken/", "/api/v2/me/"

func startTower(t *testing.T, quirks ...demo.Quirk) client {
	t.Helper()
	return start(t, demo.Options{AWX: demo.AWXTower, Quirks: append(quirks, demo.AWXOldWords), Now: time.Now})
}

func TestATowerFromAWX103OnForgetsWhatIsWrongWithACredential(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXTower})
	key := d.signIn("console/1")
	for _, header := range []string{"Token", "Token a b", "Token " + key[:39], basicAuth("root.admin", "guess")} {
		d.expect(header, d.call(header, "GET", towerMe, "", "User-Agent", "console/1"), 401, "Authentication credentials were not provided.")
	}
	d.call("Token "+key, "DELETE", authToken, "")
	d.expect("revoked", d.meAs("console/1", key), 401, "Authentication credentials were not provided.")
}

func (d client) signIn(agent string) string {
	d.Helper()
	a := d.call("", "POST", authToken, fmt.Sprintf(`{"username":%q,"password":%q}`, d.sys.Username, d.sys.Password), "User-Agent", agent)
	key, ok := a.Object(d)["token"].(string)
	if a.Status != 200 || !ok {
		d.Fatalf("sign in: %d %s", a.Status, a.Body)
	}
	return key
}

// meAs asks who it is, with a key, from a program of a name.
func (d client) meAs(agent, key string) demotest.Answer {
	d.Helper()
	return d.call("Token "+key, "GET", towerMe, "", "User-Agent", agent)
}

func TestASignInToTowerGivesAKeyAndItsEnd(t *testing.T) {
	d := startTower(t)
	for _, path := range []string{authToken, "/api/v1/authtoken/"} {
		a := d.call("Basic nonsense", "POST", path, fmt.Sprintf(`{"username":" %s ","password":%q}`, d.sys.Username, d.sys.Password))
		if a.Status != 200 || demotest.Names(a.Object(t)) != "expires token" || !regexp.MustCompile(`^[0-9a-f]{40}$`).MatchString(a.Object(t)["token"].(string)) {
			t.Fatalf("%s: %d %s", path, a.Status, a.Body)
		}
		left := time.Until(demotest.When(t, a.Object(t)["expires"]))
		if left < 29*time.Minute || left > 30*time.Minute || a.Header.Get("Auth-Token-Timeout") != "1800" || a.Header.Get("Pragma") != "no-cache" {
			t.Errorf("%s: ends in %v, %v", path, left, a.Header)
		}
	}
	if d.s.Served("awx/signin") != 2 {
		t.Error("a sign in has another name")
	}
}

func TestABadSignInToTowerIsABadRequest(t *testing.T) {
	d := startTower(t)
	for body, want := range map[string]string{
		`{"username":"root.admin","password":"guess"}`: `{"__all__":["Unable to login with provided credentials."]}`,
		`{"username":"nobody","password":"guess"}`:     `{"__all__":["Unable to login with provided credentials."]}`,
		`{"username":"root.admin"}`:                    `{"password":["This field is required."]}`,
		`{}`:                                           `{"password":["This field is required."],"username":["This field is required."]}`,
		`{"username":"root.admin","password":""}`:      `{"password":["This field may not be blank."]}`,
		`{"username":"root.admin","password":"  "}`:    `{"password":["This field may not be blank."]}`,
		`{"username":null,"password":"x"}`:             `{"username":["This field may not be null."]}`,
		`[]`:                                           `{"detail":"JSON parse error - not a JSON object"}`,
	} {
		if a := d.call("", "POST", authToken, body); a.Status != 400 || strings.TrimSpace(a.Body) != want {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	a := d.call("", "POST", authToken, "username=a&password=b", "Content-Type", "application/x-www-form-urlencoded")
	d.expect("form", a, 415, `Unsupported media type "application/x-www-form-urlencoded" in request.`)
	d.expect("Basic", d.call(basicAuth("root.admin", "guess"), "GET", towerMe, ""), 401, "Invalid username/password.")
}

func TestTwoSignInsFromOnePlaceShareAKey(t *testing.T) {
	d := startTower(t)
	first := d.signIn("console/1")
	if d.signIn("console/1") != first || d.signIn("console/2") == first || d.signIn("") == first {
		t.Error("keys do not go by who asks")
	}
	d.call("Token "+first, "DELETE", authToken, "")
	if d.signIn("console/1") == first {
		t.Error("a revoked key is given out again")
	}
}

func TestAKeyOfTowerWorksOnlyWhereItWasMade(t *testing.T) {
	d := startTower(t)
	key := d.signIn("console/1")
	for _, header := range []string{"Token " + key, "token " + key} {
		d.expect(header, d.call(header, "GET", towerMe, "", "User-Agent", "console/1"), 200, "")
	}
	d.expect("another program", d.meAs("console/2", key), 401, "Invalid token")
	d.expect("forwarded", d.call("Token "+key, "GET", towerMe, "", "User-Agent", "console/1", "X-Forwarded-For", "10.9.8.7"), 200, "")
	x := d.call(d.weak(), "GET", towerMe, "", "User-Agent", "console/1", "X-Auth-Token", "Token "+key)
	if x.Status != 200 || x.Rows(t)[0]["username"] != "root.admin" || x.Header.Get("Auth-Token-Timeout") != "1800" {
		t.Errorf("X-Auth-Token: %d %s", x.Status, x.Body)
	}
	cookie := d.call("", "GET", towerMe, "", "User-Agent", "console/1", "Cookie", "token="+key)
	d.expect("cookie", cookie, 200, "")
	if cookie.Header.Get("Auth-Token-Timeout") != "" || d.meAs("console/1", key).Header.Get("Auth-Token-Timeout") != "" {
		t.Error("the timeout is told to who did not use X-Auth-Token")
	}
}

func TestEveryBadHeaderOfTowerHasItsWords(t *testing.T) {
	d := startTower(t)
	key := d.signIn("console/1")
	for _, c := range []struct{ name, value, want, challenge string }{
		{"Authorization", "", "Authentication credentials were not provided.", `Basic realm="api"`},
		{"Authorization", "Bearer " + key, "Authentication credentials were not provided.", `Basic realm="api"`},
		{"Authorization", "Token", "Invalid token header. No credentials provided.", "Token"},
		{"Authorization", "Token a b", "Invalid token header. Token string should not contain spaces.", "Token"},
		{"Authorization", "Token " + key[:39], "Invalid token", "Token"},
		{"Authorization", "token " + key[:39], "Invalid token", `Basic realm="api"`},
		{"X-Auth-Token", "Token " + key[:39], "Invalid token", `Basic realm="api"`},
		{"Authorization", basicAuth("root.admin", "guess"), "Invalid username/password.", `Basic realm="api"`},
	} {
		a := d.call("", "GET", towerMe, "", "User-Agent", "console/1", c.name, c.value)
		d.expect(c.value, a, 401, c.want)
		if got := a.Header.Get("WWW-Authenticate"); got != c.challenge {
			t.Errorf("%s: %s: challenge %s", c.name, c.value, got)
		}
		if told := a.Header.Get("Auth-Token-Timeout") == "1800"; told != (c.name == "X-Auth-Token") {
			t.Errorf("%s: timeout told: %v", c.value, told)
		}
		d.expect("probes look at no credential", d.call("", "GET", "/api/", "", c.name, c.value), 200, "")
	}
	noBasic := startTower(t, demo.AWXNoBasic)
	noBasic.expect("Token", noBasic.meAs("x", "wrong"), 401, "Invalid token")
	noBasic.expect("X-Auth-Token", noBasic.call("", "GET", towerMe, "", "X-Auth-Token", "Token wrong"), 403, "Invalid token")
}

func TestARevocationSaysYesToEverything(t *testing.T) {
	d := startTower(t)
	key := d.signIn("console/1")
	for _, header := range []string{"", "Token", "Token unknown", "token " + key, "Bearer " + key} {
		if a := d.call(header, "DELETE", authToken, "", "User-Agent", "console/1"); a.Status != 204 || a.Body != "" {
			t.Errorf("%q: %d %s", header, a.Status, a.Body)
		}
	}
	if a := d.call("", "DELETE", authToken, "", "X-Auth-Token", "Token "+key); a.Status != 204 {
		t.Errorf("X-Auth-Token: %d", a.Status)
	}
	d.expect("none of them revokes", d.meAs("console/1", key), 200, "")
	d.expect("anybody revokes", d.call("Token  "+key, "DELETE", authToken, "", "User-Agent", "somebody else"), 204, "")
	d.expect("revoked", d.meAs("console/1", key), 401, "Token is expired")
}

func TestAKeyOfTowerEndsWhenItRestsForHalfAnHour(t *testing.T) {
	var minutes atomic.Int64
	base := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	d := start(t, demo.Options{AWX: demo.AWXTower, Quirks: []demo.Quirk{demo.AWXOldWords}, Now: func() time.Time { return base.Add(time.Duration(minutes.Load()) * time.Minute) }})
	key := d.signIn("console/1")
	for range 3 { // every use puts the end off
		minutes.Add(29)
		d.expect("in use", d.meAs("console/1", key), 200, "")
	}
	minutes.Add(31)
	d.expect("after a rest", d.meAs("console/1", key), 401, "Token is expired")
	if d.signIn("console/1") == key {
		t.Error("an expired key is given out again")
	}
}

func TestASessionLimitEndsTheOlderKeys(t *testing.T) {
	d := startTower(t, demo.AWXOneSession)
	first := d.signIn("console/1")
	second := d.signIn("console/2")
	d.expect("older", d.meAs("console/1", first), 401, "The maximum number of allowed sessions for this user has been exceeded.")
	d.expect("newer", d.meAs("console/2", second), 200, "")
}

func TestTowerListsNoKeysAndSaysWhatItCan(t *testing.T) {
	d := startTower(t)
	a := d.call("", "GET", authToken, "")
	d.expect("GET", a, 405, `Method "GET" not allowed.`)
	if got := d.call("", "OPTIONS", authToken, ""); got.Status != 200 || got.Header.Get("Allow") != "POST, DELETE, OPTIONS" {
		t.Errorf("OPTIONS: %d %v", got.Status, got.Header)
	}
	if d.s.Served("awx/probe") != 1 {
		t.Error("asking what there is has another name")
	}
}

func TestTowerAnswersInTheVersionItWasAskedIn(t *testing.T) {
	d := startTower(t)
	for _, base := range []string{"/api/v1/", "/api/v2/"} {
		if me := d.call(d.admin(), "GET", base+"me/", "").Rows(t)[0]; me["url"] != base+"users/1/" {
			t.Errorf("%s: %v", base, me["url"])
		}
	}
}

func TestKeysOfTowerCarryThePrefix(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXTower, KeyPrefix: "CANARY-"})
	if key := d.signIn("x"); !strings.HasPrefix(key, "CANARY-") || len(key) != 40 {
		t.Errorf("key %q", key)
	}
}
