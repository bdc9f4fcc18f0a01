package authentik_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

func TestWhatACopyOfTheDatabaseIsBehindWithIsAskedOnceMore(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.says(viewKey, pageOf(200, "application/json", keyBody, func() { s.says(viewKey, nil) })) // the key from before, once
	api := s.api(t)
	if issued := must(do(t, api, model.Regenerate, token(t, api, "ci")))(t); issued.Key.Reveal() != keySet(s) || len(issued.Notes) != 0 {
		t.Errorf("noted %q", issued.Notes)
	}
	row := token(t, api, "ci")
	s.answers("DELETE /core/tokens/ci/", func(string) (int, string) {
		s.says("GET /core/tokens/ci/", pageOf(200, "application/json", apiBody, func() { s.says("GET /core/tokens/ci/", nil) }))
		return 204, ""
	})
	if issued := must(do(t, api, model.Delete, row))(t); len(issued.Notes) != 0 {
		t.Errorf("noted %q", issued.Notes)
	}
}

func TestOfTwoConsolesThatSetAKeyInOneSecondTheLoserIsTold(t *testing.T) {
	t.Parallel()
	for status, view := range map[int]string{200: keyBody, 403: denied, 404: gone} {
		s := serve(t, superuser())
		s.answers(setKey, func(body string) (int, string) { // and the other console's comes right after it
			s.ends(strings.Split(body, `"`)[3])
			return 204, ""
		})
		s.says(viewKey, pageOf(status, "application/json", view, nil))
		api := s.api(t)
		issued, err := do(t, api, model.Regenerate, token(t, api, "ci"))
		fails(t, err, model.Contradicted, "somebody else has set another in this moment", "opens nothing", "v shows the one that it has")
		if issued.Key.Reveal() != keySet(s) {
			t.Errorf("%d: what was set is not handed out", status)
		}
	}
}

func TestAKeyThatTheTokenHasIsTheNewOneAndNothingIsSaidOfIt(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	issued := must(do(t, api, model.Regenerate, token(t, api, "ci")))(t)
	looks := slices.DeleteFunc(s.sent(), func(route string) bool { return route != viewKey })
	if len(issued.Notes) != 0 || len(looks) != 1 || issued.Key.Reveal() != keySet(s) {
		t.Errorf("noted %q after %d looks", issued.Notes, len(looks))
	}
}

func TestAKeyThatIsNotShownIsTriedOut(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.says(viewKey, pageOf(403, "application/json", denied, nil))
	api := s.api(t)
	issued := must(do(t, api, model.Regenerate, token(t, api, "ci")))(t)
	if last := s.last(); last.Route != "GET /core/users/me/" || last.Auth != "Bearer "+keySet(s) || len(issued.Notes) != 0 {
		t.Errorf("at last %s was asked for, and noted %q", last.Route, issued.Notes)
	}
	if token(t, api, "ci"); s.last().Auth != "Bearer signs-in" {
		t.Error("authdeck went on with the key of somebody else")
	}
}

func TestAKeyThatCannotBeCheckedIsSaidToBeUnchecked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ from, to string }{
		"an app password":       {`"intent":"api"`, `"intent":"app_password"`},
		"past its date":         {later, "2020-01-01T00:00:00Z"}, // to use it would delete the token, up to 2026.2
		"its owner is off":      {`"is_active":true`, `"is_active":false`},
		"nobody knows of owner": {`"is_active":true,`, ``},
	} {
		body := strings.Replace(apiBody, c.from, c.to, 1)
		s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/": say(200, listOf(body)), "GET /core/tokens/ci/": say(200, body)}))
		s.says(viewKey, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
		api := s.api(t)
		issued := must(do(t, api, model.Regenerate, token(t, api, "ci")))(t)
		tells(t, issued.Notes, "was not checked")
		for _, a := range s.seen {
			if a.Auth == "Bearer "+keySet(s) {
				t.Errorf("%s: its key was used", name)
			}
		}
	}
}

// yes is no error.
const yes = model.Kind(-1)

