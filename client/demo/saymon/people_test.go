package saymon_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func TestThePultListsEverybodyInABareArrayWhateverIsAsked(t *testing.T) {
	p := startPult(t, demo.Options{Users: 60, Tokens: 30})
	for _, query := range []string{"", "?limit=3&skip=2", "?search=root", "?login=nobody"} {
		a := p.ask(t, "GET", pultUsers+query, "", p.asAdmin())
		var rows []any
		if err := json.Unmarshal([]byte(a.Body), &rows); err != nil || len(rows) != 60 {
			t.Errorf("%s: %d rows, %v", query, len(rows), err)
		}
	}
}

func TestThePultsListHasAnotherOrderEachTimeAndRepeatsWithTheSeed(t *testing.T) {
	order := func(p pult) string { return p.ask(t, "GET", pultUsers, "", p.asAdmin()).Body }
	first := startPult(t, demo.Options{Seed: 4})
	one, two := order(first), order(first)
	if one == two || len(one) != len(two) {
		t.Error("the order can be relied on")
	}
	again := startPult(t, demo.Options{Seed: 4})
	if order(again) != one || order(again) != two {
		t.Error("two demos with one seed differ")
	}
}

func TestTheSmallestPultHasItsTwoUsers(t *testing.T) {
	p := startPult(t, demo.Options{Users: 2, Tokens: 2})
	users := p.list(t, p.asAdmin())
	mustFind(t, users, func(u map[string]any) bool { return u["authenticationToken"] == p.Token })
	mustFind(t, users, func(u map[string]any) bool { return u["authenticationToken"] == p.Weak })
}

func TestAPultIDIsADatabaseID(t *testing.T) {
	p := startPult(t, demo.Options{})
	shape := regexp.MustCompile(`^[0-9a-f]{24}$`)
	for id := range p.list(t, p.asAdmin()) {
		if !shape.MatchString(id) {
			t.Errorf("id %q", id)
		}
	}
}

func TestAPultUserAloneIsTheRowOfTheList(t *testing.T) {
	p := startPult(t, demo.Options{Users: 40, Tokens: 20})
	for _, as := range []string{p.asAdmin(), p.asWeak()} {
		for id, row := range p.list(t, as) {
			alone := p.ask(t, "GET", pultUsers+"/"+id, "", as).Object(t)
			if fmt.Sprint(alone) != fmt.Sprint(row) {
				t.Errorf("%s\nlisted %v\nalone  %v", id, row, alone)
			}
		}
	}
}

func TestAPultTokenIsAbsentNullOrAlive(t *testing.T) {
	p := startPult(t, demo.Options{})
	shape := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	met, keys := map[string]int{}, map[string]bool{}
	for id, u := range p.list(t, p.asAdmin()) {
		switch key, given := u["authenticationToken"]; {
		case !given:
			met["absent"]++
		case key == nil:
			met["null"]++
		case !shape.MatchString(key.(string)) || keys[key.(string)]:
			t.Errorf("%s has the key %v", id, key)
		default:
			met["alive"]++
			keys[key.(string)] = true
		}
	}
	if met["alive"] != 170 || met["null"] < 10 || met["absent"] < 20 {
		t.Errorf("met %v", met)
	}
}

func TestWithoutManageUsersThePultShowsIDAndAlias(t *testing.T) {
	p := startPult(t, demo.Options{})
	whole, short := p.list(t, p.asAdmin()), p.list(t, p.asWeak())
	starred := 0
	for id, u := range whole {
		alias, named := u["displayName"]
		if login := u["login"].(string); !named {
			letters := []rune(login)
			half := len(letters) / 2
			alias = string(letters[:half]) + strings.Repeat("*", len(letters)-half)
			starred++
		}
		if got := short[id]; demotest.Names(got) != "id login" || got["login"] != alias || alias == u["login"] {
			t.Errorf("%s is %v to those who may not manage users, want %q", id, got, alias)
		}
	}
	if len(short) != len(whole) || starred < 10 {
		t.Errorf("%d of %d users, %d without a display name", len(short), len(whole), starred)
	}
}

func TestMeAtThePultShowsOnesOwnPermissionsAndToManagersTheToken(t *testing.T) {
	p := startPult(t, demo.Options{})
	admin := p.ask(t, "GET", pultUsers+"/current", "", p.asAdmin()).Object(t)
	if admin["login"] != "root.admin" || admin["authenticationToken"] != p.Token ||
		!slices.Contains(admin["permissions"].([]any), any("manage-users")) {
		t.Errorf("the administrator is %v", admin)
	}
	weak := p.ask(t, "GET", pultUsers+"/current", "", p.asWeak())
	u := weak.Object(t)
	if _, given := u["authenticationToken"]; given || u["login"] != "desk.staff" || fmt.Sprint(u["permissions"]) != "[]" {
		t.Errorf("the weak one is %s", weak.Body)
	}
}

