package authentik_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

// replacing is a server on which a token can be made like another.
func replacing(t *testing.T) *stub {
	t.Helper()
	s := serve(t, superuser())
	s.answers("POST /core/tokens/", func(body string) (int, string) {
		var sent struct{ Identifier string }
		_ = json.Unmarshal([]byte(body), &sent)
		s.answers("GET /core/tokens/"+sent.Identifier+"/view_key/", say(200, keyBody))
		s.answers("PATCH /core/tokens/"+sent.Identifier+"/", func(body string) (int, string) {
			return made(map[string]any{"expires": later, "expiring": true, "description": "deploy"})(body)
		})
		return made(map[string]any{"expires": later})(body)
	})
	return s
}

// passing is a route without the identifier that a successor has for a while.
func passing(route string) string {
	return regexp.MustCompile(`-new-[a-z2-7]{6}`).ReplaceAllString(route, "-new")
}

func routes(s *stub) (all []string) {
	for _, w := range s.writes() {
		all = append(all, passing(w.Route))
	}
	return all
}

func TestASuccessorIsInHandBeforeTheOldTokenGoes(t *testing.T) {
	t.Parallel()
	s := replacing(t)
	api := s.api(t)
	issued := must(do(t, api, model.Replace, token(t, api, "ci")))(t)
	want := []string{"POST /core/tokens/", "DELETE /core/tokens/ci/", "PATCH /core/tokens/ci-new/"}
	if !slices.Equal(routes(s), want) {
		t.Errorf("sent %v", routes(s))
	}
	bodies := s.writes()
	if got := passing(bodies[0].Body); got != `{"identifier":"ci-new","intent":"api","user":7,"description":"deploy","expiring":true}` {
		t.Errorf("made of %s", got)
	}
	if bodies[2].Body != `{"identifier":"ci","intent":"api","user":7}` {
		t.Errorf("renamed with %s", bodies[2].Body)
	}
	if issued.Key.Reveal() != canary || issued.Token.ID != "ci" || issued.Token.Own || len(issued.Notes) != 1 {
		t.Errorf("issued %+v", issued)
	}
	tells(t, issued.Notes, "It expires on 2099-11-01")
}

func TestASuccessorHasTheDescriptionByteByByte(t *testing.T) {
	t.Parallel()
	const odd = "first\nsecond\t\u00a0👩\u200d🔧"
	body := strings.Replace(apiBody, `"deploy"`, string(must(json.Marshal(odd))(t)), 1)
	s := replacing(t)
	s.answers("GET /core/tokens/", say(200, listOf(body)))
	s.answers("GET /core/tokens/ci/", say(200, body))
	api := s.api(t)
	issued := must(do(t, api, model.Replace, token(t, api, "ci")))(t)
	var sent struct{ Description string }
	if err := json.Unmarshal([]byte(s.writes()[0].Body), &sent); err != nil || sent.Description != odd {
		t.Errorf("made of %s", s.writes()[0].Body)
	}
	if said := strings.Join(issued.Notes, " "); strings.Contains(said, "takes off") || strings.Contains(said, "has none") {
		t.Errorf("noted %s", said)
	}
}

func TestTheDateOfAnAppPasswordGoesAlong(t *testing.T) {
	t.Parallel()
	s := replacing(t)
	s.answers("DELETE /core/tokens/ldap/", say(204, ""))
	api := s.api(t)
	_, _ = do(t, api, model.Replace, token(t, api, "ldap"))
	if body := s.writes()[0].Body; !strings.Contains(body, `"expires":"`+later+`"`) {
		t.Errorf("made of %s", body)
	}
	if body := s.writes()[2].Body; strings.Contains(body, "expires") { // the server checks it anew
		t.Errorf("renamed with %s", body)
	}
}

