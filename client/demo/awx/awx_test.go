package awx_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/awx"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

// client is a running demo, seen from a client of its awx.
type client struct {
	*testing.T
	s   *demo.Server
	sys demo.System
}

func start(t *testing.T, o demo.Options) client {
	t.Helper()
	s := demotest.Start(t, o)
	return client{t, s, demotest.SystemOf(s, "awx")}
}

func basicAuth(username, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(username+":"+password))
}

func (d client) admin() string { return basicAuth(d.sys.Username, d.sys.Password) }
func (d client) weak() string  { return basicAuth(d.sys.WeakUsername, d.sys.WeakPassword) }

// call makes one request. More headers come as name and value.
func (d client) call(auth, method, path, body string, headers ...string) demotest.Answer {
	d.Helper()
	req, err := http.NewRequestWithContext(d.Context(), method, d.sys.URL+path, strings.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	if auth != "" {
		req.Header.Set("Authorization", auth)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	a, err := demotest.Do(req)
	if err != nil {
		d.Fatal(err)
	}
	return a
}

// pages follows next, as a client has to: it is an address without a host.
func (d client) pages(auth, path string) []map[string]any {
	d.Helper()
	var all []map[string]any
	for {
		a := d.call(auth, "GET", path, "")
		all = append(all, a.Rows(d)...)
		next, more := a.Object(d)["next"].(string)
		if !more {
			if count := a.Object(d)["count"]; count != float64(len(all)) {
				d.Fatalf("count is %v, pages hold %d rows", count, len(all))
			}
			return all
		}
		path = next
	}
}

// expect wants a status and a detail; "" is any detail.
func (d client) expect(what string, a demotest.Answer, status int, detail string) {
	d.Helper()
	if a.Status != status || detail != "" && a.Object(d)["detail"] != detail {
		d.Errorf("%s: %d %.200s, want %d %s", what, a.Status, a.Body, status, detail)
	}
}

// as calls with a new token of a user.
func as(t *testing.T, a awx.Inside, u *stage.User, method, path, body string) demotest.Answer {
	t.Helper()
	rec := a.As(t, u, method, path, body)
	return demotest.Answer{Status: rec.Code, Header: rec.Header(), Body: rec.Body.String()}
}

func TestTheGenerationsAreFiveAndAnotherIsRefused(t *testing.T) {
	_, err := demo.Start(t.Context(), demo.Options{AWX: "tower4"})
	if err == nil || !strings.Contains(err.Error(), `unknown AWX generation "tower4", want one of tower oauth2 gateway-2024 gateway none`) {
		t.Errorf("error %v", err)
	}
	if _, has := start(t, demo.Options{}).call("", "GET", "/api/", "").Object(t)["oauth2"]; !has {
		t.Error("OAuth2 is not what is played unless told")
	}
}

func TestOnlyGenerationsWithLastingKeysGiveSome(t *testing.T) {
	for g, shape := range map[demo.Generation]string{
		demo.AWXTower: `^$`, demo.AWXOAuth2: `^[0-9A-Za-z]{30}$`, demo.AWXGateway: `^[0-9A-Za-z]{30}$`, demo.AWXNone: `^$`,
	} {
		d := start(t, demo.Options{AWX: g})
		for _, key := range []string{d.sys.Token, d.sys.Weak} {
			if !regexp.MustCompile(shape).MatchString(key) {
				t.Errorf("%s: key %q", g, key)
			}
		}
		if d.sys.Name != "tower" || d.sys.Password == "" {
			t.Errorf("%s: %+v", g, d.sys)
		}
	}
}

func TestAGenerationIsToldByItsRootWithoutACredential(t *testing.T) {
	for g, c := range map[demo.Generation]struct{ root, current, has string }{
		demo.AWXTower:   {"available_versions current_version custom_login_info custom_logo description", "/api/v2/", "authtoken"},
		demo.AWXOAuth2:  {"available_versions current_version custom_login_info custom_logo description login_redirect_override oauth2", "/api/v2/", "tokens"},
		demo.AWXGateway: {"apis description", "/api/gateway/v1/", "tokens"},
		demo.AWXNone:    {"available_versions current_version custom_login_info custom_logo description login_redirect_override", "/api/v2/", "users"},
	} {
		d := start(t, demo.Options{AWX: g})
		root := d.call("", "GET", "/api/", "").Object(t)
		if got := demotest.Names(root); got != c.root {
			t.Errorf("%s: root %s", g, got)
		}
		if current, told := root["current_version"]; told && current != c.current {
			t.Errorf("%s: current version %v", g, current)
		}
		entries := d.call("", "GET", c.current, "").Object(t)
		if entries[c.has] != c.current+c.has+"/" {
			t.Errorf("%s: entries %v", g, entries)
		}
		if _, has := entries["tokens"]; has != g.HasOAuth2() {
			t.Errorf("%s: tokens are listed: %v", g, has)
		}
		if d.s.Served("awx/probe") != 2 {
			t.Errorf("%s: %d probes", g, d.s.Served("awx/probe"))
		}
	}
}

func TestPingNeedsNoCredentialAndItsVersionTellsNothing(t *testing.T) {
	for g, want := range map[demo.Generation]string{
		demo.AWXTower:   "active_node ha instance_groups instances version",
		demo.AWXOAuth2:  "active_node ha install_uuid instance_groups instances version",
		demo.AWXNone:    "active_node ha install_uuid instance_groups instances version",
		demo.AWXGateway: "db_connected pong proxy_connected status version",
	} {
		d := start(t, demo.Options{AWX: g})
		path := "/api/v2/ping/"
		if g == demo.AWXGateway {
			path = "/api/gateway/v1/ping/"
		}
		if got := demotest.Names(d.call("", "GET", path, "").Object(t)); got != want {
			t.Errorf("%s: %s", g, got)
		}
	}
	guarded := start(t, demo.Options{AWX: demo.AWXGateway, Quirks: []demo.Quirk{demo.AWXGuardedPing}})
	guarded.expect("guarded", guarded.call("", "GET", "/api/gateway/v1/ping/", ""), 401, "Authentication credentials were not provided.")
	guarded.expect("guarded", guarded.call(guarded.admin(), "GET", "/api/gateway/v1/ping/", ""), 200, "")
}

func TestOldAndNewPathsAreThereOnlyInTheirTime(t *testing.T) {
	for g, want := range map[demo.Generation]string{
		//         v1   authtoken  o  v2/tokens  gateway  controller
		demo.AWXTower:   "200 200 404 404 404 404",
		demo.AWXOAuth2:  "404 404 200 401 404 404",
		demo.AWXNone:    "404 404 404 404 404 404",
		demo.AWXGateway: "404 404 404 404 401 200",
	} {
		d := start(t, demo.Options{AWX: g})
		var got []string
		for _, c := range [][2]string{
			{"GET", "/api/v1/"},
			{"OPTIONS", "/api/v2/authtoken/"},
			{"HEAD", "/api/o/"},
			{"GET", "/api/v2/tokens/"},
			{"GET", "/api/gateway/v1/tokens/"},
			{"GET", "/api/controller/v2/"},
		} {
			got = append(got, fmt.Sprint(d.call("", c[0], c[1], "").Status))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", g, got, want)
		}
	}
}

func TestAnUnknownPathIsNotFoundInItsOwnWords(t *testing.T) {
	d := start(t, demo.Options{})
	for _, path := range []string{"/api/v2/nowhere/", "/api/v2/tokens/x/", "/api/v2/tokens/-1/", "/api/v2/users/nobody/", "/api/v2/authtoken/", "/api/v1/"} {
		for _, auth := range []string{d.admin(), ""} {
			a := d.call(auth, "GET", path, "")
			if a.Status != 404 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") || a.Header.Get("X-API-Product-Name") != "" || a.Header.Get("Allow") != "" {
				t.Errorf("%s: %d %v", path, a.Status, a.Header)
			}
		}
	}
	for path, model := range map[string]string{"/api/v2/tokens/7/": "OAuth2AccessToken", "/api/v2/users/999999/": "User", "/api/v2/applications/99/": "OAuth2Application"} {
		d.expect(path, d.call(d.admin(), "GET", path, ""), 404, "No "+model+" matches the given query.")
	}
	gateway := start(t, demo.Options{AWX: demo.AWXGateway})
	for path, words := range map[string]string{gatewayTokens + "-1/": "No OAuth2AccessToken matches the given query.", gatewayUsers + "nobody/": "Not found."} {
		gateway.expect(path, gateway.call(gateway.admin(), "GET", path, ""), 404, words)
	}
}

func TestAForgottenSlashIsRedirectedWhateverTheMethod(t *testing.T) {
	for _, g := range awx.Generations() {
		d := start(t, demo.Options{AWX: g})
		path := "/api/v2/users"
		if g.IsGateway() {
			path = "/api/gateway/v1/users"
		}
		for _, method := range []string{"GET", "POST", "DELETE"} {
			a := d.call(d.admin(), method, path+"?page=2", "")
			if a.Status != 301 || a.Header.Get("Location") != path+"/?page=2" || a.Body != "" || a.Header.Get("X-API-Product-Name") != "" {
				t.Errorf("%s %s: %d to %q", g, method, a.Status, a.Header.Get("Location"))
			}
		}
	}
}

func TestWhateverIsWrongWithACredentialOfAWXIsToldInTheWordsOfNone(t *testing.T) {
	const hint = " To establish a login session, visit /api/login/."
	const challenge = "Bearer realm=api authorization_url=/api/o/authorize/"
	d, gateway := start(t, demo.Options{}), start(t, demo.Options{AWX: demo.AWXGateway})
	for _, auth := range []string{
		"Bearer " + d.sys.Token[:29], "Bearer", basicAuth(d.sys.Username, "guess"), basicAuth("nobody", d.sys.Password), basicAuth("", ""), "Basic not base!",
	} {
		for _, path := range []string{"/api/v2/me/", "/api/v2/tokens/"} {
			a := d.call(auth, "GET", path, "")
			d.expect(path+" as "+auth, a, 401, "Authentication credentials were not provided."+hint)
			if got := a.Header.Get("WWW-Authenticate"); got != challenge {
				t.Errorf("%s: challenge %q", path, got)
			}
		}
		for _, path := range []string{"/api/", "/api/v2/", "/api/v2/ping/", "/api/o/"} {
			d.expect(path+" as "+auth, d.call(auth, "GET", path, ""), 200, "")
		}
		if strings.HasPrefix(auth, "Basic") {
			gateway.expect(auth, gateway.call(auth, "GET", gatewayTokens, ""), 401, "Invalid username/password.")
			gateway.expect(auth, gateway.call(auth, "GET", "/api/", ""), 401, "Invalid username/password.")
		}
	}
	// The old scheme is no credential at all.
	d.expect("Token", d.call("Token "+d.sys.Token, "GET", "/api/", ""), 200, "")
	d.expect("Token", d.call("Token "+d.sys.Token, "GET", "/api/v2/me/", ""), 401, "Authentication credentials were not provided."+hint)
}

func TestKeysAndBasicLetTheSameUserIn(t *testing.T) {
	for g, path := range map[demo.Generation]string{demo.AWXOAuth2: "/api/v2/me/", demo.AWXGateway: "/api/gateway/v1/me/"} {
		d := start(t, demo.Options{AWX: g})
		for auth, want := range map[string]string{
			d.admin(): "root.admin", "Bearer " + d.sys.Token: "root.admin", "bearer " + d.sys.Token: "root.admin",
			d.weak(): "desk.staff", "Bearer " + d.sys.Weak: "desk.staff",
		} {
			if rows := d.call(auth, "GET", path, "").Rows(t); len(rows) != 1 || rows[0]["username"] != want {
				t.Errorf("%s: %v, want %s", g, rows, want)
			}
		}
	}
}

func TestABareAWXKnowsBasicAndNoKeys(t *testing.T) {
	d := start(t, demo.Options{AWX: demo.AWXNone})
	d.expect("basic", d.call(d.admin(), "GET", "/api/v2/me/", ""), 200, "")
	a := d.call("Bearer anything", "GET", "/api/v2/me/", "")
	d.expect("bearer", a, 401, "Authentication credentials were not provided. To establish a login session, visit /api/login/.")
	d.expect("bearer at the root", d.call("Bearer anything", "GET", "/api/", ""), 200, "")
}

func TestWithoutBasicThereIsNoOtherAnswerThanToNobody(t *testing.T) {
	for g, want := range map[demo.Generation]int{demo.AWXTower: 403, demo.AWXOAuth2: 401, demo.AWXGateway: 401, demo.AWXNone: 401} {
		d := start(t, demo.Options{AWX: g, Quirks: []demo.Quirk{demo.AWXNoBasic}})
		path := "/api/v2/me/"
		if g == demo.AWXGateway {
			path = "/api/gateway/v1/me/"
		}
		a := d.call(d.admin(), "GET", path, "")
		if !strings.HasPrefix(fmt.Sprint(a.Object(t)["detail"]), "Authentication credentials were not provided.") || a.Status != want {
			t.Errorf("%s: %d %s", g, a.Status, a.Body)
		}
		if challenged := a.Header.Get("WWW-Authenticate") != ""; challenged != (want == 401) {
			t.Errorf("%s: challenge %v", g, a.Header)
		}
	}
}

func TestTheHeadersTellTheVersionOnlyToWhoSignedIn(t *testing.T) {
	d := start(t, demo.Options{})
	for auth, version := range map[string]string{"": "", d.admin(): "24.6.1", "Bearer wrong": ""} {
		h := d.call(auth, "GET", "/api/v2/me/", "").Header
		if h.Get("X-API-Product-Version") != version || h.Get("X-API-Product-Name") != "AWX" || h.Get("X-API-Node") == "" ||
			h.Get("X-API-Request-Id") == "" || !regexp.MustCompile(`^\d+\.\d{3}s$`).MatchString(h.Get("X-API-Time")) {
			t.Errorf("%q: %v", auth, h)
		}
	}
	tower := start(t, demo.Options{AWX: demo.AWXTower})
	h := tower.call("", "GET", "/api/", "").Header
	if h.Get("X-API-Node") == "" || h.Get("X-API-Product-Name") != "" || h.Get("X-API-Total-Time") == "" {
		t.Errorf("tower: %v", h)
	}
}

func TestFaultsOfEveryGenerationSpeakItsWords(t *testing.T) {
	for g, path := range map[demo.Generation]string{
		demo.AWXTower: "/api/v1/me/", demo.AWXOAuth2: "/api/v2/me/", demo.AWXGateway: "/api/gateway/v1/me/", demo.AWXNone: "/api/v2/me/",
	} {
		d := start(t, demo.Options{AWX: g, Faults: "awx/me:401:once,awx/me:403:once,awx/me:404:once,awx/me:429=9:once"})
		for _, want := range []int{401, 403, 404, 429, 200} {
			a := d.call(d.admin(), "GET", path, "")
			if a.Status != want || want != 200 && a.Object(t)["detail"] == nil || (want == 401) != (a.Header.Get("WWW-Authenticate") != "") {
				t.Errorf("%s: %d %s, want %d", g, a.Status, a.Body, want)
			}
		}
	}
}

func TestOptionsTellWhetherThereIsSomethingToCreate(t *testing.T) {
	d := start(t, demo.Options{})
	for path, want := range map[string]string{"/api/v2/tokens/": "GET POST", "/api/v2/users/": "GET POST", "/api/v2/organizations/": "GET"} {
		a := d.call(d.admin(), "OPTIONS", path, "")
		if a.Status != 200 || demotest.Names(a.Object(t)["actions"].(map[string]any)) != want || a.Object(t)["max_page_size"] != 200.0 {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
	d.expect("without a credential", d.call("", "OPTIONS", "/api/v2/tokens/", ""), 401, "")
	if a := d.call("Bearer "+d.sys.Token, "PUT", "/api/v2/tokens/", ""); a.Status != 405 || a.Object(t)["detail"] != `Method "PUT" not allowed.` {
		t.Errorf("PUT: %d %s", a.Status, a.Body)
	}
}

func TestTheSameSeedGivesTheSameTokensAndKeysOfAWX(t *testing.T) {
	story := func(seed uint64) string {
		d := start(t, demo.Options{Seed: seed, Now: func() time.Time { return time.Unix(1_760_000_000, 0) }})
		return d.sys.Token + d.sys.Weak + d.call(d.admin(), "GET", "/api/v2/tokens/?page_size=200", "").Body
	}
	if first := story(3); story(3) != first || story(4) == first {
		t.Error("the seed does not decide")
	}
}