func TestARightFromAGroupIsNotAmongOnesPermissionsButCounts(t *testing.T) {
	p := startPult(t, demo.Options{})
	met := map[bool]int{}
	for id, u := range p.list(t, p.asAdmin()) {
		key, held := u["authenticationToken"].(string)
		if !held || u["status"] != 2.0 {
			continue
		}
		query := "?api-token=" + key
		me := p.ask(t, "GET", pultUsers+"/current"+query, "").Object(t)
		seen := p.ask(t, "GET", pultUsers+"/"+id+query, "").Object(t)
		if me["id"] != id || fmt.Sprint(me["permissions"]) != fmt.Sprint(u["permissions"]) {
			t.Errorf("%s is %v to themselves", id, me)
		}
		byGroup := strings.Contains(fmt.Sprint(u["group"]), oid("64c", 9))
		direct := slices.Contains(u["permissions"].([]any), any("manage-users"))
		if whole := demotest.Names(seen) != "id login"; whole != (byGroup || direct) || byGroup && direct {
			t.Errorf("%s: whole %v, group %v, own permission %v", id, whole, byGroup, direct)
		}
		if byGroup {
			met[true]++
			if me["authenticationToken"] != key {
				t.Errorf("%s manages users and does not see the own token", id)
			}
		}
		met[direct]++
	}
	if met[true] < 3 {
		t.Errorf("met %v", met)
	}
}

func TestSomebodyAlwaysManagesUsersByAGroup(t *testing.T) {
	for seed := range uint64(5) {
		p := startPult(t, demo.Options{Seed: seed, Users: 30, Tokens: 10})
		users := p.list(t, p.asAdmin())
		deputy := mustFind(t, users, func(u map[string]any) bool {
			return strings.Contains(fmt.Sprint(u["group"]), oid("64c", 9)) &&
				u["status"] == 2.0 && u["authenticationToken"] != nil
		})
		query := fmt.Sprint("?api-token=", users[deputy]["authenticationToken"])
		if a := p.ask(t, "POST", tokenPath(oid("64b", 2))+query, ""); a.Status != 200 {
			t.Errorf("seed %d: the deputy may not create: %d %s", seed, a.Status, a.Body)
		}
	}
}

func TestPultUsersComeInAllTheFormsThatServersHave(t *testing.T) {
	p := startPult(t, demo.Options{})
	met := map[string]int{}
	for id, u := range p.list(t, p.asAdmin()) {
		for _, field := range []string{"id", "login", "permissions", "contacts", "eventFilter", "status"} {
			if u[field] == nil {
				t.Errorf("%s has no %s", id, field)
			}
		}
		for _, field := range []string{"displayName", "email", "group", "activeTo", "language", "source", "entityType", "objectPermissions"} {
			if _, given := u[field]; !given {
				met["no "+field]++
			}
		}
		met[fmt.Sprintf("status %v", u["status"])]++
		if group, given := u["group"]; given {
			met[fmt.Sprintf("group %T", group)]++
		}
		if source, given := u["source"].(map[string]any); given {
			met[fmt.Sprintf("source %v", source["sourceType"])]++
		}
		if objects, given := u["objectPermissions"].(map[string]any); given {
			list, _ := objects["include"].([]any)
			met[fmt.Sprintf("a number in objects %v", slices.Contains(list, any(1.0)))]++
		}
		if until, given := u["activeTo"].(float64); given {
			met[fmt.Sprintf("status %v until ahead %v", u["status"], until > float64(demotest.Day().UnixMilli()))]++
		}
	}
	for _, what := range []string{
		"no displayName", "no email", "no group", "no activeTo", "no language", "no source", "no entityType",
		"no objectPermissions", "status 0", "status 2", "status 3", "group <nil>", "group string", "group []interface {}",
		"source 0", "source 1", "source 2", "source <nil>", "a number in objects true",
		"status 2 until ahead true", "status 3 until ahead false",
	} {
		if met[what] == 0 {
			t.Errorf("nobody has %q", what)
		}
	}
	if met["status 3 until ahead true"]+met["status 2 until ahead false"] > 0 {
		t.Errorf("met %v", met)
	}
}

func TestHostileTextsAreNamesAtThePultToo(t *testing.T) {
	p := startPult(t, demo.Options{})
	whole := p.list(t, p.asAdmin())
	for _, text := range demo.Hostile() {
		mustFind(t, whole, func(u map[string]any) bool {
			return strings.Contains(fmt.Sprint(u["displayName"], "\n", u["login"]), text)
		})
	}
}
