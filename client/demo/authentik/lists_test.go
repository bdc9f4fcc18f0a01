package authentik_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func TestAnAuthentikListIsCutByPageNumbers(t *testing.T) {
	s := demotest.Start(t, demo.Options{Users: 150, Tokens: 130})
	for _, c := range []struct {
		query string
		rows  int
		want  string // of the pagination
	}{
		{"", 20, "count:130 current:1 end_index:20 next:2 previous:0 start_index:1 total_pages:7"},
		{"page=2", 20, "count:130 current:2 end_index:40 next:3 previous:1 start_index:21 total_pages:7"},
		{"page=7", 10, "count:130 current:7 end_index:130 next:0 previous:6 start_index:121 total_pages:7"},
		{"page=last&page_size=100", 30, "count:130 current:2 end_index:130 next:0 previous:1 start_index:101 total_pages:2"},
		{"page_size=500", 100, "count:130 current:1 end_index:100 next:2 previous:0 start_index:1 total_pages:2"},
		{"page_size=65&page=2", 65, "count:130 current:2 end_index:130 next:0 previous:1 start_index:66 total_pages:2"},
		{"page_size=0", 20, "count:130 current:1 end_index:20 next:2 previous:0 start_index:1 total_pages:7"},
		{"page_size=-3", 20, "count:130 current:1 end_index:20 next:2 previous:0 start_index:1 total_pages:7"},
		{"page_size=many&limit=3", 20, "count:130 current:1 end_index:20 next:2 previous:0 start_index:1 total_pages:7"},
		{"identifier=nobody", 0, "count:0 current:1 end_index:0 next:0 previous:0 start_index:0 total_pages:1"},
	} {
		a := ask(t, s, "GET", authTokens+"?"+c.query, "")
		page := a.Object(t)
		if got := demotest.Names(page); got != "autocomplete pagination results" || fmt.Sprint(page["autocomplete"]) != "map[]" {
			t.Errorf("%s: envelope %s", c.query, got)
		}
		if got := strings.Trim(fmt.Sprint(page["pagination"]), "map[]"); got != c.want || len(a.Rows(t)) != c.rows {
			t.Errorf("%s: %d rows, %s", c.query, len(a.Rows(t)), got)
		}
	}
	for _, page := range []string{"0", "8", "-1", "x"} {
		if a := ask(t, s, "GET", authTokens+"?page="+page, ""); a.Status != 404 || a.Object(t)["detail"] != "Invalid page." {
			t.Errorf("page %s: %d %s", page, a.Status, a.Body)
		}
	}
	if completion := ask(t, s, "GET", authUsers, "").Object(t)["autocomplete"]; len(completion.(map[string]any)) == 0 {
		t.Error("users are not completed")
	}
}

func TestEveryAuthentikTokenFilterKeepsWhatItSays(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	all := listAll(t, s, authTokens)
	one := rowWith(t, all, "intent", "recovery")
	managed := all[slices.IndexFunc(all, func(r map[string]any) bool { return r["managed"] != nil })]
	equal := func(field string, value any) func(map[string]any) bool {
		return func(r map[string]any) bool { return r[field] == value }
	}
	every := func(map[string]any) bool { return true }
	name := ownerOf(one)["username"]
	for query, keep := range map[string]func(map[string]any) bool{
		fmt.Sprint("identifier=", one["identifier"]):            equal("identifier", one["identifier"]),
		"description=nightly+export":                            equal("description", "nightly export"),
		"intent=app_password":                                   equal("intent", "app_password"),
		"expiring=true":                                         equal("expiring", true),
		"expiring=false":                                        equal("expiring", false),
		fmt.Sprint("expires=", one["expires"]):                  equal("expires", one["expires"]),
		fmt.Sprint("managed=", managed["managed"]):              equal("managed", managed["managed"]),
		"user__username=" + url.QueryEscape(name.(string)):      equal("user", one["user"]),
		"expiring=False":                                        equal("expiring", false),
		"expiring=1":                                            equal("expiring", true),
		"expiring=no":                                           every,
		"managed=&user=1&expires__lt=2020-01-01&is_expired=yes": every,
		"search=REPORT+api":                                     inText("report", "api"),
		"search=root.admin,console":                             inText("root.admin", "console"),
	} {
		want := 0
		for _, row := range all {
			if keep(row) {
				want++
			}
		}
		if got := len(listAll(t, s, authTokens+"?"+query)); got != want || want == 0 {
			t.Errorf("%s keeps %d of %d, want %d", query, got, len(all), want)
		}
	}
}

