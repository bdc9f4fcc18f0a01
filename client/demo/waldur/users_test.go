package waldur_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func has(row map[string]any, field string) bool {
	_, there := row[field]
	return there
}

func TestAUserShowsItsKeyToNobodyElse(t *testing.T) {
	s := cloud(t, demo.Options{})
	sys := s.Systems()[0]
	me := demotest.Ask(t, s, "GET", cloudMe, "").Object(t)
	if me["token"] != sys.Token || me["token_lifetime"] != 43200.0 || me["is_staff"] != true || !has(me, "has_active_session") {
		t.Errorf("me is %v", me)
	}
	if own := demotest.Ask(t, s, "GET", pathOf(t, me["url"]), "").Object(t); own["token"] != sys.Token {
		t.Error("the own page shows no key")
	}
	if alone := demotest.Ask(t, s, "GET", cloudUsers+"?username=root.admin", "").List(t); len(alone) != 1 || alone[0]["token"] != sys.Token {
		t.Errorf("a list of nobody but oneself: %v", alone)
	}
	for _, u := range people(t, s) {
		if has(u, "token") || has(u, "token_lifetime") {
			t.Fatalf("the list shows the key of %q", u["username"])
		}
	}
	weak := demotest.Ask(t, s, "GET", cloudUsers+"?username=desk.staff", "").List(t)[0]
	if has(weak, "token") || weak["has_active_session"] != true || weak["token_expires_at"] == nil || weak["is_staff"] != false {
		t.Errorf("desk.staff is %v", weak)
	}
	demotest.Ask(t, s, "DELETE", pathOf(t, sessionOfUser(t, s, "root.admin")["url"]), "")
	if back := signIn(t, s, "root.admin", sys.Password); back.Status != 200 || back.Object(t)["token"] == sys.Token {
		t.Errorf("signed in again: %d %s", back.Status, back.Body)
	}
}

func TestAUserIsNamedWithOrWithoutHyphens(t *testing.T) {
	s := cloud(t, demo.Options{})
	me := demotest.Ask(t, s, "GET", cloudMe, "").Object(t)
	uuid := me["uuid"].(string)
	for _, form := range []string{uuid, strings.ToUpper(uuid), uuid[:8] + "-" + uuid[8:12] + "-" + uuid[12:16] + "-" + uuid[16:20] + "-" + uuid[20:]} {
		if a := demotest.Ask(t, s, "GET", cloudUsers+form+"/", ""); a.Status != 200 || a.Object(t)["uuid"] != uuid {
			t.Errorf("%s: %d", form, a.Status)
		}
	}
	if has(me, "id") || len(uuid) != 32 {
		t.Errorf("me is %v", me)
	}
}

func TestTheOneWithoutRightsSeesItselfAndOrdinaryColleagues(t *testing.T) {
	s := cloud(t, demo.Options{})
	weak := s.Systems()[0].Weak
	me := demotest.AskAs(t, s, weak, "GET", cloudMe, "").Object(t)
	for _, field := range []string{"is_active", "is_staff", "is_support", "deactivation_reason"} {
		if has(me, field) {
			t.Errorf("it learns %s", field)
		}
	}
	if me["token"] != weak || me["has_active_session"] != true || me["can_use_personal_access_tokens"] != true {
		t.Errorf("me is %v", me)
	}
	staff := map[any]map[string]any{}
	for _, u := range people(t, s) {
		staff[u["uuid"]] = u
	}
	rows := demotest.AskAs(t, s, weak, "GET", cloudUsers+"?page_size=300", "").List(t)
	for _, row := range rows {
		u := staff[row["uuid"]]
		self := row["uuid"] == me["uuid"]
		if !self && (u["is_staff"] == true || u["is_active"] == false) || has(row, "has_active_session") != self || has(row, "is_active") {
			t.Errorf("it sees %v", row)
		}
	}
	if len(rows) < 5 || len(rows) > len(staff)/2 {
		t.Errorf("it sees %d of %d", len(rows), len(staff))
	}
	root := demotest.Ask(t, s, "GET", cloudMe, "").Object(t)["url"]
	if a := demotest.AskAs(t, s, weak, "GET", pathOf(t, root), ""); a.Status != 404 {
		t.Errorf("the administrator: %d", a.Status)
	}
}

func TestAnIdentityManagerIsRefusedInABareText(t *testing.T) {
	s := cloud(t, demo.Options{})
	manager := userWhere(t, s, func(u map[string]any) bool {
		return u["is_identity_manager"] == true && u["is_active"] == true && u["has_active_session"] == true && u["token_expires_at"] == nil
	})
	key := demotest.Ask(t, s, "GET", pathOf(t, manager["url"])+"token/", "").Object(t)["token"].(string)
	if a := demotest.AskAs(t, s, key, "GET", cloudUsers, ""); a.Status != 403 || a.Body != "\"Identity manager is not allowed to list users.\"\n" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if a := demotest.AskAs(t, s, key, "GET", cloudMe, ""); a.Status != 200 {
		t.Errorf("me: %d", a.Status)
	}
}

