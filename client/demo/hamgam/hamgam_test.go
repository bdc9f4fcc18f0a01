package hamgam_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

const tokensPath, usersPath = "/api/users/auth_tokens/", "/api/users/"

// ownerOf is the user_data of a token's row.
func ownerOf(row map[string]any) map[string]any { return row["user_data"].(map[string]any) }

func TestATokenShowsItsKeyItsOwnerAndTwoTimes(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	listed := demotest.Ask(t, s, "GET", tokensPath, "").Rows(t)[0]
	alone := demotest.Ask(t, s, "GET", fmt.Sprint(tokensPath, listed["id"], "/"), "")
	if alone.Status != 200 || alone.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("retrieve: %d %v", alone.Status, alone.Header)
	}
	for _, token := range []map[string]any{listed, alone.Object(t)} {
		if got := demotest.Names(token); got != "created_at id key updated_at user_data" {
			t.Errorf("fields %s", got)
		}
		if got := demotest.Names(ownerOf(token)); got != "first_name id last_name mobile_number username" {
			t.Errorf("owner's fields %s", got)
		}
		if key := token["key"].(string); !regexp.MustCompile(`^[0-9a-f]{40}$`).MatchString(key) {
			t.Errorf("key %q", key)
		}
		if token["key"] != listed["key"] {
			t.Error("the list shows another key")
		}
	}
}

