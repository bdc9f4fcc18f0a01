package awx_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func TestAListOfAWXComesInPages(t *testing.T) {
	d := start(t, demo.Options{Users: 260, Tokens: 250})
	for _, c := range []struct {
		query          string
		rows           int
		next, previous string // queries, "" for null
	}{
		{"", 25, "page=2", ""},
		{"page=2", 25, "page=3", "page=1"},
		{"page=10", 25, "", "page=9"},
		{"page=last", 25, "", "page=9"},
		{"page_size=200", 200, "page=2&page_size=200", ""},
		{"page_size=500", 200, "page=2&page_size=200", ""},
		{"page_size=500&page=2", 50, "", "page=1&page_size=200"},
		{"page_size=0", 25, "page=2&page_size=0", ""},
		{"page_size=-1&page=", 25, "page=2&page_size=-1", ""},
		{"page_size=3&page_size=1", 1, "page=2&page_size=3&page_size=1", ""},
		{"order_by=-id&page_size=7&page=3", 7, "order_by=-id&page=4&page_size=7", "order_by=-id&page=2&page_size=7"},
	} {
		a := d.call(d.admin(), "GET", tokensPath+"?"+c.query, "")
		page := a.Object(t)
		if got := demotest.Names(page); got != "count next previous results" || len(a.Rows(t)) != c.rows || page["count"] != 250.0 {
			t.Errorf("%s: %s, %d rows of %v", c.query, got, len(a.Rows(t)), page["count"])
		}
		for field, want := range map[string]string{"next": c.next, "previous": c.previous} {
			if want != "" && page[field] != tokensPath+"?"+want || want == "" && page[field] != nil {
				t.Errorf("%s: %s is %v", c.query, field, page[field])
			}
		}
	}
	for _, number := range []string{"0", "11", "-1", "x"} {
		d.expect("page "+number, d.call(d.admin(), "GET", tokensPath+"?page="+number, ""), 404, "Invalid page.")
	}
	for _, query := range []string{"page_size=many", "page_size=", "order_by=", "order_by=id,,", "description=%00"} {
		if a := d.call(d.admin(), "GET", tokensPath+"?"+query, ""); a.Status != 500 || !strings.HasPrefix(a.Body, "<!doctype html>") {
			t.Errorf("%s: %d %s", query, a.Status, a.Body)
		}
	}
	if got := demotest.Names(d.call(d.admin(), "GET", tokensPath+"?count_disabled=1", "").Object(t)); got != "results" {
		t.Errorf("without a count: %s", got)
	}
	if a := d.call(d.admin(), "GET", tokensPath+"?user=99999", ""); len(a.Rows(t)) != 0 || a.Object(t)["next"] != nil {
		t.Errorf("an empty list: %s", a.Body)
	}
}

