package waldur_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

const (
	users    = "GET /api/users/"
	mariUser = "GET /api/users/" + mari + "/"
	signIn   = "POST /api-auth/password/"
	userRow  = `{"uuid":"` + mari + `","username":"mari","full_name":"Mari Tamm","email":"m@x.invalid","is_active":true,"is_staff":false,` +
		`"is_support":true,"registration_method":"eduteams","date_joined":"2025-01-02T03:04:05Z","has_active_session":true,"token_expires_at":null}`
)

func TestEachSortOfKeyIsSignedWithItsWord(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{sessionKey: "Token " + sessionKey, personalKey: "Bearer " + personalKey, "w_": "Bearer w_"} {
		f := waldurOf(t)
		if _, err := f.open(t, key).WhoAmI(t.Context()); err != nil || f.last(t, me).key != want {
			t.Errorf("signed otherwise (%v)", err)
		}
	}
}

func TestAPersonalTokenIsNotCalledEndedByWhatIsNoWaldur(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(me, 401, `{"message":"No API key found in request"}`)
	if _, err := f.open(t, personalKey).WhoAmI(t.Context()); err == nil || strings.Contains(err.Error(), "it has expired") {
		t.Errorf("it says %v", err)
	}
}

func TestASignInShowsWhatTheServerSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		want   model.Kind
		words  string
	}{
		"wrong":      {401, `{"detail":"Invalid username/password."}`, model.Unauthorized, "refused: Invalid username/password"},
		"or locked":  {401, `{"detail":"Invalid username/password."}`, model.Unauthorized, "from an account that is locked"},
		"in Russian": {401, `{"detail":"Пожалуйста, введите корректные имя пользователя и пароль."}`, model.Unauthorized, "from an account that is locked"},
		"passkey":    {401, `{"detail":"A passkey is needed.","passkey_required":true,"pending_passkey_ceremony":"canary-ceremony"}`, model.Unauthorized, "wants a passkey"},
		"no passkey": {401, `{"detail":"Invalid username/password.","passkey_required":false,"pending_passkey_ceremony":"canary-ceremony"}`, model.Unauthorized, "refused: Invalid username/password"},
		"nor here":   {401, `{"detail":"Invalid username/password.","passkey_required":null,"pending_passkey_ceremony":null}`, model.Unauthorized, "refused: Invalid username/password (Waldur"},
		"a proxy":    {401, `{"message":"No API key found in request"}`, model.Unauthorized, ""},
		"locked":     {401, `{"detail":"Username is locked out. Try in 10 minutes."}`, model.Unauthorized, "Try in 10 minutes"},
		"required":   {400, `{"password":["This field is required."]}`, model.Unauthorized, "refused: password: This field is required"},
		"switched":   {401, `{"detail":"Authentication method is disabled. canary-password"}`, model.Unauthorized, "disabled"},
		"axes":       {403, `{"detail":"Too many."}`, model.Forbidden, "Too many."},
		"throttled":  {429, `{}`, model.RateLimited, ""},
		"broken":     {500, ``, model.Unavailable, ""},
		"no token":   {200, `{}`, model.Malformed, "second factor"},
	} {
		f := waldurOf(t)
		f.says(signIn, c.status, c.body)
		_, err := f.byPassword(t).WhoAmI(t.Context())
		failsAs(t, err, c.want, c.words)
		if name == "a proxy" && strings.Contains(err.Error(), "Waldur") {
			t.Errorf("a proxy's no is called Waldur's: %v", err)
		}
		if sent := f.writes(); len(sent) != 1 || !strings.Contains(sent[0].body, `"username":"admin"`) || sent[0].key != "" {
			t.Errorf("%s: sent %d times", name, len(sent))
		}
	}
	f := waldurOf(t)
	f.says(signIn, 200, `{"token":"`+sessionKey+`"}`)
	if _, err := f.byPassword(t).WhoAmI(t.Context()); err != nil || f.last(t, me).key != "Token "+sessionKey {
		t.Errorf("not signed in: %v", err)
	}
}