func TestUsersComeByNameUnlessAnOrderIsAskedFor(t *testing.T) {
	s := cloud(t, demo.Options{})
	sorted := func(order, field string) []string {
		return demotest.Values(demotest.Ask(t, s, "GET", cloudUsers+"?page_size=300&o="+order, "").List(t), field)
	}
	down := func(a, b string) int { return strings.Compare(b, a) }
	if !slices.IsSorted(sorted("", "username")) || !slices.IsSorted(sorted("email", "email")) ||
		!slices.IsSortedFunc(sorted("-full_name", "full_name"), down) || !slices.IsSortedFunc(sorted("-is_staff,email", "is_staff"), down) {
		t.Error("they are not")
	}
	a := demotest.Ask(t, s, "GET", cloudUsers+"?o=username,created", "")
	if a.Status != 400 || fmt.Sprint(a.Object(t)["o"]) != "[Select a valid choice. created is not one of the available choices.]" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	if one := demotest.Values(people(t, s), "username"); !slices.Equal(one, sorted("username", "username")) {
		t.Error("the order of users changes")
	}
}

func TestEveryUserFilterKeepsWhatItSays(t *testing.T) {
	s := cloud(t, demo.Options{})
	all := people(t, s)
	in := func(part string, fields ...string) func(map[string]any) bool {
		return func(u map[string]any) bool {
			return slices.ContainsFunc(fields, func(f string) bool { return strings.Contains(strings.ToLower(u[f].(string)), part) })
		}
	}
	is := func(field string, value any) func(map[string]any) bool {
		return func(u map[string]any) bool { return u[field] == value }
	}
	for query, keep := range map[string]func(map[string]any) bool{
		"full_name=AL":                            in("al", "full_name"),
		"user_keyword=sa":                         in("sa", "full_name", "email", "username"),
		"query=zo":                                in("zo", "first_name", "last_name", "username", "email"),
		"username=root.admin":                     is("username", "root.admin"),
		"username_list=root.admin,desk.staff,x":   func(u map[string]any) bool { return u["username"] == "root.admin" || u["username"] == "desk.staff" },
		"email=WOOD":                              in("wood", "email"),
		"organization=library":                    in("library", "organization"),
		"job_title=ENG":                           in("eng", "job_title"),
		"registration_method=eduteams":            is("registration_method", "eduteams"),
		"is_active=FALSE":                         is("is_active", false),
		"is_staff=true":                           is("is_staff", true),
		"is_support=True":                         is("is_support", true),
		"is_active=maybe":                         func(map[string]any) bool { return true },
		"search=root&ordering=email&has_token=no": func(map[string]any) bool { return true },
		"date_joined=once&agreement_date=never&modified=x": func(map[string]any) bool { return true },
		"is_staff=false&is_staff=true":                     is("is_staff", true), // the last one
		"date_joined=2025-01-01":                           func(u map[string]any) bool { return u["date_joined"].(string) >= "2025-01-01" },
	} {
		want := 0
		for _, u := range all {
			if keep(u) {
				want++
			}
		}
		a := demotest.Ask(t, s, "GET", cloudUsers+"?"+query, "")
		if got := a.Header.Get("X-Result-Count"); got != fmt.Sprint(want) || want == 0 {
			t.Errorf("%s keeps %s, want %d", query, got, want)
		}
	}
}

func TestFieldsAreChosenOneByOne(t *testing.T) {
	s := cloud(t, demo.Options{})
	own := pathOf(t, demotest.Ask(t, s, "GET", cloudMe, "").Object(t)["url"])
	for _, path := range []string{cloudMe, own, cloudUsers} {
		for query, want := range map[string]string{
			"field=uuid&field=username&field=nonsense": "username uuid",
			"field=uuid,username":                      "",
			"field=nonsense":                           "",
		} {
			a := demotest.Ask(t, s, "GET", path+"?"+query, "")
			var row map[string]any
			if path == cloudUsers {
				row = a.List(t)[0]
			} else {
				row = a.Object(t)
			}
			if got := demotest.Names(row); want != "" && got != want || want == "" && len(row) < 30 {
				t.Errorf("%s?%s: %s", path, query, got)
			}
		}
	}
	for _, row := range demotest.Ask(t, s, "GET", cloudUsers+"?field=token&page_size=5", "").List(t) {
		if len(row) != 0 {
			t.Errorf("whoever asks for the keys gets %v", row)
		}
	}
}