func TestTimesAreUTCWithMicroseconds(t *testing.T) {
	shape := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`)
	s := demotest.Start(t, demo.Options{})
	for _, field := range []string{"created_at", "updated_at"} {
		for _, value := range demotest.Values(demotest.Ask(t, s, "GET", tokensPath, "").Rows(t), field) {
			if !shape.MatchString(value) {
				t.Errorf("%s %q", field, value)
			}
		}
	}
	if got := stage.FormatTime(time.Date(2025, 12, 1, 7, 0, 0, 0, time.UTC)); got != "2025-12-01T07:00:00Z" {
		t.Errorf("a whole second is %s", got)
	}
}

func TestATokensIDIsNotItsOwnersID(t *testing.T) {
	for _, row := range demotest.Everything(t, demotest.Start(t, demo.Options{}), tokensPath) {
		if row["id"] == ownerOf(row)["id"] {
			t.Errorf("token %v", row["id"])
		}
	}
}

func TestAUserHasTheDocumentedFieldsAndNoToken(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	const fields = "avatar created_at email first_name full_name gender groups_data id invite_code invited_by " +
		"invitees invitees_count is_active is_admin is_email_verified is_online is_profile_completed is_staff " +
		"last_login last_name mobile_number permissions_data updated_at username"
	for _, u := range []map[string]any{demotest.Ask(t, s, "GET", usersPath, "").Rows(t)[0], demotest.Ask(t, s, "GET", usersPath+"1/", "").Object(t)} {
		if got := demotest.Names(u); got != fields {
			t.Errorf("fields %s", got)
		}
	}
}

func TestMeDoesNotSayWhatTheCallerMayDo(t *testing.T) {
	me := demotest.Ask(t, demotest.Start(t, demo.Options{}), "GET", "/api/users/me/", "").Object(t)
	const fields = "avatar created_at email first_name full_name gender groups id is_profile_completed last_login last_name mobile_number username"
	if got := demotest.Names(me); got != fields || me["username"] != "root.admin" || me["id"] != 1.0 {
		t.Errorf("me is %v", me)
	}
}

func TestAListIsCutByLimitAndOffset(t *testing.T) {
	s := demotest.Start(t, demo.Options{Users: 150, Tokens: 130})
	for _, c := range []struct {
		query          string
		rows           int
		next, previous string // queries, "" for null
	}{
		{"", 10, "limit=10&offset=10", ""},
		{"limit=7", 7, "limit=7&offset=7", ""},
		{"limit=7&offset=7", 7, "limit=7&offset=14", "limit=7"},
		{"limit=7&offset=14&id_min=1", 7, "id_min=1&limit=7&offset=21", "id_min=1&limit=7&offset=7"},
		{"limit=7&offset=3", 7, "limit=7&offset=10", "limit=7"},
		{"limit=100&offset=100", 30, "", "limit=100"},
		{"limit=30&offset=100", 30, "", "limit=30&offset=70"},
		{"limit=500", 100, "limit=100&offset=100", ""},
		{"offset=130", 0, "", "limit=10&offset=120"},
		{"offset=99999999999999999999", 10, "limit=10&offset=10", ""},
		{"offset=9223372036854775807", 0, "", "limit=10&offset=2147483637"},
		{"limit=0", 10, "limit=10&offset=10", ""},
		{"limit=-1", 10, "limit=10&offset=10", ""},
		{"limit=many&offset=none", 10, "limit=10&offset=10", ""},
	} {
		a := demotest.Ask(t, s, "GET", tokensPath+"?"+c.query, "")
		page := a.Object(t)
		if got := demotest.Names(page); got != "count next previous results" {
			t.Errorf("%s: envelope %s", c.query, got)
		}
		if len(a.Rows(t)) != c.rows || page["count"] != 130.0 {
			t.Errorf("%s: %d rows of %v", c.query, len(a.Rows(t)), page["count"])
		}
		for field, want := range map[string]string{"next": c.next, "previous": c.previous} {
			// Whoever follows a link leaves the proxy's address and arrives nowhere.
			if want != "" && page[field] != "http://backend.internal"+tokensPath+"?"+want || want == "" && page[field] != nil {
				t.Errorf("%s: %s is %v", c.query, field, page[field])
			}
		}
	}
}

func TestAnOrderCanBeAskedForAndTheIDDecidesATie(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	sorted := func(path, ordering, field string) []string {
		return demotest.Values(demotest.Ask(t, s, "GET", path+"?limit=100&ordering="+ordering, "").Rows(t), field)
	}
	for _, field := range []string{"created_at", "updated_at"} {
		up, down := sorted(tokensPath, field, field), sorted(tokensPath, "-"+field, field)
		if !slices.IsSorted(up) || !slices.IsSortedFunc(down, func(a, b string) int { return strings.Compare(b, a) }) {
			t.Errorf("%s is not in order", field)
		}
	}
	byUser := demotest.Ask(t, s, "GET", tokensPath+"?limit=100&ordering=-user", "").Rows(t)
	if first, last := ownerOf(byUser[0])["id"].(float64), ownerOf(byUser[99])["id"].(float64); first <= last {
		t.Errorf("users from %v down to %v", first, last)
	}
	if got := sorted(usersPath, "username", "username"); !slices.IsSorted(got) {
		t.Error("usernames are not in order")
	}
	if got := sorted(usersPath, "-last_login", "last_login"); got[0] != "<nil>" {
		t.Error("who never signed in is not first when the latest is")
	}
	byID := sorted(tokensPath, "", "id")
	for _, unknown := range []string{"key", "user__username", "-nonsense"} {
		if got := sorted(tokensPath, unknown, "id"); !slices.Equal(got, byID) {
			t.Errorf("ordering=%s is not ignored", unknown)
		}
	}
	rows := demotest.Ask(t, s, "GET", usersPath+"?limit=100&ordering=-gender", "").Rows(t)
	for i := range rows[1:] {
		if rows[i]["gender"] == rows[i+1]["gender"] && rows[i]["id"].(float64) > rows[i+1]["id"].(float64) {
			t.Fatal("a tie is not broken by the id")
		}
	}
}

func TestASearchLooksAtTheDocumentedFields(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	first := demotest.Ask(t, s, "GET", tokensPath+"?search=root.admin", "").Rows(t)[0]
	key, mobile := first["key"].(string), ownerOf(first)["mobile_number"].(string)
	for words, want := range map[string]bool{
		fmt.Sprint(first["id"]): true, key: true, strings.ToUpper(key[5:30]): true, mobile: true,
		"root.admin": true, "ROOT": true, "ali kamali": true, "kamali,root": true,
		"ali nobody": false, "@shop.example": false, // the e-mail is no field of a token's search
	} {
		rows := demotest.Ask(t, s, "GET", tokensPath+"?limit=100&search="+url.QueryEscape(words), "").Rows(t)
		if got := slices.Contains(demotest.Values(rows, "id"), fmt.Sprint(first["id"])); got != want {
			t.Errorf("search %q finds the token: %v", words, got)
		}
	}
	if rows := demotest.Ask(t, s, "GET", usersPath+"?search=root.admin@shop", "").Rows(t); len(rows) != 1 {
		t.Errorf("%d users by e-mail", len(rows))
	}
	if rows := demotest.Ask(t, s, "GET", usersPath+"?search="+key, "").Rows(t); len(rows) != 0 {
		t.Error("a key finds a user")
	}
}

func TestEveryFilterOfTokensKeepsWhatItSays(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	all := demotest.Everything(t, s, tokensPath)
	middle := all[len(all)/2]
	id, day := middle["id"].(float64), middle["created_at"].(string)[:10]
	updated := all[0]["updated_at"].(string)[:10]
	for query, keep := range map[string]func(row map[string]any) bool{
		fmt.Sprint("id_min=", id):                    func(r map[string]any) bool { return r["id"].(float64) >= id },
		fmt.Sprint("id_max=", id):                    func(r map[string]any) bool { return r["id"].(float64) <= id },
		fmt.Sprintf("id_min=%v&id_max=%v", id, id):   func(r map[string]any) bool { return r["id"].(float64) == id },
		"created_date=" + day:                        func(r map[string]any) bool { return r["created_at"].(string)[:10] == day },
		"created_from=" + day:                        func(r map[string]any) bool { return r["created_at"].(string)[:10] >= day },
		"created_to=" + day:                          func(r map[string]any) bool { return r["created_at"].(string)[:10] <= day },
		"updated_date=" + updated:                    func(r map[string]any) bool { return r["updated_at"].(string)[:10] == updated },
		"updated_from=" + updated:                    func(r map[string]any) bool { return r["updated_at"].(string)[:10] >= updated },
		"updated_to=" + updated:                      func(r map[string]any) bool { return r["updated_at"].(string)[:10] <= updated },
		"id_min=&user=1&user_id=1&nonsense=nonsense": func(map[string]any) bool { return true },
	} {
		want := 0
		for _, row := range all {
			if keep(row) {
				want++
			}
		}
		if got := demotest.Ask(t, s, "GET", tokensPath+"?"+query, "").Object(t)["count"]; got != float64(want) || want == 0 {
			t.Errorf("%s keeps %v of %d, want %d", query, got, len(all), want)
		}
	}
}

func TestEveryFilterOfUsersKeepsWhatItSays(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	all := demotest.Everything(t, s, usersPath)
	holders := map[any]bool{}
	for _, row := range demotest.Everything(t, s, tokensPath) {
		holders[ownerOf(row)["id"]] = true
	}
	set := func(field string) func(map[string]any) bool {
		return func(u map[string]any) bool { return u[field] != nil }
	}
	is := func(field string) func(map[string]any) bool {
		return func(u map[string]any) bool { return u[field] == true }
	}
	for name, yes := range map[string]func(map[string]any) bool{
		"has_email": set("email"), "has_avatar": set("avatar"), "has_phone": set("mobile_number"),
		"has_first_name": set("first_name"), "has_last_name": set("last_name"),
		"has_token":  func(u map[string]any) bool { return holders[u["id"]] },
		"has_groups": func(u map[string]any) bool { return len(u["groups_data"].([]any)) > 0 },
		"is_active":  is("is_active"), "is_online": is("is_online"), "is_staff": is("is_staff"), "is_admin": is("is_admin"),
		"is_customer": func(u map[string]any) bool { return u["is_staff"] != true && u["is_admin"] != true },
	} {
		want := 0
		for _, u := range all {
			if yes(u) {
				want++
			}
		}
		for value, want := range map[string]int{"true": want, "false": len(all) - want} {
			if got := demotest.Ask(t, s, "GET", usersPath+"?"+name+"="+value, "").Object(t)["count"]; got != float64(want) || want == 0 {
				t.Errorf("%s=%s keeps %v, want %d", name, value, got, want)
			}
		}
	}
	for query, keep := range map[string]func(u map[string]any) bool{
		"gender=other":  func(u map[string]any) bool { return u["gender"] == "other" },
		"group_id=2":    func(u map[string]any) bool { return inGroups(u, 2) },
		"groups_in=2,3": func(u map[string]any) bool { return inGroups(u, 2, 3) },
		"last_login_from=2025-06-01": func(u map[string]any) bool {
			return fmt.Sprint(u["last_login"])[0] == '2' && u["last_login"].(string) >= "2025-06-01"
		},
		"last_login_to=2025-06-01": func(u map[string]any) bool {
			return fmt.Sprint(u["last_login"])[0] == '2' && u["last_login"].(string) < "2025-06-02"
		},
		"is_staff=true&is_admin=false": func(u map[string]any) bool { return u["is_staff"] == true && u["is_admin"] == false },
	} {
		want := 0
		for _, u := range all {
			if keep(u) {
				want++
			}
		}
		if got := demotest.Ask(t, s, "GET", usersPath+"?"+query, "").Object(t)["count"]; got != float64(want) || want == 0 {
			t.Errorf("%s keeps %v, want %d", query, got, want)
		}
	}
}

func inGroups(u map[string]any, ids ...float64) bool {
	groups := u["groups_data"].([]any)
	return len(groups) > 0 && slices.Contains(ids, groups[0].(map[string]any)["id"].(float64))
}

func TestAFilterThatCannotBeReadIsNamed(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, c := range []struct{ path, field, value string }{
		{tokensPath, "id_min", "ten"},
		{tokensPath, "id_max", "1.5"},
		{tokensPath, "created_date", "yesterday"},
		{tokensPath, "updated_from", "2025-02-30"},
		{usersPath, "has_token", "maybe"},
		{usersPath, "is_active", "True"},
		{usersPath, "gender", "robot"},
		{usersPath, "group_id", "x"},
		{usersPath, "groups_in", "1,x"},
		{usersPath, "last_login_to", "1/2/2025"},
	} {
		a := demotest.Ask(t, s, "GET", c.path+"?"+c.field+"="+c.value, "")
		if messages, ok := a.Object(t)[c.field].([]any); a.Status != 400 || !ok || len(messages) != 1 {
			t.Errorf("%s=%s: %d %s", c.field, c.value, a.Status, a.Body)
		}
	}
}

func TestANewListOfUsersLeavesCustomersOut(t *testing.T) {
	s := demotest.Start(t, demo.Options{Quirks: []demo.Quirk{demo.HamgamStaffList}})
	for _, u := range demotest.Everything(t, s, usersPath) {
		if u["is_staff"] != true {
			t.Errorf("customer %v is listed", u["id"])
		}
	}
	if tokens := demotest.Everything(t, s, tokensPath); len(tokens) != 170 {
		t.Errorf("%d tokens", len(tokens))
	}
}

func TestACreatedTokenIsListedAndWorks(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	free := demotest.Ask(t, s, "GET", usersPath+"?has_token=false&is_active=true", "").Rows(t)[0]
	a := demotest.Ask(t, s, "POST", tokensPath, fmt.Sprintf(`{"user":%v}`, free["id"]))
	made := a.Object(t)
	if a.Status != 201 || ownerOf(made)["id"] != free["id"] || made["created_at"] == made["updated_at"] {
		t.Fatalf("create: %d %s", a.Status, a.Body)
	}
	if rows := demotest.Ask(t, s, "GET", tokensPath+"?ordering=-id&limit=1", "").Rows(t); rows[0]["key"] != made["key"] {
		t.Error("the new token is not listed")
	}
	if a := demotest.AskAs(t, s, made["key"].(string), "GET", "/api/users/me/", ""); a.Status == 401 {
		t.Error("the new key is refused")
	}
}

func TestATokenThatCannotBeMadeNamesTheField(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for body, field := range map[string]string{
		`{"user":1}`: "user", `{"user":"1"}`: "user", `{"user":999999}`: "user", `{}`: "user", `{"user_id":1}`: "user",
		`{"user":null}`: "user", `{"user":true}`: "user", `{"user":{}}`: "user", `[]`: "non_field_errors",
		`null`: "non_field_errors", `{"user":`: "detail",
	} {
		a := demotest.Ask(t, s, "POST", tokensPath, body)
		if _, named := a.Object(t)[field]; a.Status != 400 || !named {
			t.Errorf("%s: %d %s", body, a.Status, a.Body)
		}
	}
	a, err := demotest.Send(t.Context(), s, "POST", tokensPath, "Token "+s.Systems()[0].Token, "")
	if err != nil || a.Status != http.StatusUnsupportedMediaType {
		t.Errorf("without a body: %d %v", a.Status, err)
	}
}

func TestAnOldServerAsksForUserID(t *testing.T) {
	s := demotest.Start(t, demo.Options{Quirks: []demo.Quirk{demo.HamgamOldCreate}})
	free := demotest.Ask(t, s, "GET", usersPath+"?has_token=false", "").Rows(t)[0]
	a := demotest.Ask(t, s, "POST", tokensPath, fmt.Sprintf(`{"user":%v}`, free["id"]))
	if _, named := a.Object(t)["user_id"]; a.Status != 400 || !named {
		t.Errorf("user: %d %s", a.Status, a.Body)
	}
	if a := demotest.Ask(t, s, "POST", tokensPath, fmt.Sprintf(`{"user_id":%v}`, free["id"])); a.Status != 201 {
		t.Errorf("user_id: %d %s", a.Status, a.Body)
	}
}

func TestARegeneratedKeyReplacesTheOldOneAtOnce(t *testing.T) {
	s := demotest.Start(t, demo.Options{Now: func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) }})
	weak := s.Systems()[0].Weak
	old := demotest.Ask(t, s, "GET", tokensPath+"?search="+weak, "").Rows(t)[0]
	path := fmt.Sprint(tokensPath, old["id"], "/")
	a := demotest.Ask(t, s, "POST", path+"regenerate/", "")
	next := a.Object(t)
	if a.Status != 200 || next["id"] != old["id"] || next["created_at"] != old["created_at"] ||
		next["updated_at"] == old["updated_at"] || next["key"] == old["key"] {
		t.Errorf("regenerate: %d\n%v\n%v", a.Status, old, next)
	}
	if a := demotest.AskAs(t, s, weak, "GET", "/api/users/me/", ""); a.Status != 401 {
		t.Errorf("the old key: %d", a.Status)
	}
	if a := demotest.AskAs(t, s, next["key"].(string), "GET", "/api/users/me/", ""); a.Status != 200 {
		t.Errorf("the new key: %d", a.Status)
	}
	again := demotest.Ask(t, s, "POST", path+"regenerate/", "").Object(t)
	if again["updated_at"] == next["updated_at"] {
		t.Error("a clock that stands still hides a regeneration")
	}
}

func TestWhoRegeneratesTheirOwnKeyIsLockedOut(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	mine := demotest.Ask(t, s, "GET", tokensPath+"?search=root.admin", "").Rows(t)[0]
	next := demotest.Ask(t, s, "POST", fmt.Sprint(tokensPath, mine["id"], "/regenerate/"), "").Object(t)
	if a := demotest.Ask(t, s, "GET", "/api/users/me/", ""); a.Status != 401 {
		t.Errorf("the old key: %d", a.Status)
	}
	if a := demotest.AskAs(t, s, next["key"].(string), "GET", tokensPath, ""); a.Status != 200 {
		t.Errorf("the new key: %d", a.Status)
	}
}

func TestADeletedTokenIsGoneAndItsKeySignsNobodyIn(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	weak := s.Systems()[0].Weak
	row := demotest.Ask(t, s, "GET", tokensPath+"?search="+weak, "").Rows(t)[0]
	path := fmt.Sprint(tokensPath, row["id"], "/")
	if a := demotest.Ask(t, s, "DELETE", path, ""); a.Status != 204 || a.Body != "" {
		t.Errorf("delete: %d %q", a.Status, a.Body)
	}
	for name, status := range map[string]int{
		"retrieve":   demotest.Ask(t, s, "GET", path, "").Status,
		"delete":     demotest.Ask(t, s, "DELETE", path, "").Status,
		"regenerate": demotest.Ask(t, s, "POST", path+"regenerate/", "").Status,
	} {
		if status != 404 {
			t.Errorf("%s after the deletion: %d", name, status)
		}
	}
	if a := demotest.AskAs(t, s, weak, "GET", "/api/users/me/", ""); a.Status != 401 {
		t.Errorf("the key: %d", a.Status)
	}
	if a := demotest.Ask(t, s, "POST", tokensPath, fmt.Sprintf(`{"user":%v}`, ownerOf(row)["id"])); a.Status != 201 {
		t.Errorf("a new token for the same user: %d %s", a.Status, a.Body)
	}
}

func TestAServerWithoutDeletionSaysSo(t *testing.T) {
	a := demotest.Ask(t, demotest.Start(t, demo.Options{Quirks: []demo.Quirk{demo.HamgamNoDelete}}), "DELETE", tokensPath+"1001/", "")
	if a.Status != 405 || a.Object(t)["detail"] != `Method "DELETE" not allowed.` || a.Header.Get("Allow") != "GET" {
		t.Errorf("%d %s %v", a.Status, a.Body, a.Header)
	}
}

func TestAMethodThatIsNotThereIsRefusedAfterTheCredential(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, c := range []struct{ method, path, allow string }{
		{"PUT", tokensPath, "GET, POST"},
		{"PATCH", tokensPath + "1001/", "DELETE, GET"},
		{"GET", tokensPath + "1001/regenerate/", "POST"},
		{"GET", "/api/users/auth/pwd/signin/", "POST"},
	} {
		if a := demotest.Ask(t, s, c.method, c.path, ""); a.Status != 405 || a.Header.Get("Allow") != c.allow {
			t.Errorf("%s %s: %d, allows %s", c.method, c.path, a.Status, a.Header.Get("Allow"))
		}
	}
	if a, _ := demotest.Send(t.Context(), s, "PUT", tokensPath, "", ""); a.Status != 401 {
		t.Errorf("without a credential: %d", a.Status)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, path := range []string{tokensPath + "1/", tokensPath + "0/", tokensPath + "x/", usersPath + "999999/"} {
		if a := demotest.Ask(t, s, "GET", path, ""); a.Status != 404 || a.Object(t)["detail"] != "Not found." {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
	for _, path := range []string{"/", "/api/", "/nowhere", "/api/users//", "/api/users/../users/"} {
		if a := demotest.Ask(t, s, "GET", path, ""); a.Status != 404 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %v", path, a.Status, a.Header)
		}
	}
}

func TestAMissingSlashRedirectsAReadAndBreaksAWrite(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, path := range []string{"/api/users/auth_tokens", "/api/users/auth_tokens/1001", "/api/users", "/api/users/1", "/api/users/me"} {
		a := demotest.Ask(t, s, "GET", path+"?limit=3", "")
		if a.Status != 301 || a.Header.Get("Location") != path+"/?limit=3" {
			t.Errorf("GET %s: %d to %q", path, a.Status, a.Header.Get("Location"))
		}
	}
	for method, path := range map[string]string{
		"POST": "/api/users/auth_tokens", "PATCH": "/api/users/1", "DELETE": "/api/users/auth_tokens/1001",
	} {
		a := demotest.Ask(t, s, method, path, "")
		if a.Status != 500 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s %s: %d %v", method, path, a.Status, a.Header)
		}
	}
	if a := demotest.Ask(t, s, "GET", tokensPath+"1001/", ""); a.Status != 200 {
		t.Error("the deletion without a slash was done")
	}
}

func TestWithoutAGoodKeyThereIsAChallenge(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	key := s.Systems()[0].Token
	for header, want := range map[string]string{
		"":                         "Authentication credentials were not provided.",
		"Bearer " + key:            "Authentication credentials were not provided.",
		"Basic " + key:             "Authentication credentials were not provided.",
		"Token":                    "Invalid token header. No credentials provided.",
		"Token " + key + " " + key: "Invalid token header. Token string should not contain spaces.",
		"Token " + key[:39]:        "Invalid token.",
		"Token " + key + "0":       "Invalid token.",
	} {
		a, err := demotest.Send(t.Context(), s, "GET", tokensPath, header, "")
		if err != nil || a.Status != 401 || a.Header.Get("WWW-Authenticate") != "Token" || a.Object(t)["detail"] != want {
			t.Errorf("%q: %d %s %v", header, a.Status, a.Body, err)
		}
	}
	if a, err := demotest.Send(t.Context(), s, "GET", "/api/users/me/", "token "+key, ""); err != nil || a.Status != 200 {
		t.Errorf("the scheme in small letters: %d %v", a.Status, err)
	}
}

func TestAKeyWithoutRightsKnowsItselfAndNothingElse(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/api/users/me/", 200},
		{"GET", tokensPath, 403},
		{"POST", tokensPath, 403},
		{"GET", tokensPath + "1001/", 403},
		{"POST", tokensPath + "1001/regenerate/", 403},
		{"DELETE", tokensPath + "1001/", 403},
		{"GET", usersPath, 403},
		{"GET", usersPath + "1/", 403},
	} {
		a := demotest.AskAs(t, s, s.Systems()[0].Weak, c.method, c.path, "")
		if a.Status != c.want {
			t.Errorf("%s %s: %d", c.method, c.path, a.Status)
		}
		if a.Status == 403 && a.Object(t)["detail"] != "You do not have permission to perform this action." {
			t.Errorf("%s %s: %s", c.method, c.path, a.Body)
		}
	}
}

func TestEverySeededKeyMayDoWhatItsOwnerMay(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	people, met := map[any]map[string]any{}, map[string]int{}
	for _, u := range demotest.Everything(t, s, usersPath) {
		people[u["id"]] = u
	}
	for _, row := range demotest.Everything(t, s, tokensPath) {
		u := people[ownerOf(row)["id"]]
		codes := demotest.Values(demotest.Objects(u["permissions_data"]), "code")
		me := demotest.AskAs(t, s, row["key"].(string), "GET", "/api/users/me/", "")
		if groups, array := me.Object(t)["groups"].([]any); me.Status == 200 && (!array || len(groups) != len(u["groups_data"].([]any))) {
			t.Errorf("user %v has the groups %s", u["id"], me.Body)
		}
		got := fmt.Sprint(me.Status, " ",
			demotest.AskAs(t, s, row["key"].(string), "GET", tokensPath, "").Status)
		want := "403 403"
		switch {
		case u["is_active"] != true:
			want = "401 401"
		case slices.Contains(codes, "1242"):
			want = "200 200"
		case u["is_staff"] == true:
			want = "200 403"
		}
		if got != want {
			t.Errorf("user %v with codes %v: %s, want %s", u["id"], codes, got, want)
		}
		met[want]++
	}
	if len(met) != 4 {
		t.Errorf("the seed has only %v", met)
	}
}

func TestASignInGivesTheTokenOfTheList(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	sys := s.Systems()[0]
	signIn := func(username, password string) demotest.Answer {
		a, err := demotest.Send(t.Context(), s, "POST", "/api/users/auth/pwd/signin/", "", fmt.Sprintf(`{"username":%q,"password":%q}`, username, password))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := signIn(sys.Username, sys.Password); a.Status != 200 || a.Object(t)["token"] != sys.Token {
		t.Errorf("sign in: %d %s", a.Status, a.Body)
	}
	for _, c := range [][2]string{{sys.Username, "guess"}, {"desk.staff", "guess"}, {"nobody", sys.Password}} {
		if a := signIn(c[0], c[1]); a.Status != 400 || a.Object(t)["non_field_errors"] == nil {
			t.Errorf("%s: %d %s", c[0], a.Status, a.Body)
		}
	}
	if a := signIn("", sys.Password); a.Status != 400 || a.Object(t)["username"] == nil {
		t.Errorf("without a name: %d %s", a.Status, a.Body)
	}
	mine := demotest.Ask(t, s, "GET", tokensPath+"?search=root.admin", "").Rows(t)[0]
	demotest.Ask(t, s, "DELETE", fmt.Sprint(tokensPath, mine["id"], "/"), "")
	if a := signIn(sys.Username, sys.Password); a.Status != 200 || a.Object(t)["token"] == sys.Token {
		t.Errorf("after the deletion: %d %s", a.Status, a.Body)
	}
}