func TestARefusedPersonalTokenNamesEveryReason(t *testing.T) {
	t.Parallel()
	for want, said := range map[string]string{
		"Waldur does not say which": `{"WALDUR_CORE":{"PAT_ENABLED":true}}`, "switched off, for all": ``,
		"this server has none": `{"WALDUR_CORE":{"SITE_NAME":"cloud"}}`, "has them switched off": `{"WALDUR_CORE":{"PAT_ENABLED":false}}`,
	} {
		f := waldurOf(t)
		f.says(me, 401, `{"detail":"Authentication credentials were not provided."}`)
		f.says(configuration, map[bool]int{true: 500, false: 200}[said == ""], said)
		_, err := f.open(t, personalKey).WhoAmI(t.Context())
		failsAs(t, err, model.Unauthorized, want)
		if key := f.last(t, configuration).key; key != "" {
			t.Errorf("the configuration was asked for with a key")
		}
	}
	f := waldurOf(t)
	f.says(me, 401, `{"detail":"Invalid token."}`)
	_, err := f.open(t, sessionKey).WhoAmI(t.Context())
	failsAs(t, err, model.Unauthorized, "Invalid token.")
}

func TestWhoWeAreIsAskedWithoutTheKey(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	got, err := f.open(t, sessionKey).WhoAmI(t.Context())
	if err != nil || got.ID != staff || got.Staff != model.Yes || got.HasToken != model.Yes || got.TokenWord.String() != "never expires" {
		t.Errorf("got %+v (%v)", got, err)
	}
	asked, _ := url.ParseQuery(f.last(t, me).query)
	if len(asked["field"]) < 5 || strings.Contains(strings.Join(asked["field"], " ")+" ", "token ") {
		t.Errorf("asked for %v", asked["field"])
	}
}

func TestAUserSaysWhatIsKnownOfIt(t *testing.T) {
	t.Parallel()
	row := func(old, replacement string) string { return strings.Replace(userRow, old, replacement, 1) }
	for name, c := range map[string]struct {
		row   string
		holds model.Answer
		word  string
	}{
		"endless": {userRow, model.Yes, "never expires"},
		"running": {row(`_at":null`, `_at":"`+later+`"`), model.Yes, ""},
		"over":    {row(`_at":null`, `_at":"2020-01-01T00:00:00Z"`), model.Yes, "expired"},
		"none":    {row(`session":true`, `session":false`), model.No, ""},
		"older":   {row(`,"token_expires_at":null`, ``), model.Yes, ""},
		"7.0":     {row(`,"has_active_session":true,"token_expires_at":null`, ``), model.Unsaid, ""},
	} {
		f := waldurOf(t)
		f.lists(users, c.row)
		page, err := f.open(t, sessionKey).Users(t.Context(), model.Query{Size: 7})
		if err != nil || len(page.Items) != 1 || page.Total != 1 || page.Next != "" {
			t.Fatalf("%s: got %+v (%v)", name, page, err)
		}
		u := page.Items[0]
		if u.HasToken != c.holds || u.TokenWord.String() != c.word || u.Role.String() != "support" || u.Kind.String() != "eduteams" ||
			u.Staff != model.No || u.Admin != model.Unsaid || u.LastLogin.Knowledge() != model.Unknown {
			t.Errorf("%s: got %+v", name, u)
		}
	}
}

