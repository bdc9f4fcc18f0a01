package waldur_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

// newPAT is the body of a request for a personal token.
func newPAT(c *clock, scopes string) string {
	return fmt.Sprintf(`{"name":"ci","scopes":[%s],"expires_at":%q}`, scopes, c.now().Add(30*stage.Day).Format(time.RFC3339))
}

// bearer sends with a personal token.
func bearer(tb testing.TB, s demotest.Demo, key, method, path string) demotest.Answer {
	tb.Helper()
	a, err := demotest.Send(tb.Context(), s, method, path, "Bearer "+key, "")
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func TestPersonalTokensAreListedNewestFirstWithThoseThatAreOver(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	a := demotest.Ask(t, s, "GET", patsPath+"?page_size=50", "")
	rows := a.List(t)
	created := demotest.Values(rows, "created")
	if !slices.IsSortedFunc(created, func(a, b string) int { return strings.Compare(b, a) }) || a.Header.Get("X-Result-Count") != fmt.Sprint(len(rows)) {
		t.Errorf("%s of %v", a.Header.Get("X-Result-Count"), created)
	}
	met := map[string]int{}
	for _, row := range append(rows, demotest.Ask(t, s, "GET", patsPath+rows[0]["uuid"].(string)+"/", "").Object(t)) {
		if got := demotest.Names(row); got != "allowed_networks allowed_scopes created expires_at is_active last_used_at last_used_ip name scopes token_prefix use_count uuid" {
			t.Fatalf("fields %s", got)
		}
		if !regexp.MustCompile(`^w_\d{6}$`).MatchString(row["token_prefix"].(string)) {
			t.Errorf("prefix %v", row["token_prefix"])
		}
		if (row["last_used_at"] == nil) != (row["use_count"] == 0.0) || (row["last_used_at"] == nil) != (row["last_used_ip"] == nil) {
			t.Errorf("use of %v", row)
		}
		met[fmt.Sprint(row["is_active"], " ", demotest.When(t, row["expires_at"]).After(c.now()))]++
		if slices.Contains(demo.Hostile(), row["name"].(string)) {
			met["hostile"]++
		}
	}
	for _, kind := range []string{"true true", "true false", "false true", "false false", "hostile"} {
		if met[kind] == 0 {
			t.Errorf("active and unexpired: none is %s", kind)
		}
	}
	if rows := demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", patsPath, "").List(t); len(rows) != 0 {
		t.Errorf("the weak one has %v", rows)
	}
}

func TestAPersonalTokenIsShownOnce(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	a := demotest.Ask(t, s, "POST", patsPath, newPAT(c, `"STAFF.ACCESS"`))
	row := a.Object(t)
	if a.Status != 201 || a.Header.Get("Cache-Control") != "no-store" ||
		demotest.Names(row) != "allowed_networks allowed_scopes created expires_at name scopes token uuid" {
		t.Fatalf("%d %s %v", a.Status, a.Body, a.Header)
	}
	key := row["token"].(string)
	if !strings.HasPrefix(key, fmt.Sprintf("w_%d_", c.now().Add(30*stage.Day).Unix())) || len(key) != len("w_1787120000_")+43 {
		t.Errorf("key %q", key)
	}
	list := demotest.Ask(t, s, "GET", patsPath, "")
	if strings.Contains(list.Body, key) || list.List(t)[0]["uuid"] != row["uuid"] {
		t.Errorf("the list is %s", list.Body)
	}
	if a := bearer(t, s, key, "GET", sessionsPath); a.Status != 200 {
		t.Errorf("the key: %d %s", a.Status, a.Body)
	}
	used := demotest.Ask(t, s, "GET", patsPath+row["uuid"].(string)+"/", "").Object(t)
	if used["use_count"] != 1.0 || used["last_used_ip"] != "127.0.0.1" {
		t.Errorf("used: %v", used)
	}
	c.wait(9 * time.Minute)
	bearer(t, s, key, "GET", cloudMe)
	c.wait(2 * time.Minute)
	bearer(t, s, key, "GET", cloudMe)
	if n := demotest.Ask(t, s, "GET", patsPath+row["uuid"].(string)+"/", "").Object(t)["use_count"]; n != 2.0 {
		t.Errorf("use is counted once in ten minutes, not %v times", n)
	}
	c.wait(31 * stage.Day)
	signed := signIn(t, s, "root.admin", s.Systems()[0].Password).Object(t)["token"].(string)
	if a := bearer(t, s, key, "GET", cloudMe); a.Status != 401 || a.Object(t)["detail"] != "Invalid token." {
		t.Errorf("after its end: %d %s", a.Status, a.Body)
	}
	if row := demotest.AskAs(t, s, signed, "GET", patsPath+row["uuid"].(string)+"/", "").Object(t); row["is_active"] != true {
		t.Error("whoever expires is inactive before the task has run")
	}
}

