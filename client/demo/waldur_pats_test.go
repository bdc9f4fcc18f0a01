package demo

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// newPAT is the body of a request for a personal token.
func newPAT(c *clock, scopes string) string {
	return fmt.Sprintf(`{"name":"ci","scopes":[%s],"expires_at":%q}`, scopes, c.now().Add(30*Day).Format(time.RFC3339))
}

// bearer sends with a personal token.
func bearer(tb testing.TB, s played, key, method, path string) answer {
	tb.Helper()
	a, err := send(tb.Context(), s, method, path, "Bearer "+key, "")
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func TestPersonalTokensAreListedNewestFirstWithThoseThatAreOver(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	a := ask(t, s, "GET", patsPath+"?page_size=50", "")
	rows := a.list(t)
	created := values(rows, "created")
	if !slices.IsSortedFunc(created, func(a, b string) int { return strings.Compare(b, a) }) || a.header.Get("X-Result-Count") != fmt.Sprint(len(rows)) {
		t.Errorf("%s of %v", a.header.Get("X-Result-Count"), created)
	}
	met := map[string]int{}
	for _, row := range append(rows, ask(t, s, "GET", patsPath+rows[0]["uuid"].(string)+"/", "").object(t)) {
		if got := names(row); got != "allowed_networks allowed_scopes created expires_at is_active last_used_at last_used_ip name scopes token_prefix use_count uuid" {
			t.Fatalf("fields %s", got)
		}
		if !regexp.MustCompile(`^w_\d{6}$`).MatchString(row["token_prefix"].(string)) {
			t.Errorf("prefix %v", row["token_prefix"])
		}
		if (row["last_used_at"] == nil) != (row["use_count"] == 0.0) || (row["last_used_at"] == nil) != (row["last_used_ip"] == nil) {
			t.Errorf("use of %v", row)
		}
		met[fmt.Sprint(row["is_active"], " ", when(t, row["expires_at"]).After(c.now()))]++
		if slices.Contains(Hostile(), row["name"].(string)) {
			met["hostile"]++
		}
	}
	for _, kind := range []string{"true true", "true false", "false true", "false false", "hostile"} {
		if met[kind] == 0 {
			t.Errorf("active and unexpired: none is %s", kind)
		}
	}
	if rows := askAs(t, s, s.Systems()[0].Weak, "GET", patsPath, "").list(t); len(rows) != 0 {
		t.Errorf("the weak one has %v", rows)
	}
}

func TestAPersonalTokenIsShownOnce(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	a := ask(t, s, "POST", patsPath, newPAT(c, `"STAFF.ACCESS"`))
	row := a.object(t)
	if a.status != 201 || a.header.Get("Cache-Control") != "no-store" ||
		names(row) != "allowed_networks allowed_scopes created expires_at name scopes token uuid" {
		t.Fatalf("%d %s %v", a.status, a.body, a.header)
	}
	key := row["token"].(string)
	if !strings.HasPrefix(key, fmt.Sprintf("w_%d_", c.now().Add(30*Day).Unix())) || len(key) != len("w_1787120000_")+43 {
		t.Errorf("key %q", key)
	}
	list := ask(t, s, "GET", patsPath, "")
	if strings.Contains(list.body, key) || list.list(t)[0]["uuid"] != row["uuid"] {
		t.Errorf("the list is %s", list.body)
	}
	if a := bearer(t, s, key, "GET", sessionsPath); a.status != 200 {
		t.Errorf("the key: %d %s", a.status, a.body)
	}
	used := ask(t, s, "GET", patsPath+row["uuid"].(string)+"/", "").object(t)
	if used["use_count"] != 1.0 || used["last_used_ip"] != "127.0.0.1" {
		t.Errorf("used: %v", used)
	}
	c.wait(9 * time.Minute)
	bearer(t, s, key, "GET", cloudMe)
	c.wait(2 * time.Minute)
	bearer(t, s, key, "GET", cloudMe)
	if n := ask(t, s, "GET", patsPath+row["uuid"].(string)+"/", "").object(t)["use_count"]; n != 2.0 {
		t.Errorf("use is counted once in ten minutes, not %v times", n)
	}
	c.wait(31 * Day)
	signed := signIn(t, s, "root.admin", s.Systems()[0].Password).object(t)["token"].(string)
	if a := bearer(t, s, key, "GET", cloudMe); a.status != 401 || a.object(t)["detail"] != "Invalid token." {
		t.Errorf("after its end: %d %s", a.status, a.body)
	}
	if row := askAs(t, s, signed, "GET", patsPath+row["uuid"].(string)+"/", "").object(t); row["is_active"] != true {
		t.Error("whoever expires is inactive before the task has run")
	}
}

func TestAPersonalTokenIsBoundByItsScopesAndMakesNoOthers(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	made := ask(t, s, "POST", patsPath, newPAT(c, `"PROJECT.UPDATE"`)).object(t)
	key, path := made["token"].(string), patsPath+made["uuid"].(string)+"/"
	if a := bearer(t, s, key, "GET", cloudMe); a.status != 200 || a.object(t)["is_staff"] != true {
		t.Errorf("me: %d %s", a.status, a.body)
	}
	if a := bearer(t, s, key, "GET", sessionsPath); a.status != 403 || a.object(t)["detail"] != "You do not have permission to perform this action." {
		t.Errorf("sessions: %d %s", a.status, a.body)
	}
	for _, c := range [][2]string{{"POST", patsPath}, {"DELETE", path}, {"POST", path + "rotate/"}} {
		a := bearer(t, s, key, c[0], c[1])
		if a.status != 403 || a.object(t)["detail"] != "PAT management requires session or token authentication." {
			t.Errorf("%s %s: %d %s", c[0], c[1], a.status, a.body)
		}
	}
	if a := bearer(t, s, key, "GET", patsPath); a.status != 200 {
		t.Errorf("the list: %d", a.status)
	}
}

func TestARevokedPersonalTokenStaysAndARotatedOneComesAnew(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	made := ask(t, s, "POST", patsPath, newPAT(c, `"STAFF.ACCESS"`)).object(t)
	path := patsPath + made["uuid"].(string) + "/"
	a := ask(t, s, "POST", path+"rotate/", "")
	next := a.object(t)
	if a.status != 201 || next["uuid"] == made["uuid"] || next["token"] == made["token"] || next["expires_at"] != made["expires_at"] || next["name"] != made["name"] {
		t.Fatalf("rotate: %d\n%v\n%v", a.status, made, next)
	}
	if a := ask(t, s, "POST", path+"rotate/", ""); a.status != 400 || strings.TrimSpace(a.body) != `["Cannot rotate an inactive token."]` {
		t.Errorf("again: %d %s", a.status, a.body)
	}
	if a := bearer(t, s, made["token"].(string), "GET", cloudMe); a.status != 401 {
		t.Errorf("the old key: %d", a.status)
	}
	nextPath := patsPath + next["uuid"].(string) + "/"
	for range 2 {
		if a := ask(t, s, "DELETE", nextPath, ""); a.status != 204 || a.body != "" {
			t.Errorf("revoke: %d %s", a.status, a.body)
		}
	}
	if row := ask(t, s, "GET", nextPath, "").object(t); row["is_active"] != false {
		t.Errorf("revoked: %v", row)
	}
	if a := bearer(t, s, next["token"].(string), "GET", cloudMe); a.status != 401 || a.object(t)["detail"] != "Invalid token." {
		t.Errorf("the revoked key: %d %s", a.status, a.body)
	}
}

func TestAPersonalTokenThatCannotBeMadeNamesTheField(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	good := c.now().Add(Day).Format(time.RFC3339)
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
		a := ask(t, s, "POST", patsPath, body)
		if row := a.object(t); a.status != 400 || len(row) != 1 || row[field] == nil {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	if a := askAs(t, s, s.Systems()[0].Weak, "POST", patsPath, newPAT(c, `"STAFF.ACCESS"`)); a.status != 400 || a.object(t)["scopes"] == nil {
		t.Errorf("staff's scope for the weak one: %d %s", a.status, a.body)
	}
	mixed := ask(t, s, "POST", patsPath, `{"name":"x","scopes":["RESOURCE.LIST",7],"expires_at":"`+good+`"}`).object(t)
	if fmt.Sprint(mixed["scopes"]) != "map[1:[Not a valid string.]]" {
		t.Errorf("an item is named by its number: %v", mixed)
	}
}

func TestNobodySeesAnothersPersonalTokensAndTwentyAreEnough(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	weak := s.Systems()[0].Weak
	for range 20 {
		if a := askAs(t, s, weak, "POST", patsPath, newPAT(c, `"RESOURCE.LIST"`)); a.status != 201 {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	a := askAs(t, s, weak, "POST", patsPath, newPAT(c, `"RESOURCE.LIST"`))
	if a.status != 400 || a.object(t)["non_field_errors"] == nil {
		t.Errorf("one too many: %d %s", a.status, a.body)
	}
	path := patsPath + askAs(t, s, weak, "GET", patsPath, "").list(t)[0]["uuid"].(string) + "/"
	for _, c := range [][2]string{{"GET", path}, {"DELETE", path}, {"POST", path + "rotate/"}} {
		if a := ask(t, s, c[0], c[1], ""); a.status != 404 {
			t.Errorf("staff: %s %d", c[0], a.status)
		}
	}
}

func TestOnlyWhatOneMayDoCanBeGivenAway(t *testing.T) {
	s := cloud(t, Options{})
	root := values(ask(t, s, "GET", patsPath+"available_scopes/", "").list(t), "permission")
	weak := values(askAs(t, s, s.Systems()[0].Weak, "GET", patsPath+"available_scopes/", "").list(t), "permission")
	if !slices.Contains(root, "STAFF.ACCESS") || slices.Contains(weak, "STAFF.ACCESS") || slices.Contains(weak, "SUPPORT.ACCESS") || len(weak) == 0 {
		t.Errorf("root %v, weak %v", root, weak)
	}
}

func TestAPersonalTokenWorksFromItsNetworksOnly(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	for network, want := range map[string]int{"127.0.0.0/8": 200, "192.0.2.0/24": 401} {
		body := strings.Replace(newPAT(c, `"RESOURCE.LIST"`), "{", `{"allowed_networks":["`+network+`"],`, 1)
		made := ask(t, s, "POST", patsPath, body).object(t)
		if a := bearer(t, s, made["token"].(string), "GET", cloudMe); a.status != want || fmt.Sprint(made["allowed_networks"]) != "["+network+"]" {
			t.Errorf("%s: %d %v", network, a.status, made)
		}
	}
}

func TestEveryCloudKeyCarriesThePrefix(t *testing.T) {
	const canary = "CANARY-"
	c := new(clock)
	s := cloud(t, Options{KeyPrefix: canary, Now: c.now})
	made := ask(t, s, "POST", patsPath, newPAT(c, `"RESOURCE.LIST"`)).object(t)
	if _, random, _ := strings.Cut(strings.TrimPrefix(made["token"].(string), "w_"), "_"); !strings.HasPrefix(random, canary) {
		t.Errorf("personal key %v", made["token"])
	}
	path := pathOf(t, sessionOfUser(t, s, "desk.staff")["user"])
	keys := []string{s.Systems()[0].Token, s.Systems()[0].Weak, ask(t, s, "POST", path+"refresh_token/", "").object(t)["token"].(string)}
	for _, key := range keys {
		if !strings.HasPrefix(key, canary) || len(key) != 40 {
			t.Errorf("key %q", key)
		}
	}
	for _, path := range []string{sessionsPath, cloudUsers, patsPath} {
		if a := ask(t, s, "GET", path+"?page_size=300", ""); strings.Contains(a.body, canary) {
			t.Errorf("%s shows a key", path)
		}
	}
}
