package waldur_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

func order(a model.Action, t model.Token) model.Order { return model.Order{Action: a, Token: t} }

// answerOf is the answer to a new key.
func answerOf(username, key string) string {
	body := `{"created":"2026-08-20T10:00:00+00:00","user_first_name":"","user_last_name":"","user_username":"` + username +
		`","user_is_active":true,"user_token_lifetime":3600`
	if key != "" {
		body += `,"token":"` + key + `"`
	}
	return body + "}"
}

func TestASessionEndsByItsNumber(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says("DELETE /api/auth-tokens/17/", 204, "")
	api := f.open(t, sessionKey)
	issued, err := api.Do(t.Context(), order(model.Delete, tokenOf(t, api, "session-17")))
	if err != nil || len(issued.Notes) != 0 {
		t.Errorf("got %+v (%v)", issued, err)
	}
	if sent := f.writes(); len(sent) != 1 || sent[0].line != "DELETE /api/auth-tokens/17/" || sent[0].body != "" {
		t.Errorf("sent %v", sent)
	}
}

func TestARefusalThatIsNotWaldursDoesNotProveThatTheOwnSessionEnded(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says("DELETE /api/auth-tokens/4/", 204, "")
	f.after("DELETE /api/auth-tokens/4/", ownToken, 401, `{"message":"No API key found in request"}`)
	api := f.open(t, sessionKey)
	own := tokenOf(t, api, "session-4")
	issued, err := api.Do(t.Context(), order(model.Delete, own))
	if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, "could not be read afterwards") {
		t.Errorf("it says %q (%v)", said, err)
	}
	if seen, err := api.Look(t.Context(), order(model.Delete, own)); err == nil {
		t.Errorf("looking says %+v", seen)
	}
}

func TestEndingTheConsolesOwnSessionIsSaidBeforeAndAfter(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		open  func(*fake) model.API
		words string
	}{
		"token":    {func(f *fake) model.API { return f.open(t, sessionKey) }, "signed out"},
		"password": {func(f *fake) model.API { return f.byPassword(t) }, "signs in again"},
	} {
		f := waldurOf(t)
		f.says("POST /api-auth/password/", 200, `{"token":"`+sessionKey+`"}`)
		f.says("DELETE /api/auth-tokens/4/", 204, "")
		api := c.open(f)
		own := tokenOf(t, api, "session-4")
		form, err := api.Prepare(t.Context(), model.Delete, own)
		if said := form.Warnings[0]; err != nil || !form.Danger || !strings.Contains(strings.ToLower(said), c.words) {
			t.Errorf("%s: the form says %q (%v)", name, said, err)
		}
		issued, err := api.Do(t.Context(), order(model.Delete, own))
		if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, c.words) {
			t.Errorf("%s: it says %q (%v)", name, said, err)
		}
		if _, err := api.WhoAmI(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		signIns := strings.Count(strings.Join(f.lines(), "\n"), "POST /api-auth/password/")
		if want := map[string]int{"token": 0, "password": 2}[name]; signIns != want {
			t.Errorf("%s: signed in %d times", name, signIns)
		}
	}
}

func TestARefreshGivesANewKeyWithEitherStatus(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 201} {
		f := waldurOf(t)
		f.says(refresh, status, answerOf("mari", "canary-new"))
		api := f.open(t, sessionKey)
		before := tokenOf(t, api, "session-17")
		issued, err := api.Do(t.Context(), order(model.Regenerate, before))
		if err != nil || issued.Key.Reveal() != "canary-new" || len(issued.Notes) != 0 || issued.Token.ID != before.ID ||
			issued.Token.Owner != before.Owner || issued.Token.LastUsed.Equal(before.LastUsed) || issued.Token.Own {
			t.Errorf("%d: got %+v (%v)", status, issued, err)
		}
	}
}

func TestARefreshWithoutAKeyInItsAnswerIsNoFailure(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(refresh, 201, answerOf("mari", ""))
	api := f.open(t, sessionKey)
	issued, err := api.Do(t.Context(), order(model.Regenerate, tokenOf(t, api, "session-17")))
	if err != nil || !issued.Key.Empty() || len(issued.Notes) != 1 || !strings.Contains(issued.Notes[0], "mari finds it") {
		t.Errorf("got %+v (%v)", issued, err)
	}
}

