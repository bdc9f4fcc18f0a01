package awx_test

import (
	"testing"

	"authdeck/model"
)

// ownLab is a server on which token 42 is the one that signs in: after a while me/
// says what is given.
func ownLab(t *testing.T, then answer, more map[string][]answer) *stage {
	t.Helper()
	s := lab(t, more)
	s.answers["GET /api/v2/me/"] = []answer{ok(listOf(rootUser)), then, ok(listOf(rootUser))}
	return s
}

func TestALostDeletionOfTheOwnTokenIsProvedByItsRefusal(t *testing.T) {
	s := ownLab(t, answer{status: 401, body: gone}, map[string][]answer{"DELETE /api/v2/tokens/42/": {{status: 502, body: `{}`}}})
	api := s.byToken(t, "oauth2")
	issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	must(api.Tokens(t.Context(), model.Query{Size: 5}))(t)
	if !issued.Token.Own || s.last(t).signed != "Bearer "+secret+"new" {
		t.Errorf("it signs with %q after %+v", s.last(t).signed, issued)
	}
}

func TestAProbeThatFailsOtherwiseIsTold(t *testing.T) {
	s := ownLab(t, answer{status: 500, body: `{}`}, nil)
	api := s.byToken(t, "oauth2")
	issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	if issued.Token.Own || !says(issued.Notes, "could not be asked") {
		t.Errorf("issued %+v", issued)
	}
}

func TestOnceItsOwnTokenIsKnownNoOtherIsTakenForIt(t *testing.T) {
	s := ownLab(t, answer{status: 401, body: gone}, nil)
	api := s.byToken(t, "oauth2")
	issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	other := model.Token{ID: "50", Owner: model.User{ID: "1"}}
	for action, first := range map[model.Action]string{
		model.Regenerate: "authdeck itself signs in with this token; it goes on with the new key.",
		model.Delete:     "authdeck itself signs in with this token: this signs it out.",
	} {
		if form := must(api.Prepare(t.Context(), action, other))(t); says(form.Warnings, "very token") {
			t.Errorf("%s of another token warns of %q", action, form.Warnings)
		}
		if form := must(api.Prepare(t.Context(), action, issued.Token))(t); form.Warnings[0] != first {
			t.Errorf("%s warns first that %q", action, form.Warnings[0])
		}
	}
}

func TestWhoDeletesTheOwnTokenIsTold(t *testing.T) {
	s := ownLab(t, answer{status: 401, body: gone}, nil)
	api := s.byToken(t, "oauth2")
	issued := must(api.Do(t.Context(), order(model.Delete, read(t, api, s), nil)))(t)
	if !says(issued.Notes, "is signed out") {
		t.Errorf("noted %q", issued.Notes)
	}
	s = lab(t, nil)
	api = s.byToken(t, "oauth2")
	if issued = must(api.Do(t.Context(), order(model.Delete, read(t, api, s), nil)))(t); len(issued.Notes) != 0 {
		t.Errorf("noted %q", issued.Notes)
	}
}

func TestASignInThatAuthdeckItselfEndedIsNotUsedAgain(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	must(api.WhoAmI(t.Context()))(t)
	row := tokens(t, api)[0]
	form := must(api.Prepare(t.Context(), model.Regenerate, row))(t)
	if form.Warnings[0] != "authdeck itself signs in with this token; it goes on with the new key." {
		t.Errorf("it warns first that %q", form.Warnings[0])
	}
	_, err := api.Do(t.Context(), model.Order{Action: model.Regenerate, Token: row, Draft: model.Draft{Password: model.NewSecret("wrong")}})
	failsAs(t, err, model.Partial, "there is no new one")
	must(api.WhoAmI(t.Context()))(t)
}