func TestADeletionIsProvedByReadingAgain(t *testing.T) {
	t.Parallel()
	const route, read = "DELETE /core/tokens/ci/", "GET /core/tokens/ci/"
	gone200 := func(s *stub) {
		s.says(route, pageOf(200, "text/html", "<html>", func() { s.answers(read, say(404, gone)) }))
	}
	for name, c := range map[string]struct {
		breaks func(*stub)
		kind   model.Kind
		words  string
	}{
		"still there":              {func(s *stub) { s.says(route, pageOf(204, "", "", nil)) }, model.Contradicted, "still there, also a second later"},
		"still there, with a body": {func(s *stub) { s.says(route, pageOf(200, "text/html", "<html>", nil)) }, model.Uncertain, "token ci is still there, also a second later"},
		"not found, and there":     {func(s *stub) { s.says(route, pageOf(404, "application/json", gone, nil)) }, model.Uncertain, "token ci is still there, also a second later"},
		"sent twice": {
			func(s *stub) {
				s.says(route, pageOf(404, "application/json", gone, func() { s.answers(read, say(404, gone)) }))
			}, yes, "It is gone now: by this, or by somebody else in this moment.",
		},
		"gone, with a body": {gone200, yes, "It is gone now: by this, or by somebody else in this moment."},
		"made anew": {func(s *stub) {
			s.says(route, pageOf(204, "", "", func() { s.answers(read, patched(apiBody, "0d4f", "ffff")) }))
		}, yes, ""},
		"cannot be read": {
			func(s *stub) { s.says(route, pageOf(204, "", "", func() { s.answers(read, say(500, "")) })) },
			yes, "could not be read afterwards",
		},
		"a page instead of the token": {
			func(s *stub) { s.says(route, pageOf(204, "", "", func() { s.says(read, http.NotFound) })) },
			yes, "could not be read afterwards",
		},
	} {
		s := serve(t, superuser())
		c.breaks(s)
		api := s.api(t)
		issued, err := do(t, api, model.Delete, token(t, api, "ci"))
		switch {
		case c.kind != yes:
			fails(t, err, c.kind, c.words)
		case err != nil:
			t.Errorf("%s: %v", name, err)
		default:
			tells(t, issued.Notes, c.words)
		}
		if w := s.writes(); len(w) != 1 {
			t.Errorf("%s: sent %v", name, w)
		}
	}
}

func TestATokenThatIsGoneBeforeTheDeletionIsNotDeleted(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	row := token(t, api, "ci")
	s.answers("GET /core/tokens/ci/", say(404, gone))
	_, err := do(t, api, model.Delete, row)
	fails(t, err, model.NotFound)
	if model.WasSent(err) || len(s.writes()) != 0 {
		t.Errorf("sent %v", s.writes())
	}
}

func TestTheConsolesOwnKeyThatEndedInTheSameMomentProvesNothing(t *testing.T) {
	t.Parallel()
	refuses := func(s *stub) answer { // as the second of two requests is answered
		return func(string) (int, string) { s.ends("signs-in"); return 403, invalid }
	}
	s := serve(t, superuser())
	s.answers("DELETE /core/tokens/root-api/", refuses(s))
	api := s.api(t)
	_, err := do(t, api, model.Delete, token(t, api, "root-api"))
	fails(t, err, model.Uncertain, "authdeck's own key", "refused now")

	s = serve(t, superuser())
	s.answers("POST /core/tokens/root-api/set_key/", refuses(s))
	api = s.api(t)
	issued := must(do(t, api, model.Regenerate, token(t, api, "root-api")))(t)
	if !issued.Token.Own || issued.Key.Reveal() != keySet(s) {
		t.Errorf("issued %+v", issued)
	}
	tells(t, issued.Notes, "authdeck goes on with this key")
}

func TestAKeyOfItsOwnThatSomebodyOvertookIsNotGoneOnWith(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.answers("POST /core/tokens/root-api/set_key/", func(body string) (int, string) {
		s.ends("signs-in")
		s.ends(strings.Split(body, `"`)[3])
		return 204, ""
	})
	api := s.api(t)
	issued, err := do(t, api, model.Regenerate, token(t, api, "root-api"))
	fails(t, err, model.Contradicted, "somebody else has set another")
	tells(t, issued.Notes, "authdeck is signed out")
	if issued.Key.Reveal() != keySet(s) {
		t.Error("what was set is not handed out")
	}
}