func TestAPersonalTokenIsBoundByItsScopesAndMakesNoOthers(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	made := demotest.Ask(t, s, "POST", patsPath, newPAT(c, `"PROJECT.UPDATE"`)).Object(t)
	key, path := made["token"].(string), patsPath+made["uuid"].(string)+"/"
	if a := bearer(t, s, key, "GET", cloudMe); a.Status != 200 || a.Object(t)["is_staff"] != true {
		t.Errorf("me: %d %s", a.Status, a.Body)
	}
	if a := bearer(t, s, key, "GET", sessionsPath); a.Status != 403 || a.Object(t)["detail"] != "You do not have permission to perform this action." {
		t.Errorf("sessions: %d %s", a.Status, a.Body)
	}
	for _, c := range [][2]string{{"POST", patsPath}, {"DELETE", path}, {"POST", path + "rotate/"}} {
		a := bearer(t, s, key, c[0], c[1])
		if a.Status != 403 || a.Object(t)["detail"] != "PAT management requires session or token authentication." {
			t.Errorf("%s %s: %d %s", c[0], c[1], a.Status, a.Body)
		}
	}
	if a := bearer(t, s, key, "GET", patsPath); a.Status != 200 {
		t.Errorf("the list: %d", a.Status)
	}
}

func TestARevokedPersonalTokenStaysAndARotatedOneComesAnew(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	made := demotest.Ask(t, s, "POST", patsPath, newPAT(c, `"STAFF.ACCESS"`)).Object(t)
	path := patsPath + made["uuid"].(string) + "/"
	a := demotest.Ask(t, s, "POST", path+"rotate/", "")
	next := a.Object(t)
	if a.Status != 201 || next["uuid"] == made["uuid"] || next["token"] == made["token"] || next["expires_at"] != made["expires_at"] || next["name"] != made["name"] {
		t.Fatalf("rotate: %d\n%v\n%v", a.Status, made, next)
	}
	if a := demotest.Ask(t, s, "POST", path+"rotate/", ""); a.Status != 400 || strings.TrimSpace(a.Body) != `["Cannot rotate an inactive token."]` {
		t.Errorf("again: %d %s", a.Status, a.Body)
	}
	if a := bearer(t, s, made["token"].(string), "GET", cloudMe); a.Status != 401 {
		t.Errorf("the old key: %d", a.Status)
	}
	nextPath := patsPath + next["uuid"].(string) + "/"
	for range 2 {
		if a := demotest.Ask(t, s, "DELETE", nextPath, ""); a.Status != 204 || a.Body != "" {
			t.Errorf("revoke: %d %s", a.Status, a.Body)
		}
	}
	if row := demotest.Ask(t, s, "GET", nextPath, "").Object(t); row["is_active"] != false {
		t.Errorf("revoked: %v", row)
	}
	if a := bearer(t, s, next["token"].(string), "GET", cloudMe); a.Status != 401 || a.Object(t)["detail"] != "Invalid token." {
		t.Errorf("the revoked key: %d %s", a.Status, a.Body)
	}
}