func TestAnUnknownParameterIsAnErrorAndAProtectedFieldIsForbidden(t *testing.T) {
	for g, c := range map[demo.Generation]struct{ users, me string }{
		demo.AWXTower: {"/api/v1/users/", "/api/v1/me/"}, demo.AWXOAuth2: {usersPath, "/api/v2/me/"},
		demo.AWXGateway: {"/api/gateway/v1/users/", "/api/gateway/v1/me/"}, demo.AWXNone: {usersPath, "/api/v2/me/"},
	} {
		d := start(t, demo.Options{AWX: g})
		for _, path := range []string{c.users, c.me} {
			d.expect(path, d.call(d.admin(), "GET", path+"?foo=1", ""), 400, "User has no field named 'foo'")
			d.expect(path, d.call(d.admin(), "GET", path+"?limit=1&host_filter=x", ""), 200, "")
			d.expect(path, d.call(d.admin(), "GET", path+"?order_by=-foo", ""), 400, "User has no field named 'foo'")
			d.expect(path, d.call(d.admin(), "GET", path+"?password__icontains=a", ""), 403, "Filtering on password is not allowed.")
		}
	}
	d := start(t, demo.Options{})
	for query, want := range map[string]string{
		"token__icontains=a": "token", "order_by=token": "token", "user__password=a": "password", "not__token=a": "token",
	} {
		d.expect(query, d.call(d.admin(), "GET", tokensPath+"?"+query, ""), 403, "Filtering on "+want+" is not allowed.")
	}
	d.expect("", d.call(d.admin(), "GET", "/api/v2/applications/?client_id=a", ""), 403, "Filtering on client_id is not allowed.")
	for query, words := range map[string]string{
		"user=x": "Invalid user id: x", "application=": "Invalid application id: ", "nothing__isnull=true": "OAuth2AccessToken has no field named 'nothing'",
		"user__nosuch=1": "User has no field named 'nosuch'", "application__or__name=x": "OAuth2Application has no field named 'or'",
		"order_by=user__nosuch": "User has no field named 'nosuch'", "order_by=--id": "OAuth2AccessToken has no field named '-id'",
		"description__nosuch=1": "No related model for field nosuch.", "id__in=": "cannot provide empty value for __in",
		"id__in=a,b": `["“a” value must be an integer."]`, "id=1.5": `["“1.5” value must be an integer."]`,
		"created__gt=yesterday":  `["“yesterday” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format."]`,
		"description__regex=%5B": "unterminated character set at position 0", "url=1": "OAuth2AccessToken has no field named 'url'",
	} {
		d.expect(query, d.call(d.admin(), "GET", tokensPath+"?"+query, ""), 400, words)
		d.expect(query, d.call(d.admin(), "GET", tokensPath+"1001/?"+query, ""), 400, words)
	}
	if a := d.call(d.admin(), "GET", tokensPath+"?search=%00", ""); a.Status != 400 || strings.TrimSpace(a.Body) != `["Null characters are not allowed."]` {
		t.Errorf("NUL: %d %s", a.Status, a.Body)
	}
	for _, query := range []string{"id=x", "id__gt=1.5", "application__isnull=maybe", "created__gt=yesterday", "id__in=1,x", "refresh_token=x", "id__fits=1"} {
		d.expect(query, d.call(d.admin(), "GET", tokensPath+"?"+query, ""), 400, "")
	}
}

