package waldur_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestAServerWithoutPersonalTokensIsToldFromAMissingPage(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	_, err := api.Do(t.Context(), draft()) // creating is not there just now
	failsAs(t, err, model.NotFound, "")
	if why, missing := api.Info().Missing[model.Create]; missing {
		t.Errorf("one 404 took create away: %s", why)
	}
	f.older()
	_, err = api.Prepare(t.Context(), model.Create, model.Token{})
	failsAs(t, err, model.Unsupported, "8.0.7")
	_, err = api.Do(t.Context(), draft())
	failsAs(t, err, model.Unsupported, "8.0.7")
	_, err = f.open(t, sessionKey).Do(t.Context(), draft()) // which nobody prepared
	failsAs(t, err, model.Unsupported, "8.0.7")
}

func TestAPassing404DoesNotTakeThePersonalTokensAway(t *testing.T) {
	t.Parallel()
	for name, said := range map[string]string{
		"switched on": `{"WALDUR_CORE":{"PAT_ENABLED":true}}`, "switched off": `{"WALDUR_CORE":{"PAT_ENABLED":false}}`,
		"not a Waldur's": `{}`, "gone too": ``,
	} {
		f := waldurOf(t)
		api := f.open(t, sessionKey)
		f.says(personals, 404, `{"detail":"Not found."}`)
		f.says(configuration, 200, said)
		if page := tokens(t, api, model.Query{}); len(page.Items) != 2 || !strings.Contains(page.Note, "did not come") {
			t.Errorf("%s: got %d tokens and the note %q", name, len(page.Items), page.Note)
		}
		if why, missing := api.Info().Missing[model.Create]; missing {
			t.Errorf("%s: one 404 took create away: %s", name, why)
		}
	}
}

func TestAServerThatIsBroughtUpToDateIsFoundOutWithAFreshList(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.older()
	api := f.open(t, sessionKey)
	tokens(t, api, model.Query{})
	f.lists(personals, patRow)
	if page := tokens(t, api, model.Query{}); len(page.Items) != 2 {
		t.Errorf("got %d tokens without asking", len(page.Items))
	}
	if page := tokens(t, api, model.Query{Fresh: true}); len(page.Items) != 3 || api.Info().Missing[model.Create] != "" {
		t.Errorf("got %d tokens; create is missing: %q", len(page.Items), api.Info().Missing[model.Create])
	}
}

func TestAServerWithoutPersonalAccessTokensIsAskedOnce(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.older()
	api := f.open(t, sessionKey)
	for range 2 {
		if page := tokens(t, api, model.Query{}); len(page.Items) != 2 || page.Note != "" {
			t.Errorf("got %+v", page)
		}
	}
	asked := slices.DeleteFunc(f.lines(), func(line string) bool { return line != personals })
	if len(asked) != 1 || api.Info().Missing[model.Create] == "" {
		t.Errorf("asked %d times; create is missing for %q", len(asked), api.Info().Missing[model.Create])
	}
}

func TestFiltersThatThisVersionCannotHaveAreNotOffered(t *testing.T) {
	t.Parallel()
	offered := func(api model.API) (values []string) {
		for _, f := range api.Info().TokenFilters {
			values = append(values, f.Value)
		}
		return values
	}
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	tokens(t, api, model.Query{})
	if got := strings.Join(offered(api), " "); got != "session personal never inactive ended" {
		t.Errorf("offered %s", got)
	}
	f = waldurOf(t)
	f.older()
	api = f.open(t, sessionKey)
	tokens(t, api, model.Query{})
	if got := strings.Join(offered(api), " "); got != "session never inactive" {
		t.Errorf("without personal access tokens, offered %s", got)
	}
	if page := tokens(t, api, model.Query{Filter: model.Filter{Choice: "ended"}}); page.Total != 0 { // which was chosen before
		t.Errorf("%d tokens have ended", page.Total)
	}
	f.lists(personals, patRow)
	tokens(t, api, model.Query{Fresh: true})
	if got := len(offered(api)); got != 5 {
		t.Errorf("%d are offered when the server has been brought up to date", got)
	}
}

func TestRegenerateIsRefusedBeforeTheQuestionWhereTheServerHasNone(t *testing.T) {
	t.Parallel()
	const asked = "GET /api/users/" + mari + "/refresh_token/"
	for name, c := range map[string]struct {
		row    string
		route  func(*fake)
		asks   bool
		refuse bool
	}{
		"7.0":                    {in70(mariRow), func(*fake) {}, true, true},
		"an old one that has it": {in70(mariRow), func(f *fake) { f.says(asked, 405, `{"detail":"Method \"GET\" not allowed."}`) }, true, false},
		"a user who is gone":     {in70(mariRow), func(f *fake) { f.says(asked, 404, `{"detail":"No User matches the given query."}`) }, true, false},
		"8":                      {mariRow, func(*fake) {}, false, false},
	} {
		f := waldurOf(t)
		f.older()
		f.lists(sessions, c.row, ownRow)
		f.says(mariToken, 200, c.row)
		c.route(f)
		api := f.open(t, sessionKey)
		_, err := api.Prepare(t.Context(), model.Regenerate, tokenOf(t, api, "session-17"))
		if c.refuse {
			failsAs(t, err, model.Unsupported, "older than the new keys")
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if why := api.Info().Missing[model.Regenerate]; (why != "") != c.refuse {
			t.Errorf("%s: regenerate is missing for %q", name, why)
		}
		if got := slices.Contains(f.lines(), asked); got != c.asks || len(f.writes()) != 0 {
			t.Errorf("%s: asked %t, and wrote %v", name, got, f.writes())
		}
	}
}

func TestNobodyIsToldOfPersonalTokensThatTheServerDoesNotHave(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.older()
	api := f.open(t, sessionKey)
	form, err := api.Prepare(t.Context(), model.Delete, tokenOf(t, api, "session-17"))
	if said := strings.Join(form.Warnings, " "); err != nil || strings.Contains(said, "personal access token") || !strings.Contains(said, "They can sign in again") {
		t.Errorf("the question says %q (%v)", said, err)
	}
	f.says(sessions, 403, `{"detail":"You do not have permission to perform this action."}`)
	system, ok := f.open(t, sessionKey).(wire.Inspector) // which has not read a list
	if !ok {
		t.Fatal("it cannot be looked into")
	}
	for _, check := range system.Inspect(t.Context()) {
		if check.What == "sessions" && check.Advice != "sign in with a staff account" {
			t.Errorf("doctor says %q", check.Advice)
		}
	}
}

func TestAnAddressWithTheAPIAtItsEndIsNamed(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.URL += "/api"
	_, err := f.open(t, sessionKey).WhoAmI(t.Context())
	failsAs(t, err, model.NotFound, "before /api/")
	_, err = f.open(t, sessionKey).Users(t.Context(), model.Query{Size: 7})
	failsAs(t, err, model.NotFound, "before /api/")
	_, err = f.byPassword(t).WhoAmI(t.Context())
	failsAs(t, err, model.NotFound, "before /api/")
}