func TestAPersonalTokenThatCannotBeMadeNamesTheField(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	good := c.now().Add(stage.Day).Format(time.RFC3339)
	for body, field := range map[string]string{
		`{"scopes":["RESOURCE.LIST"],"expires_at":"` + good + `"}`:                                                  "name",
		`{"name":"` + strings.Repeat("x", 151) + `","scopes":["RESOURCE.LIST"],"expires_at":"` + good + `"}`:        "name",
		`{"name":"x","expires_at":"` + good + `"}`:                                                                  "scopes",
		`{"name":"x","scopes":[],"expires_at":"` + good + `"}`:                                                      "scopes",
		`{"name":"x","scopes":"RESOURCE.LIST","expires_at":"` + good + `"}`:                                         "scopes",
		`{"name":"x","scopes":["RESOURCE.LIST",7],"expires_at":"` + good + `"}`:                                     "scopes",
		`{"name":"x","scopes":["NO.SUCH"],"expires_at":"` + good + `"}`:                                             "scopes",
		`{"name":"x","scopes":["RESOURCE.LIST"]}`:                                                                   "expires_at",
		`{"name":"x","scopes":["RESOURCE.LIST"],"expires_at":"2026-05-04T11:00:00Z"}`:                               "expires_at",
		`{"name":"x","scopes":["RESOURCE.LIST"],"expires_at":"2027-05-05T12:00:00Z"}`:                               "expires_at",
		`{"name":"x","scopes":["RESOURCE.LIST"],"expires_at":"2026-06-04"}`:                                         "expires_at",
		`{"name":"x","scopes":["RESOURCE.LIST"],"expires_at":"` + good + `","allowed_networks":["10.0.0.0/8","x"]}`: "allowed_networks",
		`{"name":"x","scopes":["STAFF.ACCESS"],"expires_at":"` + good + `","allowed_scopes":[{"type":"customer"}]}`: "allowed_scopes",
	} {
		a := demotest.Ask(t, s, "POST", patsPath, body)
		if row := a.Object(t); a.Status != 400 || len(row) != 1 || row[field] == nil {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	if a := demotest.AskAs(t, s, s.Systems()[0].Weak, "POST", patsPath, newPAT(c, `"STAFF.ACCESS"`)); a.Status != 400 || a.Object(t)["scopes"] == nil {
		t.Errorf("staff's scope for the weak one: %d %s", a.Status, a.Body)
	}
	mixed := demotest.Ask(t, s, "POST", patsPath, `{"name":"x","scopes":["RESOURCE.LIST",7],"expires_at":"`+good+`"}`).Object(t)
	if fmt.Sprint(mixed["scopes"]) != "map[1:[Not a valid string.]]" {
		t.Errorf("an item is named by its number: %v", mixed)
	}
}

func TestNobodySeesAnothersPersonalTokensAndTwentyAreEnough(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	weak := s.Systems()[0].Weak
	for range 20 {
		if a := demotest.AskAs(t, s, weak, "POST", patsPath, newPAT(c, `"RESOURCE.LIST"`)); a.Status != 201 {
			t.Fatalf("%d %s", a.Status, a.Body)
		}
	}
	a := demotest.AskAs(t, s, weak, "POST", patsPath, newPAT(c, `"RESOURCE.LIST"`))
	if a.Status != 400 || a.Object(t)["non_field_errors"] == nil {
		t.Errorf("one too many: %d %s", a.Status, a.Body)
	}
	path := patsPath + demotest.AskAs(t, s, weak, "GET", patsPath, "").List(t)[0]["uuid"].(string) + "/"
	for _, c := range [][2]string{{"GET", path}, {"DELETE", path}, {"POST", path + "rotate/"}} {
		if a := demotest.Ask(t, s, c[0], c[1], ""); a.Status != 404 {
			t.Errorf("staff: %s %d", c[0], a.Status)
		}
	}
}

func TestOnlyWhatOneMayDoCanBeGivenAway(t *testing.T) {
	s := cloud(t, demo.Options{})
	root := demotest.Values(demotest.Ask(t, s, "GET", patsPath+"available_scopes/", "").List(t), "permission")
	weak := demotest.Values(demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", patsPath+"available_scopes/", "").List(t), "permission")
	if !slices.Contains(root, "STAFF.ACCESS") || slices.Contains(weak, "STAFF.ACCESS") || slices.Contains(weak, "SUPPORT.ACCESS") || len(weak) == 0 {
		t.Errorf("root %v, weak %v", root, weak)
	}
}

func TestAPersonalTokenWorksFromItsNetworksOnly(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	for network, want := range map[string]int{"127.0.0.0/8": 200, "192.0.2.0/24": 401} {
		body := strings.Replace(newPAT(c, `"RESOURCE.LIST"`), "{", `{"allowed_networks":["`+network+`"],`, 1)
		made := demotest.Ask(t, s, "POST", patsPath, body).Object(t)
		if a := bearer(t, s, made["token"].(string), "GET", cloudMe); a.Status != want || fmt.Sprint(made["allowed_networks"]) != "["+network+"]" {
			t.Errorf("%s: %d %v", network, a.Status, made)
		}
	}
}

func TestEveryCloudKeyCarriesThePrefix(t *testing.T) {
	const canary = "CANARY-"
	c := new(clock)
	s := cloud(t, demo.Options{KeyPrefix: canary, Now: c.now})
	made := demotest.Ask(t, s, "POST", patsPath, newPAT(c, `"RESOURCE.LIST"`)).Object(t)
	if _, random, _ := strings.Cut(strings.TrimPrefix(made["token"].(string), "w_"), "_"); !strings.HasPrefix(random, canary) {
		t.Errorf("personal key %v", made["token"])
	}
	path := pathOf(t, sessionOfUser(t, s, "desk.staff")["user"])
	keys := []string{s.Systems()[0].Token, s.Systems()[0].Weak, demotest.Ask(t, s, "POST", path+"refresh_token/", "").Object(t)["token"].(string)}
	for _, key := range keys {
		if !strings.HasPrefix(key, canary) || len(key) != 40 {
			t.Errorf("key %q", key)
		}
	}
	for _, path := range []string{sessionsPath, cloudUsers, patsPath} {
		if a := demotest.Ask(t, s, "GET", path+"?page_size=300", ""); strings.Contains(a.Body, canary) {
			t.Errorf("%s shows a key", path)
		}
	}
}