func TestAReplacementThatStopsHalfWaySaysWhatIsLeft(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		breaks func(*stub)
		kind   model.Kind
		words  []string
		writes int
	}{
		{"refused", func(s *stub) { s.answers("POST /core/tokens/", say(400, `{"identifier":["no"]}`)) }, model.Invalid, []string{"identifier: no"}, 1},
		{"lost", func(s *stub) { s.answers("POST /core/tokens/", say(0, "")) }, model.Uncertain, []string{"there is a token ci-new-"}, 1},
		{"no key", func(s *stub) { s.answers("POST /core/tokens/", made(nil)) }, model.Partial, []string{"is made, but its key", "ci is as it was"}, 1},
		{"another's", func(s *stub) { s.answers("POST /core/tokens/", made(map[string]any{"user": 1})) }, model.Partial, []string{"another user", "ci is as it was"}, 1},
		{"another kind", func(s *stub) { s.answers("POST /core/tokens/", made(map[string]any{"intent": "app_password"})) }, model.Partial, []string{"another kind"}, 1},
		{"not deleted", func(s *stub) { s.answers("DELETE /core/tokens/ci/", say(403, denied)) }, model.Partial, []string{"v shows its key", "ci could not be deleted"}, 2},
		{"perhaps deleted", func(s *stub) { s.answers("DELETE /core/tokens/ci/", say(0, "")) }, model.Partial, []string{"or nobody knows"}, 2},
		{"not renamed", renaming(say(400, `{"identifier":["no"]}`)), model.Partial, []string{"token ci is deleted", "could not be given the old identifier; edit does that"}, 3},
		{"perhaps renamed", renaming(say(0, "")), model.Partial, []string{"token ci is deleted", "by now is not known: it is one of the two in the list"}, 3},
		{"renamed to something", renaming(say(200, passBody)), model.Partial, []string{"by now is not known", "another token"}, 3},
	} {
		s := replacing(t)
		c.breaks(s)
		api := s.api(t)
		issued, err := do(t, api, model.Replace, token(t, api, "ci"))
		fails(t, err, c.kind, c.words...)
		if n := len(s.writes()); n != c.writes {
			t.Errorf("%s: sent %v", c.name, routes(s))
		}
		if hasKey := c.writes > 1; hasKey == issued.Key.Empty() {
			t.Errorf("%s: a key is in hand: %t", c.name, !hasKey)
		}
	}
}

// renaming answers the last step of a replacement.
func renaming(a answer) func(*stub) {
	return func(s *stub) {
		made := replacingAnswer(s)
		s.answers("POST /core/tokens/", func(body string) (int, string) {
			status, said := made(body)
			var sent struct{ Identifier string }
			_ = json.Unmarshal([]byte(body), &sent)
			s.answers("PATCH /core/tokens/"+sent.Identifier+"/", a)
			return status, said
		})
	}
}

// replacingAnswer is what the stub says to a create.
func replacingAnswer(s *stub) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.routes["POST /core/tokens/"]
}

func TestATokenThatSomebodyElseDeletedMeanwhileIsReplacedAllTheSame(t *testing.T) {
	t.Parallel()
	s := replacing(t)
	s.answers("DELETE /core/tokens/ci/", say(404, gone))
	api := s.api(t)
	issued := must(do(t, api, model.Replace, token(t, api, "ci")))(t)
	tells(t, issued.Notes, "deleted or renamed by somebody else in this moment")
}

func TestTheConsoleGoesOnWhenItsOwnTokenIsReplaced(t *testing.T) {
	t.Parallel()
	for _, status := range []int{204, 0} {
		s := replacing(t)
		s.answers("DELETE /core/tokens/root-api/", func(string) (int, string) {
			s.ends("signs-in")
			return status, ""
		})
		api := s.api(t)
		issued := must(do(t, api, model.Replace, token(t, api, "root-api")))(t)
		if !issued.Token.Own || !strings.HasPrefix(s.last().Route, "PATCH") || s.last().Auth != "Bearer "+canary {
			t.Errorf("%d: renamed as %s: %+v", status, s.last().Auth, issued)
		}
		tells(t, issued.Notes, "authdeck goes on with this key")
	}
}

func TestASuccessorForSomebodyElseTakesASuperuser(t *testing.T) {
	t.Parallel()
	s := replacing(t)
	api := s.api(t)
	row := token(t, api, "root-api")
	s.answers("GET /core/users/me/", say(200, saraMe))
	_, err := api.Prepare(t.Context(), model.Replace, row)
	fails(t, err, model.Unsupported, "only superusers")
	_, err = do(t, api, model.Replace, row)
	fails(t, err, model.Unsupported, "only superusers")
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
}

func TestAReplacementSaysWhatGoesWithTheOldToken(t *testing.T) {
	t.Parallel()
	s := replacing(t)
	s.answers("GET /core/tokens/ci/used_by/", say(200, `[{"model_name":"outpost","name":"edge","action":"cascade"}]`))
	api := s.api(t)
	form := must(api.Prepare(t.Context(), model.Replace, token(t, api, "ci")))(t)
	tells(t, form.Warnings, "Used by outpost edge, which is deleted with it.")
	if !form.Danger {
		t.Error("it is no danger")
	}
	s.answers("GET /core/users/me/", say(500, ""))
	tells(t, must(api.Prepare(t.Context(), model.Replace, token(t, api, "ci")))(t).Warnings, "did not say who")
}