func TestEveryFilterOfAWXsTokensKeepsWhatItSays(t *testing.T) {
	d := start(t, demo.Options{})
	all := d.pages(d.admin(), tokensPath+"?page_size=200")
	middle := all[len(all)/2]
	id, created := middle["id"].(float64), middle["created"].(string)
	username := func(r map[string]any) string {
		return r["summary_fields"].(map[string]any)["user"].(map[string]any)["username"].(string)
	}
	personal := func(r map[string]any) bool { return r["application"] == nil }
	for query, keep := range map[string]func(row map[string]any) bool{
		"application__isnull=true":               personal,
		"application__isnull=1":                  personal,
		"application__isnull=False":              func(r map[string]any) bool { return !personal(r) },
		"not__application__isnull=false":         personal,
		"application=2":                          func(r map[string]any) bool { return r["application"] == 2.0 },
		"application__in=1,3":                    func(r map[string]any) bool { return r["application"] == 1.0 || r["application"] == 3.0 },
		fmt.Sprint("user=", middle["user"]):      func(r map[string]any) bool { return r["user"] == middle["user"] },
		fmt.Sprint("id=", id):                    func(r map[string]any) bool { return r["id"] == id },
		fmt.Sprint("id__exact=", id):             func(r map[string]any) bool { return r["id"] == id },
		fmt.Sprint("id__gt=", id):                func(r map[string]any) bool { return r["id"].(float64) > id },
		fmt.Sprint("id__gte=", id):               func(r map[string]any) bool { return r["id"].(float64) >= id },
		fmt.Sprint("id__lt=", id):                func(r map[string]any) bool { return r["id"].(float64) < id },
		fmt.Sprint("not__id__lte=", id):          func(r map[string]any) bool { return r["id"].(float64) > id },
		fmt.Sprint("id__gt=", id, "&id__lt=", 0): nil,
		fmt.Sprint("or__id=", id, "&or__user=", 1): func(r map[string]any) bool {
			return r["id"] == id || r["user"] == 1.0
		},
		"created__gt=" + created: func(r map[string]any) bool { return demotest.When(t, r["created"]).After(demotest.When(t, created)) },
		"created__lte=" + created + "&scope=read": func(r map[string]any) bool {
			return !demotest.When(t, r["created"]).After(demotest.When(t, created)) && r["scope"] == "read"
		},
		"expires__lt=2026-01-01":              func(r map[string]any) bool { return r["expires"].(string) < "2026" },
		"user__username=root.admin":           func(r map[string]any) bool { return username(r) == "root.admin" },
		"user__username__istartswith=ROOT":    func(r map[string]any) bool { return strings.HasPrefix(username(r), "root") },
		"user__username__endswith=staff":      func(r map[string]any) bool { return strings.HasSuffix(username(r), "staff") },
		"description__icontains=TERRAFORM":    func(r map[string]any) bool { return strings.Contains(r["description"].(string), "terraform") },
		"description__contains=TERRAFORM":     nil,
		"description__iexact=My+Laptop":       func(r map[string]any) bool { return r["description"] == "my laptop" },
		"description=":                        func(r map[string]any) bool { return r["description"] == "" },
		"search=build+Machine":                func(r map[string]any) bool { return strings.Contains(r["description"].(string), "build machine") },
		"search=build,nobody":                 nil,
		"application__name__startswith=Graf":  func(r map[string]any) bool { return r["application"] == 4.0 },
		"chain__scope=read&format=json":       func(r map[string]any) bool { return r["scope"] == "read" },
		"id__gt=0&user__first_name__gte=":     func(map[string]any) bool { return true },
		"last_used__isnull=true&id__gt=99999": nil,
		"id=99999999999999999999":             nil,
		"application=null":                    personal,
		"refresh_token__isnull=true":          personal,
		"user__search=root":                   func(r map[string]any) bool { return username(r) == "root.admin" },
		"description__iregex=TERRA.*":         func(r map[string]any) bool { return strings.Contains(r["description"].(string), "terraform") },
		"type=o_auth2_access_token":           func(map[string]any) bool { return true },
		"type=user":                           nil,
		"user__is_active=true&user__is_superuser=true&user__username=root.admin": func(r map[string]any) bool { return username(r) == "root.admin" },
	} {
		want := 0
		for _, row := range all {
			if keep != nil && keep(row) {
				want++
			}
		}
		a := d.call(d.admin(), "GET", tokensPath+"?"+query, "")
		if a.Status != 200 || a.Object(t)["count"] != float64(want) || (want == 0) != (keep == nil) {
			t.Errorf("%s: %d, keeps %v, want %d", query, a.Status, a.Object(t)["count"], want)
		}
	}
}

func TestAListOfAWXCanBeOrdered(t *testing.T) {
	d := start(t, demo.Options{})
	sorted := func(path, order, field string) []string {
		return demotest.Values(d.call(d.admin(), "GET", path+"?page_size=200&"+order, "").Rows(t), field)
	}
	down := func(a, b string) int { return strings.Compare(b, a) }
	if got := sorted(tokensPath, "order_by=created", "created"); !slices.IsSorted(got) {
		t.Error("created is not in order")
	}
	if got := sorted(tokensPath, "order=-created", "created"); !slices.IsSortedFunc(got, down) {
		t.Error("-created is not in order")
	}
	if got := sorted(tokensPath, "order_by=-application,id", "application"); got[0] != "<nil>" || got[len(got)-1] != "1" {
		t.Errorf("applications from %s to %s", got[0], got[len(got)-1])
	}
	if got := sorted(usersPath, "", "username"); !slices.IsSorted(got) {
		t.Error("users do not come by username")
	}
	if got := sorted(usersPath, "order_by=last_login", "last_login"); got[0] == "<nil>" {
		t.Error("who never signed in is not last")
	}
	tower := start(t, demo.Options{AWX: demo.AWXTower})
	if got := demotest.Values(tower.call(tower.admin(), "GET", "/api/v1/users/", "").Rows(t), "username"); slices.IsSorted(got) {
		t.Error("Tower declares no order, and keeps one")
	}
}

func TestASearchForUsersLooksAtNamesAndMail(t *testing.T) {
	d := start(t, demo.Options{})
	for words, want := range map[string]int{"ROOT.admin": 1, "ali kamali,root": 1, "root.admin@shop": 1, "root nobody": 0} {
		if rows := d.pages(d.admin(), usersPath+"?search="+url.QueryEscape(words)); len(rows) != want {
			t.Errorf("%s: %d users", words, len(rows))
		}
	}
}
