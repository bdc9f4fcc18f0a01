package authentik_test

import (
	"net/http"
	"strings"
	"testing"

	"authdeck/model"
)

func edit(t *testing.T, api model.API, id string, values map[string]string) (model.Issued, error) {
	t.Helper()
	return api.Do(t.Context(), model.Order{Action: model.Edit, Token: token(t, api, id), Draft: model.Draft{Values: values}})
}

func TestAKeyThatMayBeTheLiveOneIsHandedOut(t *testing.T) {
	t.Parallel()
	for _, answered := range []answer{say(0, ""), say(502, ""), say(202, "")} {
		s := serve(t, with(superuser(), map[string]answer{setKey: answered}))
		api := s.api(t)
		issued, err := do(t, api, model.Regenerate, token(t, api, "ci"))
		fails(t, err, model.Uncertain, "the token's if it happened", "v shows which key token ci has now")
		if issued.Key.Empty() || issued.Key.Reveal() != keySet(s) || issued.Token.ID != "ci" {
			t.Errorf("issued %+v", issued)
		}
	}
	s := serve(t, with(superuser(), map[string]answer{setKey: say(400, `{"key":["no"]}`)}))
	api := s.api(t)
	if issued, err := do(t, api, model.Regenerate, token(t, api, "ci")); err == nil || !issued.Key.Empty() {
		t.Errorf("a key that was refused is handed out: %v", err)
	}
}

func TestAKeyThatTheServerQuotesIsNotShown(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.answers(setKey, func(body string) (int, string) {
		return 400, `{"key":["` + strings.Split(body, `"`)[3] + ` will not do"]}`
	})
	api := s.api(t)
	_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
	fails(t, err, model.Invalid, "key: [secret] will not do")
}

func TestAnEditThatWasLostSaysWhatTheTokenMayBeCalled(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"PATCH /core/tokens/ci/": say(0, "")}))
	api := s.api(t)
	_, err := edit(t, api, "ci", map[string]string{"identifier": "ci2"})
	fails(t, err, model.Uncertain, "is called ci2 now")
	_, err = edit(t, api, "ci", map[string]string{"description": "x"})
	if e := fails(t, err, model.Uncertain); strings.Contains(e.Message.String(), "called") {
		t.Errorf("nothing was renamed: %v", err)
	}
}

// strict refuses a date as authentik does that is later than it allows by now, whether
// it is the token's own or not.
func strict(body string) (int, string) {
	if strings.Contains(body, `"expires"`) {
		return 400, `{"expires":["Token expires exceeds maximum lifetime"]}`
	}
	return 200, passBody
}

func TestAnAppPasswordWithALateDateCanBeEdited(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"PATCH /core/tokens/ldap/": strict}))
	api := s.api(t)
	issued := must(edit(t, api, "ldap", map[string]string{"description": "d", "expires": "2099-11-01T12:30:00Z"}))(t)
	if len(issued.Notes) != 0 {
		t.Errorf("of a date that stayed it says %q", issued.Notes)
	}
	_, err := edit(t, api, "ldap", map[string]string{"expires": "2098-01-01T00:00:00Z"})
	fails(t, err, model.Invalid, "maximum lifetime")
}

func TestAnAppPasswordThatBeginsToExpireMayKeepTheDateThatItHas(t *testing.T) {
	t.Parallel()
	never := strings.Replace(passBody, `"expiring":true`, `"expiring":false`, 1)
	s := serve(t, with(superuser(), map[string]answer{
		"GET /core/tokens/": say(200, listOf(never)), "GET /core/tokens/ldap/": say(200, never), "PATCH /core/tokens/ldap/": strict,
	}))
	api := s.api(t)
	issued := must(edit(t, api, "ldap", map[string]string{"expiring": "yes", "expires": ""}))(t)
	tells(t, issued.Notes, "It expires on 2099-11-01 12:30 UTC: the date that it had")
}

func TestAnAppPasswordThatExpiresCannotLoseItsDate(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"PATCH /core/tokens/ldap/": say(200, passBody)}))
	api := s.api(t)
	_, err := edit(t, api, "ldap", map[string]string{"expiring": "yes", "expires": ""})
	fails(t, err, model.Invalid, "expires on", "keeps a date")
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
	must(edit(t, api, "ldap", map[string]string{"expiring": "no", "expires": ""}))(t)
	must(edit(t, api, "ldap", map[string]string{"description": "x"}))(t)
}

func TestAKeyIsShownOfTheTokenThatWasSeenAndOfNoOther(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{`"user":7`, `"user":1`}, {"0d4f", "ffff"}} {
		s := serve(t, superuser())
		api := s.api(t)
		row := token(t, api, "ci")
		s.answers("GET /core/tokens/ci/", say(200, strings.Replace(apiBody, pair[0], pair[1], 1)))
		issued, err := do(t, api, model.Reveal, row)
		fails(t, err, model.Conflict, "token ci has changed since it was read")
		if !issued.Key.Empty() {
			t.Errorf("%v: the key of another is shown", pair)
		}
	}
}

func TestATokenMadeAnewUnderItsNameIsAnother(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	row := token(t, api, "ci")
	s.answers("GET /core/tokens/ci/", say(200, strings.Replace(apiBody, "0d4f", "ffff", 1)))
	for _, action := range []model.Action{model.Edit, model.Regenerate, model.Replace, model.Delete} {
		_, err := do(t, api, action, row)
		fails(t, err, model.Conflict)
	}
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
}

func TestARotationIsHeldAgainstTheTokenThatWasRotated(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.rotates(func(string) (int, string) {
		s.answers("GET /core/tokens/ci/", say(200, passBody))
		return 200, `{}`
	})
	api := s.api(t)
	issued := must(do(t, api, model.Regenerate, token(t, api, "ci")))(t)
	if issued.Token.ID != "ci" || issued.Token.Kind.String() != "api" {
		t.Errorf("the key of ci is shown as that of %+v", issued.Token)
	}
	tells(t, issued.Notes, "answered with another token")
}

func TestARotationThatIsRefusedIsNotTakenForAKeyThatWasSet(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.rotates(say(http.StatusForbidden, denied))
	api := s.api(t)
	_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
	if e := fails(t, err, model.Forbidden, "action; that was the server's own rotation, and no key was set"); strings.Contains(e.Message.String(), "set_token_key") {
		t.Errorf("it speaks of a right that was not asked for: %v", err)
	}
}