func TestAQueryForUsersIsInTheServersWords(t *testing.T) {
	t.Parallel()
	for want, q := range map[string]model.Query{
		"o=username&page=1&page_size=7":                    {Size: 7},
		"o=-username&page=3&page_size=300":                 {Size: 1000, At: "3", Sort: "-username"},
		"o=full_name,username&page=1&page_size=1":          {Sort: "full_name"},
		"is_staff=true&o=username&page=1&page_size=7":      {Size: 7, Filter: model.Filter{Choice: "staff"}},
		"is_active=false&o=username&page=1&page_size=7":    {Size: 7, Filter: model.Filter{Choice: "inactive"}},
		"is_active=true&o=username&page=1&page_size=7":     {Size: 7, Filter: model.Filter{Choice: "active"}},
		"is_support=true&o=username&page=1&page_size=7":    {Size: 7, Filter: model.Filter{Choice: "support"}},
		"o=username&page=1&page_size=7&user_keyword=a&b=c": {Size: 7, Search: "a&b=c"},
	} {
		f := waldurOf(t)
		f.lists(users, userRow)
		if _, err := f.open(t, sessionKey).Users(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		asked, _ := url.ParseQuery(f.last(t, users).query)
		if len(asked["field"]) != 11 {
			t.Errorf("asked for %v", asked["field"])
		}
		delete(asked, "field")
		if got, _ := url.QueryUnescape(asked.Encode()); got != want {
			t.Errorf("asked %s, want %s", got, want)
		}
	}
}

func TestUsersComePageByPage(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.sheet(users+"?page=1", 3, true, userRow, strings.Replace(userRow, mari, staff, 1))
	f.sheet(users+"?page=2", 3, false, strings.Replace(userRow, mari, pat, 1))
	f.says(users, 404, `{"detail":"Invalid page."}`)
	api := f.open(t, sessionKey)
	q, came := model.Query{Size: 2}, 0
	for range 3 {
		page, err := api.Users(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		came += len(page.Items)
		if q.At = page.Next; q.At == "" {
			break
		}
	}
	if came != 3 || q.At != "" {
		t.Errorf("%d users came, and then %q", came, q.At)
	}
	q.At = "9"
	if page, err := api.Users(t.Context(), q); err != nil || len(page.Items) != 0 || page.Next != "" {
		t.Errorf("behind the end: %+v (%v)", page, err)
	}
}

func TestOneUserIsTheOneThatWasAskedFor(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	only := model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: mari}}}
	_, err := api.Users(t.Context(), only)
	failsAs(t, err, model.NotFound, "")
	f.says(mariUser, 200, userRow)
	if page, err := api.Users(t.Context(), only); err != nil || page.Total != 1 || page.Items[0].Username.String() != "mari" {
		t.Errorf("got %+v (%v)", page, err)
	}
	f.says(mariUser, 200, strings.Replace(userRow, mari, staff, 1))
	_, err = api.Users(t.Context(), only)
	failsAs(t, err, model.Malformed, "another user")
}