func signIn(tb testing.TB, s demotest.Demo, username, password string) demotest.Answer {
	tb.Helper()
	a, err := demotest.Send(tb.Context(), s, "POST", "/api-auth/password/", "", fmt.Sprintf(`{"username":%q,"password":%q}`, username, password))
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func TestASignInGivesTheKeyThatThereIs(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	sys := s.Systems()[0]
	if a := signIn(t, s, sys.Username, sys.Password); a.Status != 200 || strings.TrimSpace(a.Body) != `{"token":"`+sys.Token+`"}` {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	c.wait(48 * time.Hour)
	a := signIn(t, s, sys.Username, sys.Password)
	next, ok := a.Object(t)["token"].(string)
	if a.Status != 200 || !ok || next == sys.Token {
		t.Fatalf("after it has expired: %d %s", a.Status, a.Body)
	}
	if a := demotest.AskAs(t, s, next, "POST", "/api-auth/logout/", ""); a.Status != 204 || a.Body != "" {
		t.Errorf("logout: %d %s", a.Status, a.Body)
	}
	if a := demotest.AskAs(t, s, next, "GET", cloudMe, ""); a.Status != 401 {
		t.Errorf("after the logout: %d", a.Status)
	}
	if a, _ := demotest.Send(t.Context(), s, "POST", "/api-auth/logout/", "", ""); a.Status != 401 {
		t.Errorf("a logout of nobody: %d", a.Status)
	}
}

func TestFourWrongPasswordsLockANameForTenMinutes(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	sys := s.Systems()[0]
	for range 4 {
		if a := signIn(t, s, sys.Username, "guess"); a.Status != 401 || a.Object(t)["detail"] != "Invalid username/password." {
			t.Errorf("%d %s", a.Status, a.Body)
		}
		c.wait(time.Minute)
	}
	for range 2 {
		if a := signIn(t, s, sys.Username, sys.Password); a.Status != 401 || a.Object(t)["detail"] != "Username is locked out. Try in 10 minutes." {
			t.Errorf("locked: %d %s", a.Status, a.Body)
		}
	}
	if a := signIn(t, s, sys.WeakUsername, sys.WeakPassword); a.Status != 200 {
		t.Errorf("another name: %d", a.Status)
	}
	c.wait(9 * time.Minute)
	if a := signIn(t, s, sys.Username, sys.Password); a.Status != 200 {
		t.Errorf("ten minutes after the last: %d %s", a.Status, a.Body)
	}
}

func TestASignInWithoutAFieldNamesIt(t *testing.T) {
	s := cloud(t, demo.Options{})
	for body, want := range map[string]string{
		`{"username":"x"}`:                `{"password":["This field is required."]}`,
		`{"password":"x"}`:                `{"username":["This field is required."]}`,
		`{"username":"x","password":""}`:  `{"password":["This field may not be blank."]}`,
		`{"username":"x","password":[1]}`: `{"password":["Not a valid string."]}`,
	} {
		a, err := demotest.Send(t.Context(), s, "POST", "/api-auth/password/", "", body)
		if err != nil || a.Status != 400 || strings.TrimSpace(a.Body) != want {
			t.Errorf("%s: %d %s %v", body, a.Status, a.Body, err)
		}
	}
}

func TestTheConfigurationIsPublicAndTheVersionIsNot(t *testing.T) {
	for quirk, want := range map[demo.Quirk]struct {
		version string
		weak    int
		pats    any
	}{
		"": {"8.1.2", 200, true}, demo.Waldur70: {"7.0.7", 403, nil}, demo.WaldurNoPAT: {"8.0.5", 403, nil}, demo.WaldurNewest: {"8.1.3", 200, true},
	} {
		s := cloud(t, demo.Options{Quirks: []demo.Quirk{quirk}})
		a, err := demotest.Send(t.Context(), s, "GET", "/api/configuration/", "", "")
		core, ok := a.Object(t)["WALDUR_CORE"].(map[string]any)
		if err != nil || a.Status != 200 || !ok || core["PAT_ENABLED"] != want.pats || strings.Contains(a.Body, want.version) {
			t.Errorf("%q: %d %s %v", quirk, a.Status, a.Body, err)
		}
		if v := demotest.Ask(t, s, "GET", "/api/version/", "").Object(t); v["version"] != want.version || (v["latest_version"] == "8.1.3") != (quirk != demo.Waldur70) {
			t.Errorf("%q: %v", quirk, v)
		}
		weak := demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", "/api/version/", "")
		if weak.Status != want.weak || has(weak.Object(t), "latest_version") {
			t.Errorf("%q: %d %s", quirk, weak.Status, weak.Body)
		}
		if a, _ := demotest.Send(t.Context(), s, "GET", "/api/version/", "", ""); a.Status != 401 {
			t.Errorf("%q without a key: %d", quirk, a.Status)
		}
	}
}

func TestHostileTextsAreInTheCloudToo(t *testing.T) {
	s := cloud(t, demo.Options{})
	var texts strings.Builder
	for _, u := range people(t, s) {
		fmt.Fprintln(&texts, u["description"], u["deactivation_reason"], u["first_name"], u["last_name"], u["username"])
	}
	for _, text := range demo.Hostile() {
		if strings.Count(texts.String(), text) < 2 {
			t.Errorf("%.30q is in no free text", text)
		}
	}
	for _, u := range people(t, s) {
		if strings.Contains(u["username"].(string), "\x00") { // which no filter takes
			continue
		}
		a := demotest.Ask(t, s, "GET", cloudUsers+"?username="+url.QueryEscape(u["username"].(string)), "")
		if rows := a.List(t); len(rows) != 1 || rows[0]["uuid"] != u["uuid"] {
			t.Errorf("%.30q is not found by its name", u["username"])
		}
	}
}
