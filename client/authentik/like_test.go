package authentik_test

import (
	"strings"
	"testing"

	"authdeck/model"
)

func TestTheFormOfALikeTokenBeginsWithTheOldOnesValuesUnderTheNextFreeName(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	for id, want := range map[string][]string{
		"ci": {"ci-2", "api", "deploy", "yes", ""}, "ldap": {"ldap-2", "app_password", "d", "yes", "2099-11-01T12:30:00Z"}, "root-api": {"root-api-2", "api", "", "no", ""},
	} {
		for _, route := range []string{"-2", "-3"} {
			s.answers("GET /core/tokens/"+id+route+"/", say(404, gone))
		}
		form := must(api.Prepare(t.Context(), model.Create, token(t, api, id)))(t)
		var values []string
		for _, f := range form.Fields {
			values = append(values, f.Value)
		}
		if strings.Join(values, "|") != strings.Join(want, "|") {
			t.Errorf("%s begins with %q", id, values)
		}
	}
	s.answers("GET /core/tokens/ci-2/", say(200, strings.Replace(apiBody, `"ci"`, `"ci-2"`, 1)))
	if form := must(api.Prepare(t.Context(), model.Create, token(t, api, "ci")))(t); form.Fields[0].Value != "ci-3" {
		t.Errorf("beside ci and ci-2 it is to be called %q", form.Fields[0].Value)
	}
}

func TestNoTokenLikeOneThatAuthentikManagesIsPromised(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	managed := token(t, api, "ci")
	managed.Managed = model.Clean("goauthentik.io/outpost/x")
	_, err := api.Prepare(t.Context(), model.Create, managed)
	fails(t, err, model.Unsupported, "authentik manages this token itself")
	recovery := token(t, api, "ci")
	recovery.Kind = model.Clean("recovery")
	_, err = api.Prepare(t.Context(), model.Create, recovery)
	fails(t, err, model.Unsupported, "for itself")
}