// inText wants every word in one of the fields that a search looks at.
func inText(words ...string) func(map[string]any) bool {
	return func(row map[string]any) bool {
		return !slices.ContainsFunc(words, func(word string) bool {
			return !slices.ContainsFunc([]any{row["identifier"], row["intent"], row["description"], ownerOf(row)["username"]},
				func(text any) bool { return strings.Contains(strings.ToLower(text.(string)), word) })
		})
	}
}

func TestAnAuthentikFilterThatCannotBeReadIsNamed(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for query, field := range map[string]string{
		authTokens + "?intent=robot":                             "intent",
		authTokens + "?expires=soon":                             "expires",
		authUsers + "?type=internal&type=robot":                  "type",
		authUsers + "?uuid=1":                                    "uuid",
		authUsers + "?last_login__gt=yesterday":                  "last_login__gt",
		authUsers + "?groups_by_name=Retail&groups_by_name=Nope": "groups_by_name",
	} {
		a := ask(t, s, "GET", query, "")
		if messages, ok := a.Object(t)[field].([]any); a.Status != 400 || !ok || len(messages) != 1 {
			t.Errorf("%s: %d %s", query, a.Status, a.Body)
		}
	}
}

func TestAnAuthentikOrderCanBeAskedForAndAnUnknownOneIsIgnored(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	sorted := func(ordering, field string) []string {
		return demotest.Values(listAll(t, s, authTokens+"?ordering="+ordering), field)
	}
	byName := sorted("", "identifier")
	if !slices.IsSorted(byName) {
		t.Error("the list is not in the order of its identifiers")
	}
	for _, unknown := range []string{"user__username", "created", "-key", ","} {
		if got := sorted(unknown, "identifier"); !slices.Equal(got, byName) {
			t.Errorf("ordering=%s is not ignored", unknown)
		}
	}
	for _, field := range []string{"pk", "identifier", "intent", "description", "expiring"} {
		up, down := sorted(field, field), sorted("-"+field, field)
		slices.Reverse(down)
		if !slices.IsSorted(up) || !slices.IsSorted(down) {
			t.Errorf("%s is not in order", field)
		}
	}
	rows := listAll(t, s, authTokens+"?ordering=-user")
	if !slices.IsSortedFunc(rows, func(x, y map[string]any) int { return int(y["user"].(float64) - x["user"].(float64)) }) {
		t.Error("users do not go down")
	}
	up, down := sorted("expires", "expires"), sorted("-expires", "expires")
	if up[0] != "<nil>" || down[len(down)-1] != "<nil>" || down[0] == "<nil>" || up[len(up)-1] != down[0] {
		t.Errorf("ends go from %s to %s, and down from %s", up[0], up[len(up)-1], down[0])
	}
}