func TestAnAnswerThatSaysLittleLeavesTheRestAsItWas(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(refresh, 201, `{"created":"2026-08-20T10:00:00Z","token":"canary-new"}`)
	api := f.open(t, sessionKey)
	issued, err := api.Do(t.Context(), order(model.Regenerate, tokenOf(t, api, "session-17")))
	if want := model.At(time.Date(2026, 8, 20, 11, 0, 0, 0, time.UTC)); err != nil || !issued.Token.Expires.Equal(want) {
		t.Errorf("got %+v (%v)", issued, err)
	}
}

func TestTheConsolesOwnSessionIsNotEndedUnawares(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	own := tokenOf(t, api, "session-4")
	own.Own = false
	for _, a := range []model.Action{model.Regenerate, model.Delete} {
		_, err := api.Do(t.Context(), order(a, own))
		failsAs(t, err, model.Conflict, "has changed")
	}
	if sent := f.writes(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestTheConsoleGoesOnWithItsOwnNewKey(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says("POST /api/users/"+staff+"/refresh_token/", 201, answerOf("admin", "canary-new"))
	api := f.open(t, sessionKey)
	issued, err := api.Do(t.Context(), order(model.Regenerate, tokenOf(t, api, "session-4")))
	if err != nil || !issued.Token.Own || len(issued.Notes) != 1 {
		t.Fatalf("got %+v (%v)", issued, err)
	}
	issued.Key.Wipe() // as the dialog does that showed it
	if _, err := api.WhoAmI(t.Context()); err != nil {
		t.Error(err)
	}
	if got := f.last(t, me).key; got != "Token canary-new" {
		t.Error("the console does not sign with its new key")
	}
}

func TestAServerWithoutRefreshIsToldFromAUserWhoIsGone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		page   string // in place of JSON
		want   model.Kind
	}{
		"no such address":    {404, djangos404, model.Unsupported},
		"no such user":       {404, "", model.Uncertain}, // who has just been read
		"no such method":     {405, "", model.Unsupported},
		"not allowed":        {403, "", model.Forbidden},
		"it failed":          {500, "", model.Uncertain},
		"maintenance":        {405, "<h1>405 Not Allowed</h1>", model.Uncertain}, // nginx, of a page in a named location
		"Apache's not found": {404, "<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>", model.Uncertain},
	} {
		f, want := waldurOf(t), c.want
		f.says(refresh, c.status, `{"detail":"No."}`)
		if c.page != "" {
			f.shows(refresh, c.status, c.page)
		}
		api := f.open(t, sessionKey)
		session := tokenOf(t, api, "session-17")
		_, err := api.Do(t.Context(), order(model.Regenerate, session))
		failsAs(t, err, want, "")
		e, _ := errors.AsType[*model.Error](err)
		_, again := api.Do(t.Context(), order(model.Regenerate, session))
		_, asked := api.Prepare(t.Context(), model.Regenerate, session)
		failsAs(t, again, want, "")
		sent := len(f.writes())
		if missing := want == model.Unsupported; missing != (e.Instead == model.Delete) || missing != (sent == 1) || missing != (asked != nil) {
			t.Errorf("%s: sent %d times, then %v", name, sent, asked)
		}
	}
}