func TestOneWithoutASessionMayHavePersonalTokensAllTheSame(t *testing.T) {
	t.Parallel()
	none := strings.Replace(userRow, `session":true`, `session":false`, 1)
	for name, c := range map[string]struct {
		change func(*fake)
		mine   model.Answer
	}{
		"8.1":   {func(*fake) {}, model.Unsaid},
		"older": {(*fake).older, model.No},
	} {
		f := waldurOf(t)
		c.change(f)
		f.lists(users, none, strings.Replace(none, mari, staff, 1))
		f.says("GET /api/users/"+staff+"/", 200, strings.Replace(none, mari, staff, 1))
		f.says(me, 200, strings.Replace(meJSON, `session":true`, `session":false`, 1))
		api := f.open(t, personalKey)
		tokens(t, api, model.Query{})
		who, err := api.WhoAmI(t.Context())
		if err != nil || who.HasToken != c.mine {
			t.Errorf("%s: we have %d (%v), want %d", name, who.HasToken, err, c.mine)
		}
		for _, q := range []model.Query{{Size: 7}, {Filter: model.Filter{Only: who}}} {
			page, err := api.Users(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range page.Items {
				if want := map[string]model.Answer{mari: model.No, staff: c.mine}[u.ID]; u.HasToken != want {
					t.Errorf("%s: %s has %d, want %d", name, u.ID, u.HasToken, want)
				}
			}
		}
	}
}

func TestNobodyIsReadAheadWhereReadingIsRecorded(t *testing.T) {
	t.Parallel()
	if !waldurOf(t).open(t, sessionKey).Info().UsersRecorded {
		t.Error("a console would read pages of users that nobody looks at")
	}
}

func TestARefusalThatIsABareStringIsRead(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(users, 403, `"Identity manager is not allowed to list users."`)
	_, err := f.open(t, sessionKey).Users(t.Context(), model.Query{Size: 7})
	failsAs(t, err, model.Forbidden, "Identity manager is not allowed")
}

func TestSomebodyWhoIsNotStaffIsToldWhomTheListLeavesOut(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.lists(users, userRow)
	for role, body := range map[string]string{
		"staff": meJSON, "user": strings.NewReplacer(`"is_active":true,"is_staff":true,`, "", `"is_support":false,`, "").Replace(meJSON),
		"one who is told": strings.Replace(meJSON, `staff":true`, `staff":false`, 1),
		"support":         strings.NewReplacer(`staff":true`, `staff":false`, `support":false`, `support":true`).Replace(meJSON),
	} {
		f.says(me, 200, body)
		api := f.open(t, sessionKey)
		_, _ = api.WhoAmI(t.Context())
		if page, err := api.Users(t.Context(), model.Query{Size: 7}); err != nil || (page.Note == "") != (role == "staff" || role == "support") {
			t.Errorf("%s: the note is %q (%v)", role, page.Note, err)
		}
	}
}

func TestADiagnosisSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	const version = "GET /api/version/"
	for name, c := range map[string]struct {
		key    string
		change func(*fake)
		want   string // verdicts of version, sessions and personal access tokens
		words  string
	}{
		"fine":     {sessionKey, func(*fake) {}, "ok ok ok", "Waldur 8.0.5 all users are shown: 2"},
		"ordinary": {sessionKey, func(f *fake) { f.says(version, 403, `{}`); f.says(strings.TrimSpace(sessions), 403, `{}`) }, "warning warning ok", "staff and support only"},
		"older":    {sessionKey, func(f *fake) { f.says(personals, 404, "") }, "ok ok ok", "8.0.7"},
		"off":      {sessionKey, func(f *fake) { f.says(configuration, 200, `{"WALDUR_CORE":{"PAT_ENABLED":"False"}}`) }, "ok ok warning", "switched off"},
		"unsaid":   {sessionKey, func(f *fake) { f.says(configuration, 500, ``) }, "ok ok warning", "does not say"},
		"flag":     {sessionKey, func(f *fake) { f.says(me, 200, strings.Replace(meJSON, `tokens":true`, `tokens":false`, 1)) }, "ok ok warning", "may not use"},
		"scope":    {personalKey, func(f *fake) { f.says(sessions, 403, `{}`) }, "ok warning warning", "STAFF.ACCESS"},
		"broken":   {sessionKey, func(f *fake) { f.says(sessions, 500, `{}`); f.says(personals, 500, `{}`); f.says(version, 500, "") }, "warning failed warning", "500"},
	} {
		f := waldurOf(t)
		f.says(version, 200, `{"version":"8.0.5","latest_version":null}`)
		c.change(f)
		system, ok := f.open(t, c.key).(wire.Inspector)
		if !ok {
			t.Fatal("it cannot be looked into")
		}
		var verdicts, said []string
		for _, check := range system.Inspect(t.Context()) {
			verdicts = append(verdicts, string(check.Verdict))
			said = append(said, check.Found.String(), check.Advice)
			if check.Found.Empty() || check.What == "" {
				t.Errorf("%s: %+v", name, check)
			}
		}
		got := strings.Join(said, " ")
		if strings.Join(verdicts, " ") != c.want {
			t.Errorf("%s: %v, want %s: %s", name, verdicts, c.want, strconv.Quote(got))
		}
		for word := range strings.FieldsSeq(c.words) {
			if !strings.Contains(got, word) {
				t.Errorf("%s: %q does not say %s", name, got, word)
			}
		}
	}
}
