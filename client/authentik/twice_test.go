package authentik_test

import (
	"encoding/json"
	"strings"
	"testing"

	"authdeck/model"
)

// Proxies that send a write twice, and what the second answer does not prove.

const taken = `{"identifier":["Token with this identifier already exists."]}`

// freshBody is the token fresh as it is there after a create.
func freshBody(changes ...string) string {
	row := `{"pk":"new1","identifier":"fresh","intent":"api","user":7,"description":"for CI","expires":"` + later + `","expiring":true}`
	return strings.NewReplacer(changes...).Replace(row)
}

func TestANameThatIsTakenInThisMomentMayBeTakenByThis(t *testing.T) {
	t.Parallel()
	values := map[string]string{"identifier": "fresh", "description": " for CI ", "expiring": "yes"}
	for name, c := range map[string]struct {
		row  string
		kind model.Kind
	}{
		"as asked for":       {freshBody(), model.Uncertain},
		"another's":          {freshBody(`"user":7`, `"user":8`), model.Invalid},
		"of another kind":    {freshBody(`"intent":"api"`, `"intent":"app_password"`), model.Invalid},
		"another's words":    {freshBody("for CI", "for CD"), model.Invalid},
		"one without end":    {freshBody(`"expiring":true`, `"expiring":false`), model.Invalid},
		"nothing to be seen": {"", model.Invalid},
	} {
		s := serve(t, superuser())
		s.answers("POST /core/tokens/", func(string) (int, string) {
			if c.row != "" {
				s.answers("GET /core/tokens/fresh/", say(200, c.row))
			}
			return 400, taken
		})
		_, err := s.api(t).Do(t.Context(), order("7", values))
		e := fails(t, err, c.kind, "already exists")
		if perhaps := strings.Contains(e.Message.String(), "This may be the one; v shows its key"); perhaps != (c.kind == model.Uncertain) {
			t.Errorf("%s: %v", name, err)
		}
		if n := len(s.writes()); n != 1 {
			t.Errorf("%s: sent %d times", name, n)
		}
	}
}

func TestANameThatCannotBeReadAgainIsADoubt(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.answers("POST /core/tokens/", func(string) (int, string) {
		s.answers("GET /core/tokens/fresh/", say(500, ""))
		return 400, taken
	})
	_, err := s.api(t).Do(t.Context(), order("7", map[string]string{"identifier": "fresh"}))
	fails(t, err, model.Uncertain, "already exists", "could not be read")
}

func TestWhoIsNoSuperuserFindsTheTokenThoughTheServerTookNoFlag(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"GET /core/users/me/": say(200, saraMe)}))
	s.answers("POST /core/tokens/", func(string) (int, string) {
		s.answers("GET /core/tokens/fresh/", say(200, freshBody("for CI", "")))
		return 400, taken
	})
	_, err := s.api(t).Do(t.Context(), order("", map[string]string{"identifier": "fresh", "expiring": "no"}))
	fails(t, err, model.Uncertain, "made by this, or by somebody else in this moment")
}

func TestANameThatIsTakenAlreadyIsNotSent(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	_, err := s.api(t).Do(t.Context(), order("7", map[string]string{"identifier": "ci"}))
	fails(t, err, model.Invalid, "identifier: there is a token ci already")
	s.answers("GET /core/tokens/fresh/", say(502, ""))
	_, err = s.api(t).Do(t.Context(), order("7", map[string]string{"identifier": "fresh"}))
	fails(t, err, model.Unavailable)
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
}

func TestATokenThatVanishedUnderAWriteMayHaveBeenChangedBefore(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"PATCH /core/tokens/ci/": say(404, gone), setKey: say(404, gone)}))
	api := s.api(t)
	_, err := edit(t, api, "ci", map[string]string{"identifier": "ci2"}) // twice: the second meets the old name
	fails(t, err, model.Uncertain, "was there right before", "if it happened, the token is called ci2 now")
	_, err = edit(t, api, "ci", map[string]string{"description": "x"})
	fails(t, err, model.Uncertain, "deleted or renamed it in this moment")
	issued, err := do(t, api, model.Regenerate, token(t, api, "ci"))
	fails(t, err, model.Uncertain, "was there right before", "the token's if it happened")
	if issued.Key.Empty() || issued.Key.Reveal() != keySet(s) {
		t.Error("the key that may be the token's is lost")
	}
}

func TestAReplacementWhoseStepsWereSentTwiceIsSaidSo(t *testing.T) {
	t.Parallel()
	s := replacing(t)
	s.answers("POST /core/tokens/", func(body string) (int, string) {
		var sent map[string]any
		_ = json.Unmarshal([]byte(body), &sent)
		sent["pk"] = "new1"
		row, _ := json.Marshal(sent)
		s.answers("GET /core/tokens/"+sent["identifier"].(string)+"/", say(200, string(row)))
		return 400, taken
	})
	api := s.api(t)
	_, err := do(t, api, model.Replace, token(t, api, "ci"))
	fails(t, err, model.Uncertain, "This may be the one")

	s = replacing(t)
	s.says("DELETE /core/tokens/ci/", pageOf(204, "", "", nil)) // and it is there all the same
	api = s.api(t)
	issued, err := do(t, api, model.Replace, token(t, api, "ci"))
	fails(t, err, model.Partial, "v shows its key", "ci could not be deleted", "still there, also a second later")
	if issued.Key.Reveal() != canary || len(s.writes()) != 2 {
		t.Errorf("sent %v", routes(s))
	}

	s = replacing(t)
	renaming(say(404, gone))(s)
	api = s.api(t)
	_, err = do(t, api, model.Replace, token(t, api, "ci"))
	fails(t, err, model.Partial, "by now is not known: it is one of the two in the list")
}
