package demo

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	sessionsPath = "/api/auth-tokens/"
	patsPath     = "/api/personal-access-tokens/"
	cloudUsers   = "/api/users/"
	cloudMe      = "/api/users/me/"
)

// part is those systems of a demo that [ask] shall see.
type part []System

func (p part) Systems() []System { return p }

// cloud is a demo whose only system is Waldur.
func cloud(tb testing.TB, o Options) part {
	tb.Helper()
	return cloudOf(start(tb, o))
}

func cloudOf(s *Server) part { return part{systemOf(s, "waldur")} }

// clock is a time that moves when it is told to.
type clock struct{ passed atomic.Int64 }

func (c *clock) now() time.Time {
	return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC).Add(time.Duration(c.passed.Load()))
}

func (c *clock) wait(d time.Duration) { c.passed.Add(int64(d)) }

func sessions(tb testing.TB, s played) []map[string]any {
	tb.Helper()
	return ask(tb, s, "GET", sessionsPath+"?page_size=300", "").list(tb)
}

func people(tb testing.TB, s played) []map[string]any {
	tb.Helper()
	return ask(tb, s, "GET", cloudUsers+"?page_size=300", "").list(tb)
}

// pathOf is the path of a link, which is all of it that can be used.
func pathOf(tb testing.TB, link any) string {
	tb.Helper()
	u, err := url.Parse(link.(string))
	if err != nil || u.Host == "" {
		tb.Fatalf("link %v: %v", link, err)
	}
	return u.Path
}

// sessionOfUser is the row of a list of sessions that belongs to a user.
func sessionOfUser(tb testing.TB, s played, username string) map[string]any {
	tb.Helper()
	for _, row := range sessions(tb, s) {
		if row["user_username"] == username {
			return row
		}
	}
	tb.Fatalf("%s has no session", username)
	return nil
}

// userWhere is the first user that fits, as staff see users.
func userWhere(tb testing.TB, s played, fits func(map[string]any) bool) map[string]any {
	tb.Helper()
	rows := people(tb, s)
	i := slices.IndexFunc(rows, fits)
	if i < 0 {
		tb.Fatal("there is no such user")
	}
	return rows[i]
}

func TestASessionHasEightFieldsAndNoKey(t *testing.T) {
	s := cloud(t, Options{})
	rows := sessions(t, s)
	if len(rows) != 170 {
		t.Errorf("%d sessions", len(rows))
	}
	for _, row := range append(rows, ask(t, s, "GET", pathOf(t, rows[0]["url"]), "").object(t)) {
		if got := names(row); got != "created url user user_first_name user_is_active user_last_name user_token_lifetime user_username" {
			t.Fatalf("fields %s", got)
		}
		if !strings.HasPrefix(row["url"].(string), BackendURL+sessionsPath) ||
			!regexp.MustCompile("^"+BackendURL+"/api/users/[0-9a-f]{32}/$").MatchString(row["user"].(string)) {
			t.Errorf("links %v and %v", row["url"], row["user"])
		}
		if strings.Contains(fmt.Sprint(row), s.Systems()[0].Token) {
			t.Error("the key is shown")
		}
	}
}