func TestEveryAuthentikUserFilterKeepsWhatItSays(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	all := listAll(t, s, authUsers)
	team := func(name string) func(map[string]any) bool {
		return func(u map[string]any) bool {
			return slices.Contains(demotest.Values(demotest.Objects(u["groups_obj"]), "name"), name)
		}
	}
	mid := all[40]
	for query, keep := range map[string]func(map[string]any) bool{
		"username=root.admin":     func(u map[string]any) bool { return u["pk"] == 1.0 },
		"is_active=false":         func(u map[string]any) bool { return u["is_active"] == false },
		"type=external&type=":     func(u map[string]any) bool { return u["type"] == "external" },
		"type=internal&type=":     func(u map[string]any) bool { return u["type"] == "internal" },
		"path_startswith=goauth":  func(u map[string]any) bool { return strings.HasPrefix(u["path"].(string), "goauth") },
		"path=users":              func(u map[string]any) bool { return u["path"] == "users" },
		"last_login__isnull=true": func(u map[string]any) bool { return u["last_login"] == nil },
		"groups_by_name=Helpdesk": team("Helpdesk"),
		"search=ROOT.admin@shop":  func(u map[string]any) bool { return u["pk"] == 1.0 },
		"type=external&type=internal_service_account": func(u map[string]any) bool {
			return u["type"] == "external" || u["type"] == "internal_service_account"
		},
		fmt.Sprint("date_joined__lt=", mid["date_joined"]): func(u map[string]any) bool {
			return u["date_joined"].(string) < mid["date_joined"].(string)
		},
		fmt.Sprint("uuid=", mid["uuid"]): func(u map[string]any) bool { return u["uuid"] == mid["uuid"] },
		"is_superuser=true":              team("authentik Admins"),
	} {
		want := 0
		for _, u := range all {
			if keep(u) {
				want++
			}
		}
		if got := len(listAll(t, s, authUsers+"?"+query)); got != want || want == 0 {
			t.Errorf("%s keeps %d of %d, want %d", query, got, len(all), want)
		}
	}
	if !slices.IsSorted(demotest.Values(all, "username")) {
		t.Error("users are not in the order of their names")
	}
	for ordering, status := range map[string]int{"uid": 200, "is_superuser": 500, "-is_superuser": 500} {
		if a := ask(t, s, "GET", authUsers+"?ordering="+ordering, ""); a.Status != status || (status == 500) != strings.HasPrefix(a.Body, "<!doctype") {
			t.Errorf("ordering by %s: %d", ordering, a.Status)
		}
	}
}

func TestAnAuthentikSuperuserMayBeOneByAParentGroupThatTheFilterDoesNotSee(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	filtered := len(listAll(t, s, authUsers+"?is_superuser=true"))
	told := 0
	for _, u := range listAll(t, s, authUsers) {
		if u["is_superuser"] == true {
			told++
		}
	}
	if filtered == 0 || told <= filtered {
		t.Errorf("%d superusers by the filter, %d by the field", filtered, told)
	}
}

func TestAuthentikGroupsAndRolesCanBeLeftOutEverywhere(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	const without = "?include_groups=false&include_roles=false"
	for _, c := range []struct {
		path string
		of   func(demotest.Answer) map[string]any
	}{
		{authTokens + "console-root/", func(a demotest.Answer) map[string]any { return ownerOf(a.Object(t)) }},
		{authTokens, func(a demotest.Answer) map[string]any { return ownerOf(a.Rows(t)[0]) }},
		{authUsers, func(a demotest.Answer) map[string]any { return a.Rows(t)[0] }},
		{authUsers + "1/", func(a demotest.Answer) map[string]any { return a.Object(t) }},
	} {
		full := c.of(ask(t, s, "GET", c.path, ""))
		lean := c.of(ask(t, s, "GET", c.path+without, ""))
		for _, field := range []string{"groups", "roles"} {
			if _, list := full[field+"_obj"].([]any); !list || lean[field+"_obj"] != nil {
				t.Errorf("%s: %s_obj is %v and %v", c.path, field, full[field+"_obj"], lean[field+"_obj"])
			}
			if fmt.Sprint(full[field]) != fmt.Sprint(lean[field]) || demotest.Names(full) != demotest.Names(lean) {
				t.Errorf("%s: %s differ", c.path, field)
			}
		}
	}
}
