package authentik_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

// keySet is the key that was sent last.
func keySet(s *stub) string {
	var sent struct{ Key string }
	for _, w := range s.writes() {
		if strings.HasSuffix(w.Route, "/set_key/") {
			_ = json.Unmarshal([]byte(w.Body), &sent)
		}
	}
	return sent.Key
}

func TestWithoutRotationAKeyOfTheServersLettersIsSet(t *testing.T) {
	t.Parallel()
	for settings, length := range map[string]int{
		`{"default_token_length":64}`: 64, `{"default_token_length":1}`: 40, `{"default_token_length":1e9}`: 512, `{}`: 60, `[]`: 60,
	} {
		s := serve(t, with(superuser(), map[string]answer{"GET /admin/settings/": say(200, settings)}))
		api := s.api(t)
		row := token(t, api, "ci")
		first := must(do(t, api, model.Regenerate, row))(t)
		if first.Key.Reveal() != keySet(s) || !regexp.MustCompile(`^[A-Za-z0-9]+$`).MatchString(keySet(s)) || len(keySet(s)) != length {
			t.Errorf("%s: set a key of %d letters", settings, len(keySet(s)))
		}
		if len(first.Notes) != 0 || first.Token.Own || first.Token.ID != "ci" {
			t.Errorf("issued %+v", first)
		}
		second := must(do(t, api, model.Regenerate, row))(t)
		if second.Key.Equal(first.Key) {
			t.Error("the same key came twice")
		}
		letters := map[rune]bool{}
		for _, letter := range first.Key.Reveal() + second.Key.Reveal() {
			letters[letter] = true
		}
		if len(letters) < 25 { // of 62, in 80 draws: fewer is no chance
			t.Errorf("the keys are made of %d letters", len(letters))
		}
		rotations := slices.DeleteFunc(s.sent(), func(route string) bool { return !strings.HasSuffix(route, "rotate_secret/") })
		if len(rotations) != 1 || !strings.HasPrefix(rotations[0], "GET") {
			t.Errorf("whether there is a rotation was found out by %v", rotations)
		}
	}
}

func TestARotationIsTheServersWhereItHasOne(t *testing.T) {
	t.Parallel()
	for _, said := range []string{`{"secret":null}`, `{}`, `{"secret":"` + canary + `x"}`, ""} {
		s := serve(t, superuser())
		api := s.api(t)
		row := token(t, api, "ci")
		s.rotates(func(string) (int, string) {
			s.answers("GET /core/tokens/ci/", patched(apiBody, later, "2098-05-06T07:08:09Z"))
			return 200, said
		})
		issued := must(do(t, api, model.Regenerate, row))(t)
		if issued.Key.Reveal() != rotated || len(s.writes()) != 1 || s.writes()[0].Body != "" {
			t.Errorf("%s: sent %v", said, s.writes())
		}
		tells(t, issued.Notes, "It expires on 2098-05-06 07:08 UTC now.")
	}
}

func TestARotationWhoseKeyCannotBeReadIsHalfDone(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.rotates(func(string) (int, string) {
		s.answers(viewKey, say(403, denied))
		return 200, `{"secret":null}`
	})
	api := s.api(t)
	_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
	fails(t, err, model.Partial, "which key token ci has now could not be read", "v (show key)")
}

func TestARenewalThatIsNotAllowedOffersToReplace(t *testing.T) {
	t.Parallel()
	managed := strings.Replace(apiBody, `"managed":null`, `"managed":"goauthentik.io/outpost/1"`, 1)
	for _, c := range []struct {
		route   string
		status  int
		body    string
		kind    model.Kind
		instead model.Action
	}{
		{setKey, 403, apiBody, model.Forbidden, model.Replace},
		{setKey, 403, managed, model.Forbidden, model.Nothing},
		{rotation, 403, apiBody, model.Forbidden, model.Replace},
		{setKey, 400, apiBody, model.Invalid, model.Nothing},
		{setKey, 429, apiBody, model.RateLimited, model.Nothing},
	} {
		s := serve(t, with(superuser(), map[string]answer{
			"GET /core/tokens/": say(200, listOf(c.body)), "GET /core/tokens/ci/": say(200, c.body), setKey: say(c.status, denied),
		}))
		if c.route == rotation {
			s.rotates(say(c.status, denied))
		}
		api := s.api(t)
		_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
		if e := fails(t, err, c.kind); e.Instead != c.instead {
			t.Errorf("%s %d offers %s", c.route, c.status, e.Instead)
		}
	}
}

func TestARenewalWhoseAnswerIsLostIsUncertainAndSentOnce(t *testing.T) {
	t.Parallel()
	for _, route := range []string{setKey, rotation} {
		s := serve(t, with(superuser(), map[string]answer{setKey: say(0, "")}))
		if route == rotation {
			s.rotates(say(0, ""))
		}
		api := s.api(t)
		_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
		fails(t, err, model.Uncertain, "v shows which key token ci has now")
		if w := s.writes(); len(w) != 1 || w[0].Route != route {
			t.Errorf("sent %v", w)
		}
	}
}

// ownKey is a server on which root-api is the token that the console signs in with.
func ownKey(t *testing.T, status int) *stub {
	t.Helper()
	s := serve(t, superuser())
	s.answers("POST /core/tokens/root-api/set_key/", func(string) (int, string) {
		s.ends("signs-in")
		return status, ""
	})
	return s
}

func TestTheConsoleGoesOnWhenItsOwnKeyIsRenewed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{204, 0, 502} {
		s := ownKey(t, status)
		api := s.api(t)
		row := token(t, api, "root-api")
		issued := must(do(t, api, model.Regenerate, row))(t)
		if !issued.Token.Own || len(issued.Notes) != 1 || issued.Key.Reveal() != keySet(s) {
			t.Errorf("%d: issued %+v", status, issued)
		}
		if slices.Contains(s.sent(), "POST /core/tokens/root-api/rotate_secret/") {
			t.Error("a rotation would have ended the key that was to ask for the next")
		}
		if row := token(t, api, "root-api"); !row.Own || s.last().Auth != "Bearer "+keySet(s) {
			t.Errorf("%d: the list is asked for as %s, and %+v", status, s.last().Auth, row)
		}
	}
}

func TestATokenOfTheSameAccountIsNotTakenForTheConsolesOwn(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	row := token(t, api, "root-api")
	form := must(api.Prepare(t.Context(), model.Regenerate, row))(t)
	tells(t, form.Warnings, "may be the very one in use")
	issued := must(do(t, api, model.Regenerate, row))(t)
	if issued.Token.Own || len(issued.Notes) != 0 {
		t.Errorf("issued %+v", issued)
	}
	s.answers("POST /core/tokens/root-api/set_key/", say(0, ""))
	_, err := do(t, api, model.Regenerate, row)
	fails(t, err, model.Uncertain)
}

func TestARenewalWarnsOfWhatItBreaks(t *testing.T) {
	t.Parallel()
	body := strings.NewReplacer(`"managed":null`, `"managed":"outpost-1"`, later, "2020-01-01T00:00:00Z").Replace(apiBody)
	s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/": say(200, listOf(body))}))
	api := s.api(t)
	form := must(api.Prepare(t.Context(), model.Regenerate, token(t, api, "ci")))(t)
	if !form.Danger || len(form.Fields) != 0 {
		t.Errorf("the form is %+v", form)
	}
	for _, words := range []string{"old key stops", "an event of that which names you", "outpost-1", "date has passed"} {
		tells(t, form.Warnings, words)
	}
}