func TestSessionsAreOfEveryKind(t *testing.T) {
	s := cloud(t, Options{})
	met := map[string]bool{}
	for _, row := range sessions(t, s) {
		met[fmt.Sprint(row["user_token_lifetime"])] = true
		met[fmt.Sprint(row["user_is_active"])] = true
	}
	for _, kind := range []string{"<nil>", "3600", "43200", "true", "false"} {
		if !met[kind] {
			t.Errorf("none is %s", kind)
		}
	}
	mine := sessionOfUser(t, s, "root.admin")
	if shape := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$`); !shape.MatchString(mine["created"].(string)) {
		t.Errorf("created %v", mine["created"])
	}
}

func TestSessionsAreAliveByTheClockOnTheWall(t *testing.T) {
	s := cloud(t, Options{})
	for _, key := range []string{s.Systems()[0].Token, s.Systems()[0].Weak} {
		if a := askAs(t, s, key, "GET", cloudMe, ""); a.status != 200 {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	finite := 0
	for _, row := range sessions(t, s) {
		if row["user_token_lifetime"] != nil {
			finite++
		}
	}
	if finite < 50 {
		t.Errorf("%d sessions that end", finite)
	}
}

func TestSessionsComeInNoOrderAndPagesOverlap(t *testing.T) {
	story := func() (readings [][]string, paged []string) {
		s := cloud(t, Options{Now: new(clock).now})
		for range 3 {
			readings = append(readings, values(sessions(t, s), "url"))
		}
		for page := range 2 {
			paged = append(paged, values(ask(t, s, "GET", fmt.Sprint(sessionsPath, "?page_size=85&page=", page+1), "").list(t), "url")...)
		}
		return readings, paged
	}
	readings, paged := story()
	if slices.Equal(readings[0], readings[1]) || slices.Equal(readings[1], readings[2]) {
		t.Error("two readings have one order")
	}
	slices.Sort(readings[0])
	if one := slices.Sorted(slices.Values(readings[1])); !slices.Equal(readings[0], one) {
		t.Error("two whole readings differ in more than their order")
	}
	slices.Sort(paged)
	if n := len(slices.Compact(paged)); n >= 170 || n < 150 {
		t.Errorf("two pages show %d of 170 sessions", n)
	}
	if again, _ := story(); !slices.Equal(again[2], readings[2]) {
		t.Error("the disorder does not repeat with the seed")
	}
}

func TestNothingFiltersSessions(t *testing.T) {
	s := cloud(t, Options{})
	for _, query := range []string{"search=root", "ordering=-created", "o=created", "user_username=root.admin", "field=url", "query=x"} {
		a := ask(t, s, "GET", sessionsPath+"?"+query, "")
		if rows := a.list(t); a.header.Get("X-Result-Count") != "170" || len(rows) != 10 || len(rows[0]) != 8 {
			t.Errorf("%s: %v rows, %d fields", query, a.header.Get("X-Result-Count"), len(rows[0]))
		}
	}
}

func TestHeadersTellTheLengthOfAListAndItsNeighbours(t *testing.T) {
	s := cloud(t, Options{})
	link := func(query, rel string) string {
		return fmt.Sprintf("<%s%s%s>; rel=%q", BackendURL, sessionsPath, query, rel)
	}
	for query, want := range map[string][]string{
		"": {link("", "first"), link("?page=2", "next"), link("?page=17", "last")},
		"?page_size=85&page=2&x=y": {
			link("?page_size=85&x=y", "first"), link("?page_size=85&x=y", "prev"), link("?page=2&page_size=85&x=y", "last"),
		},
		"?page=3&page_size=50": {
			link("?page_size=50", "first"), link("?page=2&page_size=50", "prev"), link("?page=4&page_size=50", "next"), link("?page=4&page_size=50", "last"),
		},
		"?page_size=1000":    {link("?page_size=1000", "first"), link("?page_size=1000", "last")},
		"?page=last":         {link("", "first"), link("?page=16", "prev"), link("?page=17", "last")},
		"?page_size=nothing": {link("?page_size=nothing", "first"), link("?page=2&page_size=nothing", "next"), link("?page=17&page_size=nothing", "last")},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			a := ask(t, s, method, sessionsPath+query, "")
			if got := a.header.Get("Link"); a.status != 200 || got != strings.Join(want, ", ") || a.header.Get("X-Result-Count") != "170" {
				t.Errorf("%s %s: %d %s", method, query, a.status, got)
			}
			if (a.body == "") != (method == "HEAD") {
				t.Errorf("%s %s: %d letters", method, query, len(a.body))
			}
		}
	}
}

func TestAPageCanBeTooLargeButNotTooFar(t *testing.T) {
	s := cloud(t, Options{Users: 350, Tokens: 340})
	for query, rows := range map[string]int{"page_size=1000": 300, "page_size=0": 10, "page_size=-5": 10, "page_size=300&page=2": 40} {
		if got := len(ask(t, s, "GET", sessionsPath+"?"+query, "").list(t)); got != rows {
			t.Errorf("%s: %d rows", query, got)
		}
	}
	for _, query := range []string{"page=35", "page=0", "page=-1", "page=x", "page=99999999999999999999"} {
		a := ask(t, s, "GET", sessionsPath+"?"+query, "")
		if a.status != 404 || a.object(t)["detail"] != "Invalid page." || a.header.Get("X-Result-Count") != "" {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
	a := ask(t, s, "GET", cloudUsers+"?username=nobody", "")
	link := fmt.Sprintf(`<%s%s?username=nobody>; rel="first", <%[1]s%[2]s?username=nobody>; rel="last"`, BackendURL, cloudUsers)
	if strings.TrimSpace(a.body) != "[]" || a.header.Get("X-Result-Count") != "0" || a.header.Get("Link") != link {
		t.Errorf("nobody: %s %v", a.body, a.header)
	}
}

func TestAnExpiredSessionVanishesAndItsKeySaysSo(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	before := len(sessions(t, s))
	weak := sessionOfUser(t, s, "desk.staff")
	c.wait(3 * time.Hour)
	if after := len(sessions(t, s)); after >= before || after < before/4 {
		t.Errorf("%d sessions, then %d", before, after)
	}
	for _, method := range []string{"GET", "DELETE"} {
		if a := ask(t, s, method, pathOf(t, weak["url"]), ""); a.status != 404 || a.object(t)["detail"] != "No Token matches the given query." {
			t.Errorf("%s: %d %s", method, a.status, a.body)
		}
	}
	if a := askAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, ""); a.status != 401 || a.object(t)["detail"] != "Token has expired." {
		t.Errorf("%d %s", a.status, a.body)
	}
	user := ask(t, s, "GET", pathOf(t, weak["user"]), "").object(t)
	if user["has_active_session"] != true || user["token_expires_at"] == nil {
		t.Errorf("the user has no row any more: %v", user)
	}
}

func TestUseKeepsASessionAlive(t *testing.T) {
	for release, c := range map[Quirk]struct{ idle, moved time.Duration }{
		Waldur70:     {0, time.Second},
		WaldurNoPAT:  {50 * time.Second, 70 * time.Second},
		WaldurNewest: {5 * time.Hour, 7 * time.Hour},
	} {
		now := new(clock)
		s := cloud(t, Options{Now: now.now, Quirks: []Quirk{release}})
		created := func() string { return sessionOfUser(t, s, "root.admin")["created"].(string) }
		created()
		now.wait(6 * time.Hour) // of twelve, of which the seed leaves more than half
		first := created()
		now.wait(c.idle)
		if c.idle > 0 && created() != first {
			t.Errorf("%s: moved after %v", release, c.idle)
		}
		now.wait(c.moved - c.idle)
		if created() == first {
			t.Errorf("%s: not moved after %v", release, c.moved)
		}
	}
}

func TestAnOldReleaseKeepsASessionThatIsInUseWhileItIsDeleted(t *testing.T) {
	for release, c := range map[Quirk]struct {
		idle time.Duration
		key  int // what its key is answered after the deletion
	}{"at once": {0, 401}, Waldur70: {0, 200}, Waldur70 + " later": {time.Minute, 401}} {
		now := new(clock)
		s := cloud(t, Options{Now: now.now, Quirks: []Quirk{Quirk(strings.TrimSuffix(string(release), " later"))}})
		path := pathOf(t, sessionOfUser(t, s, "desk.staff")["url"])
		uses := func() int { return askAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, "").status }
		now.wait(time.Second)
		uses()
		now.wait(c.idle)
		if a := ask(t, s, "DELETE", path, ""); a.status != 204 {
			t.Errorf("%s: it says %d", release, a.status)
		}
		if got := uses(); got != c.key {
			t.Errorf("%s: the key opens with %d, want %d", release, got, c.key)
		}
	}
}

func TestAnEndedSessionIsGoneAndItsKeySignsNobodyIn(t *testing.T) {
	s := cloud(t, Options{})
	row := sessionOfUser(t, s, "desk.staff")
	path := pathOf(t, row["url"])
	if a := ask(t, s, "DELETE", path, ""); a.status != 204 || a.body != "" {
		t.Errorf("delete: %d %q", a.status, a.body)
	}
	for _, method := range []string{"GET", "DELETE"} {
		if a := ask(t, s, method, path, ""); a.status != 404 {
			t.Errorf("%s: %d", method, a.status)
		}
	}
	if a := askAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, ""); a.status != 401 || a.object(t)["detail"] != "Invalid token." {
		t.Errorf("the key: %d %s", a.status, a.body)
	}
	user := ask(t, s, "GET", pathOf(t, row["user"]), "").object(t)
	if user["has_active_session"] != false || user["token_expires_at"] != nil {
		t.Errorf("the user still has a session: %v", user)
	}
	for _, c := range [][2]string{{"GET", "token/"}, {"POST", "refresh_token/"}} {
		a := ask(t, s, c[0], pathOf(t, row["user"])+c[1], "")
		if a.status != 500 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			t.Errorf("%s without a session: %d %v", c[1], a.status, a.header)
		}
	}
}

func TestWhoEndsTheirOwnSessionIsLockedOut(t *testing.T) {
	s := cloud(t, Options{})
	ask(t, s, "DELETE", pathOf(t, sessionOfUser(t, s, "root.admin")["url"]), "")
	if a := ask(t, s, "GET", cloudMe, ""); a.status != 401 || a.object(t)["detail"] != "Invalid token." {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestARefreshedKeyReplacesTheOldOneAtOnce(t *testing.T) {
	s := cloud(t, Options{})
	path := pathOf(t, sessionOfUser(t, s, "desk.staff")["user"])
	shown := ask(t, s, "GET", path+"token/", "")
	const fields = "created token user_first_name user_is_active user_last_name user_token_lifetime user_username"
	if row := shown.object(t); shown.status != 200 || names(row) != fields || row["token"] != s.Systems()[0].Weak || row["user_is_active"] != true {
		t.Errorf("token/: %d %s", shown.status, shown.body)
	}
	a := ask(t, s, "POST", path+"refresh_token/", "")
	row := a.object(t)
	if a.status != 201 || names(row) != fields || row["token"] == s.Systems()[0].Weak || row["created"] == shown.object(t)["created"] {
		t.Errorf("refresh_token/: %d %s", a.status, a.body)
	}
	if a := askAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, ""); a.status != 401 {
		t.Errorf("the old key: %d", a.status)
	}
	if a := askAs(t, s, row["token"].(string), "GET", cloudMe, ""); a.status != 200 {
		t.Errorf("the new key: %d", a.status)
	}
}

func TestAnExpiredSessionCanBeShownAndRefreshed(t *testing.T) {
	c := new(clock)
	s := cloud(t, Options{Now: c.now})
	now := c.now().Format(time.RFC3339)
	over := userWhere(t, s, func(u map[string]any) bool {
		return u["token_expires_at"] != nil && u["token_expires_at"].(string) < now && u["is_active"] == true
	})
	path := pathOf(t, over["url"])
	if a := ask(t, s, "GET", path+"token/", ""); a.status != 200 || a.object(t)["token"] == nil {
		t.Errorf("shown: %d %s", a.status, a.body)
	}
	a := ask(t, s, "POST", path+"refresh_token/", "")
	if a.status != 201 {
		t.Fatalf("refreshed: %d %s", a.status, a.body)
	}
	if a := askAs(t, s, a.object(t)["token"].(string), "GET", cloudMe, ""); a.status != 200 {
		t.Errorf("the new key: %d", a.status)
	}
}

func TestAKeyWithoutAGoodFormIsToldSo(t *testing.T) {
	s := cloud(t, Options{})
	key := s.Systems()[0].Token
	for header, want := range map[string]string{
		"":                         "Authentication credentials were not provided.",
		"Basic " + key:             "Authentication credentials were not provided.",
		"Token":                    "Invalid token. No credentials provided.",
		"Token " + key + " " + key: "Invalid token. Token string should not contain spaces.",
		"Token \xff\xfe":           "Invalid token header. Token string should not contain invalid characters.",
		"Token " + key[:39]:        "Invalid token.",
		"Bearer " + key:            "Introspection configuration is incomplete.",
		"Bearer w_1787120000_x":    "Invalid token.",
	} {
		a, err := send(t.Context(), s, "GET", sessionsPath, header, "")
		if err != nil || a.status != 401 || a.header.Get("WWW-Authenticate") != "Token" || a.object(t)["detail"] != want {
			t.Errorf("%q: %d %s %v", header, a.status, a.body, err)
		}
	}
	if a, err := send(t.Context(), s, "GET", sessionsPath, "tOKEN "+key, ""); err != nil || a.status != 200 {
		t.Errorf("the scheme in other letters: %d %v", a.status, err)
	}
	idle := userWhere(t, s, func(u map[string]any) bool { return u["is_active"] == false && u["has_active_session"] == true })
	dead := ask(t, s, "GET", pathOf(t, idle["url"])+"token/", "").object(t)["token"].(string)
	if a := askAs(t, s, dead, "GET", cloudMe, ""); a.status != 401 || a.object(t)["detail"] != "User inactive or deleted." {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestWhoIsNotStaffSeesNoSessions(t *testing.T) {
	s := cloud(t, Options{})
	weak := s.Systems()[0].Weak
	own := pathOf(t, askAs(t, s, weak, "GET", cloudMe, "").object(t)["url"])
	mine := pathOf(t, sessionOfUser(t, s, "root.admin")["url"])
	for _, c := range [][2]string{
		{"GET", sessionsPath},
		{"HEAD", sessionsPath},
		{"POST", sessionsPath},
		{"GET", mine},
		{"DELETE", mine},
		{"PATCH", mine},
		{"GET", sessionsPath + "1/"},
		{"GET", own + "token/"},
		{"POST", own + "refresh_token/"},
	} {
		a := askAs(t, s, weak, c[0], c[1], "")
		if a.status != 403 || c[0] != "HEAD" && a.object(t)["detail"] != "You do not have permission to perform this action." {
			t.Errorf("%s %s: %d %s", c[0], c[1], a.status, a.body)
		}
	}
}

func TestAMethodThatIsSwitchedOffIsRefusedToStaff(t *testing.T) {
	s := cloud(t, Options{})
	mine := pathOf(t, sessionOfUser(t, s, "root.admin")["url"])
	for _, c := range []struct{ method, path, allow string }{
		{"POST", sessionsPath, "GET"},
		{"DELETE", sessionsPath, "GET"},
		{"PUT", mine, "DELETE, GET"},
		{"PATCH", mine, "DELETE, GET"},
		{"PUT", patsPath + "x/", "DELETE, GET"},
		{"PATCH", patsPath, "GET, POST"},
	} {
		a := ask(t, s, c.method, c.path, "")
		if a.status != 405 || a.header.Get("Allow") != c.allow || a.object(t)["detail"] != fmt.Sprintf("Method %q not allowed.", c.method) {
			t.Errorf("%s %s: %d %s, allows %s", c.method, c.path, a.status, a.body, a.header.Get("Allow"))
		}
	}
}

func TestASlashThatIsMissingIsAddedForAllAndLosesTheMethod(t *testing.T) {
	s := cloud(t, Options{})
	for _, c := range [][2]string{{"GET", "/api/users"}, {"HEAD", "/api/auth-tokens"}, {"POST", "/api/personal-access-tokens"}, {"DELETE", "/api/auth-tokens/311"}} {
		a := ask(t, s, c[0], c[1]+"?page=2", "")
		if a.status != 301 || a.header.Get("Location") != c[1]+"/?page=2" {
			t.Errorf("%s %s: %d %v", c[0], c[1], a.status, a.header)
		}
	}
	for _, path := range []string{"/", "/nowhere/", "/api/users//", "/api/auth-tokens/1/2/"} {
		if a := ask(t, s, "GET", path, ""); a.status != 404 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %v", path, a.status, a.header)
		}
	}
}

func TestWhatIsNotThereIsNamedByItsTable(t *testing.T) {
	s := cloud(t, Options{})
	for path, table := range map[string]string{
		sessionsPath + "1/": "Token", sessionsPath + "x/": "Token", patsPath + strings.Repeat("0", 32) + "/": "PersonalAccessToken",
		cloudUsers + "1/": "User", cloudUsers + strings.Repeat("0", 32) + "/token/": "User",
	} {
		if a := ask(t, s, "GET", path, ""); a.status != 404 || a.object(t)["detail"] != "No "+table+" matches the given query." {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}

func TestAnOldReleaseTellsTextsAndHasNoKeysToShow(t *testing.T) {
	s := cloud(t, Options{Quirks: []Quirk{Waldur70}})
	met := map[string]bool{}
	for _, row := range sessions(t, s) {
		met[fmt.Sprintf("%#v", row["user_is_active"])] = true
		met[fmt.Sprintf("%T", row["user_token_lifetime"])] = true
		if !strings.HasSuffix(row["created"].(string), "Z") {
			t.Errorf("created %v", row["created"])
		}
	}
	if got := strings.Join(slices.Sorted(maps.Keys(met)), " "); got != `"False" "True" <nil> string` {
		t.Errorf("met %s", got)
	}
	me := ask(t, s, "GET", cloudMe, "").object(t)
	for _, field := range []string{"has_active_session", "token_expires_at", "can_use_personal_access_tokens", "deactivation_reason"} {
		if _, there := me[field]; there {
			t.Errorf("me has %s", field)
		}
	}
	own := pathOf(t, me["url"])
	for _, c := range [][2]string{{"GET", own + "token/"}, {"POST", own + "refresh_token/"}, {"HEAD", patsPath}, {"POST", patsPath}} {
		if a := ask(t, s, c[0], c[1], ""); a.status != 404 {
			t.Errorf("%s %s: %d", c[0], c[1], a.status)
		}
	}
	if a := ask(t, s, "GET", sessionsPath+"1/", ""); a.status != 404 || a.object(t)["detail"] != "Not found." {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestTheNewestReleaseRefreshesAKeyThatItDoesNotShow(t *testing.T) {
	s := cloud(t, Options{Quirks: []Quirk{WaldurNewest}})
	path := pathOf(t, sessionOfUser(t, s, "desk.staff")["user"])
	for _, a := range []answer{ask(t, s, "GET", path+"token/", ""), ask(t, s, "POST", path+"refresh_token/", "")} {
		if _, there := a.object(t)["token"]; there || a.status > 201 {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if a := askAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, ""); a.status != 401 {
		t.Errorf("the old key: %d", a.status)
	}
	if me := ask(t, s, "GET", cloudMe, "").object(t); me["profile_completeness"] == nil || me["token"] != s.Systems()[0].Token {
		t.Errorf("me is %v", me)
	}
}

func TestARequestIsNotedUnderItsWordAndFaultsSpeakWaldur(t *testing.T) {
	whole := start(t, Options{})
	s := cloudOf(whole)
	mine := sessionOfUser(t, s, "root.admin")
	pat := ask(t, s, "GET", patsPath, "").list(t)[0]["uuid"].(string)
	for _, c := range []struct{ method, path, word string }{
		{"GET", cloudMe, "me"},
		{"GET", sessionsPath, "tokens"},
		{"HEAD", patsPath, "tokens"},
		{"GET", pathOf(t, mine["url"]), "token"},
		{"GET", patsPath + pat + "/", "token"},
		{"POST", patsPath, "create"},
		{"POST", pathOf(t, mine["user"]) + "refresh_token/", "regenerate"},
		{"POST", patsPath + pat + "/rotate/", "regenerate"},
		{"DELETE", pathOf(t, mine["url"]), "delete"},
		{"DELETE", patsPath + pat + "/", "delete"},
		{"GET", pathOf(t, mine["user"]) + "token/", "reveal"},
		{"GET", cloudUsers, "users"},
		{"GET", pathOf(t, mine["user"]), "user"},
		{"POST", "/api-auth/password/", "signin"},
		{"POST", "/api-auth/logout/", "signin"},
		{"GET", "/api/configuration/", "probe"},
		{"GET", "/api/version/", "probe"},
		{"GET", patsPath + "available_scopes/", "choices"},
		{"PATCH", sessionsPath, ""},
	} {
		if err := whole.Break("waldur/any:403"); err != nil {
			t.Fatal(err)
		}
		before := whole.Served("waldur/" + c.word)
		a := ask(t, s, c.method, c.path, "")
		if got := whole.Served("waldur/"+c.word) - before; got != 1 || a.status != 403 {
			t.Errorf("%s %s: %d times %q, %d", c.method, c.path, got, c.word, a.status)
		}
	}
}

func TestManyAtOnceKeepOneSessionAUser(t *testing.T) {
	s := cloud(t, Options{Users: 40, Tokens: 40})
	path := pathOf(t, sessionOfUser(t, s, "desk.staff")["user"])
	sys := s.Systems()[0]
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, c := range [][3]string{
				{"POST", path + "refresh_token/"},
				{"GET", sessionsPath},
				{"POST", patsPath, `{"name":"x","scopes":["PROJECT.UPDATE"],"expires_at":"` + time.Now().Add(time.Hour).Format(time.RFC3339) + `"}`},
				{"POST", "/api-auth/password/", fmt.Sprintf(`{"username":%q,"password":%q}`, sys.WeakUsername, sys.WeakPassword)},
				{"GET", cloudUsers + "?o=email"},
			} {
				if a, err := send(t.Context(), s, c[0], c[1], "Token "+sys.Token, c[2]); err != nil || a.status >= http.StatusBadRequest {
					t.Errorf("%s %s: %d %v", c[0], c[1], a.status, err)
				}
			}
		})
	}
	wg.Wait()
	owners := values(sessions(t, s), "user")
	slices.Sort(owners)
	if n := len(owners); n != 40 || len(slices.Compact(owners)) != n {
		t.Errorf("%d sessions", n)
	}
}
