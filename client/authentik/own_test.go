package authentik_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

// signedOut is a server that refuses the key in use once a route was asked for.
func signedOut(t *testing.T, route string, status int) *stub {
	t.Helper()
	s := replacing(t)
	rootTwo := strings.NewReplacer("root-api", "root-two", "0d51", "0d52").Replace(rootBody)
	s.answers("GET /core/tokens/root-two/", say(200, rootTwo))
	s.answers("GET /core/tokens/root-two/used_by/", say(200, `[]`))
	s.answers("GET /core/tokens/", say(200, listOf(apiBody, rootBody, rootTwo)))
	s.answers(route, func(string) (int, string) {
		s.ends("signs-in")
		return status, ""
	})
	return s
}

func TestTheConsoleNeverGoesOnWithTheKeyOfAnotherAccount(t *testing.T) {
	t.Parallel()
	for _, status := range []int{204, 0} {
		s := serve(t, with(superuser(), map[string]answer{"GET /core/users/me/": say(403, invalid), setKey: say(status, "")}))
		api := s.api(t)
		issued, err := do(t, api, model.Regenerate, token(t, api, "ci"))
		if issued.Token.Own || issued.Key.Empty() || (err == nil) != (status == 204) {
			t.Errorf("%d: issued %+v, %v", status, issued, err)
		}
		tells(t, issued.Notes, "could not be asked; if it is refused from now on")
		token(t, api, "ci")
		if s.last().Auth != "Bearer signs-in" {
			t.Errorf("%d: it signs as %s", status, s.last().Auth)
		}
	}
}

func TestNobodyIsSaidToBeSignedOutWhoWasNeverKnown(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"GET /core/users/me/": say(403, invalid)}))
	api := s.api(t)
	if issued := must(do(t, api, model.Delete, token(t, api, "ci")))(t); len(issued.Notes) != 0 {
		t.Errorf("noted %q", issued.Notes)
	}
}

func TestAProbeThatFailsOtherwiseIsTold(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.answers("POST /core/tokens/root-api/set_key/", func(string) (int, string) {
		s.answers("GET /core/users/me/", say(502, ""))
		return 204, ""
	})
	api := s.api(t)
	issued := must(do(t, api, model.Regenerate, token(t, api, "root-api")))(t)
	if issued.Token.Own || len(issued.Notes) != 1 {
		t.Errorf("issued %+v", issued)
	}
	tells(t, issued.Notes, "could not be asked")
	s = replacing(t)
	s.answers("DELETE /core/tokens/root-api/", func(string) (int, string) {
		s.answers("GET /core/users/me/", say(502, ""))
		return 204, ""
	})
	api = s.api(t)
	issued = must(do(t, api, model.Replace, token(t, api, "root-api")))(t)
	tells(t, issued.Notes, "could not be asked")
}

func TestOnceItsOwnTokenIsKnownNoOtherIsTakenForIt(t *testing.T) {
	t.Parallel()
	s := signedOut(t, "POST /core/tokens/root-api/set_key/", 204)
	api := s.api(t)
	must(do(t, api, model.Regenerate, token(t, api, "root-api")))(t)
	for _, action := range []model.Action{model.Regenerate, model.Replace, model.Delete} {
		form := must(api.Prepare(t.Context(), action, token(t, api, "root-two")))(t)
		if strings.Contains(strings.Join(form.Warnings, " "), "in use") {
			t.Errorf("%s of another token of the account warns %q", action, form.Warnings)
		}
	}
	s.says("GET /core/tokens/root-two/rotate_secret/", forbidding("POST, OPTIONS"))
	s.answers("GET /core/tokens/root-two/view_key/", say(200, `{"key":"before"}`))
	s.answers("POST /core/tokens/root-two/rotate_secret/", func(string) (int, string) {
		s.answers("GET /core/tokens/root-two/view_key/", say(200, keyBody))
		return 200, `{}`
	})
	if issued := must(do(t, api, model.Regenerate, token(t, api, "root-two")))(t); issued.Token.Own || issued.Key.Reveal() != canary {
		t.Errorf("issued %+v", issued)
	}
	if !slices.Contains(s.sent(), "POST /core/tokens/root-two/rotate_secret/") {
		t.Error("a token that is not the console's own was not rotated")
	}
}

func TestWhatBecomesOfTheConsolesOwnTokenIsSaidFirst(t *testing.T) {
	t.Parallel()
	s := signedOut(t, "POST /core/tokens/root-api/set_key/", 204)
	api := s.api(t)
	must(do(t, api, model.Regenerate, token(t, api, "root-api")))(t)
	for action, first := range map[model.Action]string{
		model.Regenerate: "authdeck itself signs in with this token; it goes on with the new key.",
		model.Replace:    "authdeck itself signs in with this token; it goes on with the new key.",
		model.Delete:     "authdeck itself signs in with this token: this signs it out.",
	} {
		form := must(api.Prepare(t.Context(), action, token(t, api, "root-api")))(t)
		if form.Warnings[0] != first {
			t.Errorf("%s warns first that %q", action, form.Warnings[0])
		}
	}
}

func TestAKeyThatIsRevealedTellsWhichTokenTheConsoleUses(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/root-api/view_key/": say(200, `{"key":"signs-in"}`)}))
	api := s.api(t)
	if issued := must(do(t, api, model.Reveal, token(t, api, "root-api")))(t); !issued.Token.Own {
		t.Errorf("issued %+v", issued.Token)
	}
	if !token(t, api, "root-api").Own || token(t, api, "ci").Own {
		t.Error("the list does not know it")
	}
}
