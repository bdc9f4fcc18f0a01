package waldur_test

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

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

const (
	sessionsPath = "/api/auth-tokens/"
	patsPath     = "/api/personal-access-tokens/"
	cloudUsers   = "/api/users/"
	cloudMe      = "/api/users/me/"
)

// part is those systems of a demo that [demotest.Ask] shall see.
type part []demo.System

func (p part) Systems() []demo.System { return p }

// cloud is a demo whose only system is Waldur.
func cloud(tb testing.TB, o demo.Options) part {
	tb.Helper()
	return cloudOf(demotest.Start(tb, o))
}

func cloudOf(s *demo.Server) part { return part{demotest.SystemOf(s, "waldur")} }

// clock is a time that moves when it is told to.
type clock struct{ passed atomic.Int64 }

func (c *clock) now() time.Time {
	return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC).Add(time.Duration(c.passed.Load()))
}

func (c *clock) wait(d time.Duration) { c.passed.Add(int64(d)) }

func sessions(tb testing.TB, s demotest.Demo) []map[string]any {
	tb.Helper()
	return demotest.Ask(tb, s, "GET", sessionsPath+"?page_size=300", "").List(tb)
}

func people(tb testing.TB, s demotest.Demo) []map[string]any {
	tb.Helper()
	return demotest.Ask(tb, s, "GET", cloudUsers+"?page_size=300", "").List(tb)
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
func sessionOfUser(tb testing.TB, s demotest.Demo, username string) map[string]any {
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
func userWhere(tb testing.TB, s demotest.Demo, fits func(map[string]any) bool) map[string]any {
	tb.Helper()
	rows := people(tb, s)
	i := slices.IndexFunc(rows, fits)
	if i < 0 {
		tb.Fatal("there is no such user")
	}
	return rows[i]
}

func TestASessionHasEightFieldsAndNoKey(t *testing.T) {
	s := cloud(t, demo.Options{})
	rows := sessions(t, s)
	if len(rows) != 170 {
		t.Errorf("%d sessions", len(rows))
	}
	for _, row := range append(rows, demotest.Ask(t, s, "GET", pathOf(t, rows[0]["url"]), "").Object(t)) {
		if got := demotest.Names(row); got != "created url user user_first_name user_is_active user_last_name user_token_lifetime user_username" {
			t.Fatalf("fields %s", got)
		}
		if !strings.HasPrefix(row["url"].(string), stage.BackendURL+sessionsPath) ||
			!regexp.MustCompile("^"+stage.BackendURL+"/api/users/[0-9a-f]{32}/$").MatchString(row["user"].(string)) {
			t.Errorf("links %v and %v", row["url"], row["user"])
		}
		if strings.Contains(fmt.Sprint(row), s.Systems()[0].Token) {
			t.Error("the key is shown")
		}
	}
}

func TestSessionsAreOfEveryKind(t *testing.T) {
	s := cloud(t, demo.Options{})
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
	s := cloud(t, demo.Options{})
	for _, key := range []string{s.Systems()[0].Token, s.Systems()[0].Weak} {
		if a := demotest.AskAs(t, s, key, "GET", cloudMe, ""); a.Status != 200 {
			t.Errorf("%d %s", a.Status, a.Body)
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

func TestSessionsComeInNoOrderAndASignInMovesItsOwn(t *testing.T) {
	s := cloud(t, demo.Options{Now: new(clock).now})
	sys := s.Systems()[0]
	read := func(page int) []string {
		return demotest.Values(demotest.Ask(t, s, "GET", fmt.Sprint(sessionsPath, "?page_size=85&page=", page), "").List(t), "user_username")
	}
	first := read(1)
	if slices.IsSorted(first) {
		t.Error("they are in order")
	}
	for range 3 { // use moves nothing
		demotest.AskAs(t, s, sys.Weak, "GET", cloudMe, "")
		if !slices.Equal(read(1), first) {
			t.Error("they have moved with use")
		}
	}
	whole := slices.Concat(first, read(2))
	name, password := sys.WeakUsername, sys.WeakPassword
	if !slices.Contains(first, name) {
		name, password = sys.Username, sys.Password
	}
	if !slices.Contains(first, name) {
		t.Fatal("nobody who can sign in is on the first page")
	}
	signIn(t, s, name, password)
	moved := slices.Concat(first, read(2))
	slices.Sort(whole)
	slices.Sort(moved)
	if n := len(slices.Compact(whole)); n != 170 {
		t.Errorf("two pages without a sign-in between show %d", n)
	}
	if n := len(slices.Compact(moved)); n != 169 { // one twice, and one not at all
		t.Errorf("two pages with one between show %d", n)
	}
}

func TestNothingFiltersSessions(t *testing.T) {
	s := cloud(t, demo.Options{})
	for _, query := range []string{"search=root", "ordering=-created", "o=created", "user_username=root.admin", "field=url", "query=x"} {
		a := demotest.Ask(t, s, "GET", sessionsPath+"?"+query, "")
		if rows := a.List(t); a.Header.Get("X-Result-Count") != "170" || len(rows) != 10 || len(rows[0]) != 8 {
			t.Errorf("%s: %v rows, %d fields", query, a.Header.Get("X-Result-Count"), len(rows[0]))
		}
	}
}

func TestHeadersTellTheLengthOfAListAndItsNeighbours(t *testing.T) {
	s := cloud(t, demo.Options{})
	link := func(query, rel string) string {
		return fmt.Sprintf("<%s%s%s>; rel=%q", stage.BackendURL, sessionsPath, query, rel)
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
			a := demotest.Ask(t, s, method, sessionsPath+query, "")
			if got := a.Header.Get("Link"); a.Status != 200 || got != strings.Join(want, ", ") || a.Header.Get("X-Result-Count") != "170" {
				t.Errorf("%s %s: %d %s", method, query, a.Status, got)
			}
			if (a.Body == "") != (method == "HEAD") {
				t.Errorf("%s %s: %d letters", method, query, len(a.Body))
			}
		}
	}
}

func TestAPageCanBeTooLargeButNotTooFar(t *testing.T) {
	s := cloud(t, demo.Options{Users: 350, Tokens: 340})
	for query, rows := range map[string]int{"page_size=1000": 300, "page_size=0": 10, "page_size=-5": 10, "page_size=300&page=2": 40} {
		if got := len(demotest.Ask(t, s, "GET", sessionsPath+"?"+query, "").List(t)); got != rows {
			t.Errorf("%s: %d rows", query, got)
		}
	}
	for _, query := range []string{"page=35", "page=0", "page=-1", "page=x", "page=99999999999999999999"} {
		a := demotest.Ask(t, s, "GET", sessionsPath+"?"+query, "")
		if a.Status != 404 || a.Object(t)["detail"] != "Invalid page." || a.Header.Get("X-Result-Count") != "" {
			t.Errorf("%s: %d %s", query, a.Status, a.Body)
		}
	}
	a := demotest.Ask(t, s, "GET", cloudUsers+"?username=nobody", "")
	link := fmt.Sprintf(`<%s%s?username=nobody>; rel="first", <%[1]s%[2]s?username=nobody>; rel="last"`, stage.BackendURL, cloudUsers)
	if strings.TrimSpace(a.Body) != "[]" || a.Header.Get("X-Result-Count") != "0" || a.Header.Get("Link") != link {
		t.Errorf("nobody: %s %v", a.Body, a.Header)
	}
}

func TestAnExpiredSessionVanishesAndItsKeySaysSo(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	before := len(sessions(t, s))
	weak := sessionOfUser(t, s, "desk.staff")
	c.wait(3 * time.Hour)
	if after := len(sessions(t, s)); after >= before || after < before/4 {
		t.Errorf("%d sessions, then %d", before, after)
	}
	for _, method := range []string{"GET", "DELETE"} {
		if a := demotest.Ask(t, s, method, pathOf(t, weak["url"]), ""); a.Status != 404 || a.Object(t)["detail"] != "No Token matches the given query." {
			t.Errorf("%s: %d %s", method, a.Status, a.Body)
		}
	}
	if a := demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, ""); a.Status != 401 || a.Object(t)["detail"] != "Token has expired." {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	user := demotest.Ask(t, s, "GET", pathOf(t, weak["user"]), "").Object(t)
	if user["has_active_session"] != true || user["token_expires_at"] == nil {
		t.Errorf("the user has no row any more: %v", user)
	}
}

func TestUseKeepsASessionAlive(t *testing.T) {
	for release, c := range map[demo.Quirk]struct{ idle, moved time.Duration }{
		demo.Waldur70:     {0, time.Second},
		demo.WaldurNoPAT:  {50 * time.Second, 70 * time.Second},
		demo.WaldurNewest: {5 * time.Hour, 7 * time.Hour},
	} {
		now := new(clock)
		s := cloud(t, demo.Options{Now: now.now, Quirks: []demo.Quirk{release}})
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
	for release, c := range map[demo.Quirk]struct {
		idle time.Duration
		key  int // what its key is answered after the deletion
	}{"at once": {0, 401}, demo.Waldur70: {0, 200}, demo.Waldur70 + " later": {time.Minute, 401}} {
		now := new(clock)
		s := cloud(t, demo.Options{Now: now.now, Quirks: []demo.Quirk{demo.Quirk(strings.TrimSuffix(string(release), " later"))}})
		path := pathOf(t, sessionOfUser(t, s, "desk.staff")["url"])
		uses := func() int { return demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, "").Status }
		now.wait(time.Second)
		uses()
		now.wait(c.idle)
		if a := demotest.Ask(t, s, "DELETE", path, ""); a.Status != 204 {
			t.Errorf("%s: it says %d", release, a.Status)
		}
		if got := uses(); got != c.key {
			t.Errorf("%s: the key opens with %d, want %d", release, got, c.key)
		}
	}
}

func TestAnEndedSessionIsGoneAndItsKeySignsNobodyIn(t *testing.T) {
	s := cloud(t, demo.Options{})
	row := sessionOfUser(t, s, "desk.staff")
	path := pathOf(t, row["url"])
	if a := demotest.Ask(t, s, "DELETE", path, ""); a.Status != 204 || a.Body != "" {
		t.Errorf("delete: %d %q", a.Status, a.Body)
	}
	for _, method := range []string{"GET", "DELETE"} {
		if a := demotest.Ask(t, s, method, path, ""); a.Status != 404 {
			t.Errorf("%s: %d", method, a.Status)
		}
	}
	if a := demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, ""); a.Status != 401 || a.Object(t)["detail"] != "Invalid token." {
		t.Errorf("the key: %d %s", a.Status, a.Body)
	}
	user := demotest.Ask(t, s, "GET", pathOf(t, row["user"]), "").Object(t)
	if user["has_active_session"] != false || user["token_expires_at"] != nil {
		t.Errorf("the user still has a session: %v", user)
	}
	for _, c := range [][2]string{{"GET", "token/"}, {"POST", "refresh_token/"}} {
		a := demotest.Ask(t, s, c[0], pathOf(t, row["user"])+c[1], "")
		if a.Status != 500 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s without a session: %d %v", c[1], a.Status, a.Header)
		}
	}
}

func TestWhoEndsTheirOwnSessionIsLockedOut(t *testing.T) {
	s := cloud(t, demo.Options{})
	demotest.Ask(t, s, "DELETE", pathOf(t, sessionOfUser(t, s, "root.admin")["url"]), "")
	if a := demotest.Ask(t, s, "GET", cloudMe, ""); a.Status != 401 || a.Object(t)["detail"] != "Invalid token." {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestARefreshedKeyReplacesTheOldOneAtOnce(t *testing.T) {
	s := cloud(t, demo.Options{})
	path := pathOf(t, sessionOfUser(t, s, "desk.staff")["user"])
	shown := demotest.Ask(t, s, "GET", path+"token/", "")
	const fields = "created token user_first_name user_is_active user_last_name user_token_lifetime user_username"
	if row := shown.Object(t); shown.Status != 200 || demotest.Names(row) != fields || row["token"] != s.Systems()[0].Weak || row["user_is_active"] != true {
		t.Errorf("token/: %d %s", shown.Status, shown.Body)
	}
	a := demotest.Ask(t, s, "POST", path+"refresh_token/", "")
	row := a.Object(t)
	if a.Status != 201 || demotest.Names(row) != fields || row["token"] == s.Systems()[0].Weak || row["created"] == shown.Object(t)["created"] {
		t.Errorf("refresh_token/: %d %s", a.Status, a.Body)
	}
	if a := demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, ""); a.Status != 401 {
		t.Errorf("the old key: %d", a.Status)
	}
	if a := demotest.AskAs(t, s, row["token"].(string), "GET", cloudMe, ""); a.Status != 200 {
		t.Errorf("the new key: %d", a.Status)
	}
}

func TestAnExpiredSessionCanBeShownAndRefreshed(t *testing.T) {
	c := new(clock)
	s := cloud(t, demo.Options{Now: c.now})
	now := c.now().Format(time.RFC3339)
	over := userWhere(t, s, func(u map[string]any) bool {
		return u["token_expires_at"] != nil && u["token_expires_at"].(string) < now && u["is_active"] == true
	})
	path := pathOf(t, over["url"])
	if a := demotest.Ask(t, s, "GET", path+"token/", ""); a.Status != 200 || a.Object(t)["token"] == nil {
		t.Errorf("shown: %d %s", a.Status, a.Body)
	}
	a := demotest.Ask(t, s, "POST", path+"refresh_token/", "")
	if a.Status != 201 {
		t.Fatalf("refreshed: %d %s", a.Status, a.Body)
	}
	if a := demotest.AskAs(t, s, a.Object(t)["token"].(string), "GET", cloudMe, ""); a.Status != 200 {
		t.Errorf("the new key: %d", a.Status)
	}
}

func TestAKeyWithoutAGoodFormIsToldSo(t *testing.T) {
	s := cloud(t, demo.Options{})
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
		a, err := demotest.Send(t.Context(), s, "GET", sessionsPath, header, "")
		if err != nil || a.Status != 401 || a.Header.Get("WWW-Authenticate") != "Token" || a.Object(t)["detail"] != want {
			t.Errorf("%q: %d %s %v", header, a.Status, a.Body, err)
		}
	}
	if a, err := demotest.Send(t.Context(), s, "GET", sessionsPath, "tOKEN "+key, ""); err != nil || a.Status != 200 {
		t.Errorf("the scheme in other letters: %d %v", a.Status, err)
	}
	idle := userWhere(t, s, func(u map[string]any) bool { return u["is_active"] == false && u["has_active_session"] == true })
	dead := demotest.Ask(t, s, "GET", pathOf(t, idle["url"])+"token/", "").Object(t)["token"].(string)
	if a := demotest.AskAs(t, s, dead, "GET", cloudMe, ""); a.Status != 401 || a.Object(t)["detail"] != "User inactive or deleted." {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestWhoIsNotStaffSeesNoSessions(t *testing.T) {
	s := cloud(t, demo.Options{})
	weak := s.Systems()[0].Weak
	own := pathOf(t, demotest.AskAs(t, s, weak, "GET", cloudMe, "").Object(t)["url"])
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
		a := demotest.AskAs(t, s, weak, c[0], c[1], "")
		if a.Status != 403 || c[0] != "HEAD" && a.Object(t)["detail"] != "You do not have permission to perform this action." {
			t.Errorf("%s %s: %d %s", c[0], c[1], a.Status, a.Body)
		}
	}
}

func TestAMethodThatIsSwitchedOffIsRefusedToStaff(t *testing.T) {
	s := cloud(t, demo.Options{})
	mine := pathOf(t, sessionOfUser(t, s, "root.admin")["url"])
	for _, c := range []struct{ method, path, allow string }{
		{"POST", sessionsPath, "GET, POST, HEAD, OPTIONS"},
		{"DELETE", sessionsPath, "GET, POST, HEAD, OPTIONS"},
		{"PUT", mine, "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"},
		{"PATCH", mine, "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"},
		{"PUT", patsPath + "x/", "GET, DELETE, HEAD, OPTIONS"},
		{"PATCH", patsPath, "GET, POST, HEAD, OPTIONS"},
	} {
		a := demotest.Ask(t, s, c.method, c.path, "")
		if a.Status != 405 || a.Header.Get("Allow") != c.allow || a.Object(t)["detail"] != fmt.Sprintf("Method %q not allowed.", c.method) {
			t.Errorf("%s %s: %d %s, allows %s", c.method, c.path, a.Status, a.Body, a.Header.Get("Allow"))
		}
	}
}

func TestASlashThatIsMissingIsAddedForAllAndLosesTheMethod(t *testing.T) {
	s := cloud(t, demo.Options{})
	for _, c := range [][2]string{{"GET", "/api/users"}, {"HEAD", "/api/auth-tokens"}, {"POST", "/api/personal-access-tokens"}, {"DELETE", "/api/auth-tokens/311"}} {
		a := demotest.Ask(t, s, c[0], c[1]+"?page=2", "")
		if a.Status != 301 || a.Header.Get("Location") != c[1]+"/?page=2" {
			t.Errorf("%s %s: %d %v", c[0], c[1], a.Status, a.Header)
		}
	}
	for _, path := range []string{"/nowhere/", "/api/users//", "/api/auth-tokens/1/2/"} {
		if a := demotest.Ask(t, s, "GET", path, ""); a.Status != 404 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %v", path, a.Status, a.Header)
		}
	}
}

func TestWhatIsNotThereIsNamedByItsTable(t *testing.T) {
	s := cloud(t, demo.Options{})
	for path, table := range map[string]string{
		sessionsPath + "1/": "Token", sessionsPath + "x/": "Token", patsPath + strings.Repeat("0", 32) + "/": "PersonalAccessToken",
		cloudUsers + "1/": "User", cloudUsers + strings.Repeat("0", 32) + "/token/": "User",
	} {
		if a := demotest.Ask(t, s, "GET", path, ""); a.Status != 404 || a.Object(t)["detail"] != "No "+table+" matches the given query." {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
}

func TestAnOldReleaseTellsTextsAndHasNoKeysToShow(t *testing.T) {
	s := cloud(t, demo.Options{Quirks: []demo.Quirk{demo.Waldur70}})
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
	me := demotest.Ask(t, s, "GET", cloudMe, "").Object(t)
	for _, field := range []string{"has_active_session", "token_expires_at", "can_use_personal_access_tokens", "deactivation_reason"} {
		if _, there := me[field]; there {
			t.Errorf("me has %s", field)
		}
	}
	own := pathOf(t, me["url"])
	for _, c := range [][2]string{{"GET", own + "token/"}, {"POST", own + "refresh_token/"}, {"HEAD", patsPath}, {"POST", patsPath}} {
		if a := demotest.Ask(t, s, c[0], c[1], ""); a.Status != 404 {
			t.Errorf("%s %s: %d", c[0], c[1], a.Status)
		}
	}
	if a := demotest.Ask(t, s, "GET", sessionsPath+"1/", ""); a.Status != 404 || a.Object(t)["detail"] != "No Token matches the given query." {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestTheNewestReleaseRefreshesAKeyThatItDoesNotShow(t *testing.T) {
	s := cloud(t, demo.Options{Quirks: []demo.Quirk{demo.WaldurNewest}})
	path := pathOf(t, sessionOfUser(t, s, "desk.staff")["user"])
	for _, a := range []demotest.Answer{demotest.Ask(t, s, "GET", path+"token/", ""), demotest.Ask(t, s, "POST", path+"refresh_token/", "")} {
		if _, there := a.Object(t)["token"]; there || a.Status > 201 {
			t.Errorf("%d %s", a.Status, a.Body)
		}
	}
	if a := demotest.AskAs(t, s, s.Systems()[0].Weak, "GET", cloudMe, ""); a.Status != 401 {
		t.Errorf("the old key: %d", a.Status)
	}
	if me := demotest.Ask(t, s, "GET", cloudMe, "").Object(t); me["profile_completeness"] == nil || me["token"] != s.Systems()[0].Token {
		t.Errorf("me is %v", me)
	}
}

func TestARequestIsNotedUnderItsWordAndFaultsSpeakWaldur(t *testing.T) {
	whole := demotest.Start(t, demo.Options{})
	s := cloudOf(whole)
	mine := sessionOfUser(t, s, "root.admin")
	pat := demotest.Ask(t, s, "GET", patsPath, "").List(t)[0]["uuid"].(string)
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
		{"POST", "/api-auth/logout/", "delete"},
		{"GET", "/api/configuration/", "probe"},
		{"GET", "/api/version/", "probe"},
		{"GET", patsPath + "available_scopes/", "choices"},
		{"PATCH", sessionsPath, ""},
	} {
		if err := whole.Break("waldur/any:403"); err != nil {
			t.Fatal(err)
		}
		before := whole.Served("waldur/" + c.word)
		a := demotest.Ask(t, s, c.method, c.path, "")
		if got := whole.Served("waldur/"+c.word) - before; got != 1 || a.Status != 403 {
			t.Errorf("%s %s: %d times %q, %d", c.method, c.path, got, c.word, a.Status)
		}
	}
}

func TestManyAtOnceKeepOneSessionAUser(t *testing.T) {
	s := cloud(t, demo.Options{Users: 40, Tokens: 40})
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
				if a, err := demotest.Send(t.Context(), s, c[0], c[1], "Token "+sys.Token, c[2]); err != nil || a.Status >= http.StatusBadRequest {
					t.Errorf("%s %s: %d %v", c[0], c[1], a.Status, err)
				}
			}
		})
	}
	wg.Wait()
	owners := demotest.Values(sessions(t, s), "user")
	slices.Sort(owners)
	if n := len(owners); n != 40 || len(slices.Compact(owners)) != n {
		t.Errorf("%d sessions", n)
	}
}