func TestASessionThatIsGoneIsRefusedBeforehand(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	session := tokenOf(t, api, "session-17")
	f.says(mariToken, 404, `{"detail":"Not found."}`)
	for _, a := range []model.Action{model.Regenerate, model.Delete} {
		_, err := api.Prepare(t.Context(), a, session)
		failsAs(t, err, model.NotFound, "the session of mari is gone")
		_, err = api.Do(t.Context(), order(a, session))
		failsAs(t, err, model.NotFound, "the session of mari is gone")
	}
	f.says(mariToken, 500, ``)
	form, err := api.Prepare(t.Context(), model.Delete, session)
	if err != nil || !strings.Contains(strings.Join(form.Warnings, " "), "could not be seen") {
		t.Errorf("got %+v (%v)", form, err)
	}
	if sent := f.writes(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestTheQuestionPromisesNoSignInToAnInactiveAccount(t *testing.T) {
	t.Parallel()
	for active, says := range map[string]string{"true": "They can sign in again", "false": "they cannot sign in again"} {
		f := waldurOf(t)
		row := strings.Replace(mariRow, `is_active":true`, `is_active":`+active, 1)
		f.lists(sessions, row, ownRow)
		f.says(mariToken, 200, row)
		api := f.open(t, sessionKey)
		form, err := api.Prepare(t.Context(), model.Delete, tokenOf(t, api, "session-17"))
		if said := strings.Join(form.Warnings, " "); err != nil || !strings.Contains(said, says) {
			t.Errorf("active is %s: %q (%v)", active, said, err)
		}
	}
}

func TestTheQuestionSaysFirstWhatBecomesOfTheConsole(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	for id, want := range map[string]bool{"session-4": true, "session-17": false} {
		for _, a := range []model.Action{model.Regenerate, model.Delete} {
			form, err := api.Prepare(t.Context(), a, tokenOf(t, api, id))
			if first := strings.HasPrefix(form.Warnings[0], "authdeck itself signs in"); err != nil || first != want {
				t.Errorf("%s of %s: %q (%v)", a, id, form.Warnings, err)
			}
		}
	}
}

func TestNoIdentifierChangesThePath(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	for _, id := range []string{"", "17", "session-", "session-..", "session-../users", "session-17/..", "pat-", "pat-..", `pat-a\b`, "session-{id}", "pat-1?x"} {
		for _, a := range []model.Action{model.Regenerate, model.Delete} {
			token := model.Token{ID: id, Owner: model.User{ID: mari}, State: model.Active}
			if _, err := api.Do(t.Context(), order(a, token)); err == nil {
				t.Errorf("%s of %q was done", a, id)
			}
		}
	}
	if sent := f.writes(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestEveryMissingActionHasAReasonAndIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		key     string
		change  func(*fake)
		missing []model.Action
	}{
		"staff":         {sessionKey, func(*fake) {}, []model.Action{model.Edit, model.Replace, model.Reveal}},
		"by PAT":        {personalKey, func(*fake) {}, []model.Action{model.Create, model.Edit, model.Replace, model.Reveal}},
		"older servers": {sessionKey, func(f *fake) { f.older() }, []model.Action{model.Create, model.Edit, model.Regenerate, model.Replace, model.Reveal}},
	} {
		f := waldurOf(t)
		c.change(f)
		api := f.open(t, c.key)
		session := tokenOf(t, api, "session-17")
		_, _ = api.Do(t.Context(), order(model.Regenerate, session))
		if name != "older servers" {
			f.says(refresh, 201, answerOf("mari", "canary-new"))
		}
		info := api.Info()
		if got, want := len(info.Missing), len(c.missing); got != want {
			t.Errorf("%s: %d actions are missing, want %d", name, got, want)
		}
		for _, a := range c.missing {
			_, prepared := api.Prepare(t.Context(), a, session)
			_, done := api.Do(t.Context(), order(a, session))
			failsAs(t, prepared, model.Unsupported, info.Missing[a])
			failsAs(t, done, model.Unsupported, info.Missing[a])
			if info.Missing[a] == "" {
				t.Errorf("%s: %s is missing without a reason", name, a)
			}
		}
	}
}

func TestNoLinkIsFollowedAndNoSessionIsLoggedOut(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says("POST /api-auth/password/", 200, `{"token":"`+sessionKey+`"}`)
	api := f.byPassword(t)
	tokens(t, api, model.Query{})
	before := len(f.lines())
	if err := api.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if after := len(f.lines()); after != before {
		t.Errorf("closing sent %v", f.lines()[before:])
	}
	for _, s := range f.seen {
		if strings.HasPrefix(s.line, http.MethodPost) && s.line != "POST /api-auth/password/" {
			t.Error(fmt.Sprint(s.line))
		}
	}
}
