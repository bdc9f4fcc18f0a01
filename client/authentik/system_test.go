package authentik_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

func TestUsersAreReadAndNarrowed(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]answer{
		"GET /core/users/":   say(200, listOf(sara, `{"pk":8,"username":"svc","type":"service_account","last_login":"2026-02-01T08:30:00.5Z"}`)),
		"GET /core/users/7/": say(200, sara), "GET /core/users/9/": say(200, sara),
	})
	api := s.api(t)
	page := must(api.Users(t.Context(), model.Query{Size: 5}))(t)
	first, second := page.Items[0], page.Items[1]
	if first.LastLogin.Knowledge() != model.Never || first.Created.Knowledge() != model.Known || first.Admin != model.No || first.Email.String() != "s@x.org" {
		t.Errorf("sara is %+v", first)
	}
	if second.Kind.String() != "service_account" || second.Created.Knowledge() != model.Unknown || second.Active != model.Unsaid || second.HasToken != model.Unsaid {
		t.Errorf("the service account is %+v", second)
	}
	for choice, sent := range map[string]string{"service_account": "type=service_account", "superuser": "is_superuser=true"} {
		narrowed := must(api.Users(t.Context(), model.Query{Size: 5, Filter: model.Filter{Choice: choice}}))(t)
		if !strings.Contains(s.last().Query, sent) || (choice == "superuser") != (narrowed.Note != "") {
			t.Errorf("%s is asked for as %s, with the note %q", choice, s.last().Query, narrowed.Note)
		}
	}
	one := must(api.Users(t.Context(), model.Query{Filter: model.Filter{Only: first}}))(t)
	if len(one.Items) != 1 || one.Items[0] != first {
		t.Errorf("one user is %+v", one)
	}
	_, err := api.Users(t.Context(), model.Query{Filter: model.Filter{Only: model.User{ID: "9"}}})
	fails(t, err, model.Malformed)
	_, err = api.Users(t.Context(), model.Query{Filter: model.Filter{Only: model.User{ID: "10"}}})
	fails(t, err, model.NotFound)
	_, err = api.Users(t.Context(), model.Query{Filter: model.Filter{Only: model.User{ID: ".."}}})
	fails(t, err, model.Invalid)
}

func TestABadKeyIsToldFromAMissingRight(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]answer{"GET /core/users/": say(403, denied), "GET /core/users/me/": say(200, saraMe)})
	_, err := s.api(t).Users(t.Context(), model.Query{Size: 5})
	fails(t, err, model.Forbidden, "permission")
	if !slices.Equal(s.sent(), []string{"GET /core/users/", "GET /core/users/me/"}) {
		t.Errorf("sent %v", s.sent())
	}
	s = serve(t, map[string]answer{"GET /core/tokens/": say(403, denied), "GET /core/users/me/": say(403, invalid)})
	_, err = s.api(t).Tokens(t.Context(), model.Query{Size: 5})
	fails(t, err, model.Unauthorized, "does not take this key")
	if n := len(s.sent()); n != 2 {
		t.Errorf("asked %d times", n)
	}
	_, err = s.api(t).WhoAmI(t.Context())
	fails(t, err, model.Unauthorized, "app password")
	if n := len(s.sent()); n != 3 {
		t.Errorf("asked %d times", n)
	}
	s.answers("GET /core/users/me/", say(500, ""))
	_, err = s.api(t).Tokens(t.Context(), model.Query{Size: 5})
	fails(t, err, model.Forbidden)
}

func TestASubPathOfTheAddressIsKept(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]answer{"GET /sso/api/v3/core/users/me/": say(200, rootMe)})
	me := must(at(t, s.URL+"/sso", nil).WhoAmI(t.Context()))(t)
	if me.ID != "1" || s.seen[0].Auth != "Bearer signs-in" {
		t.Errorf("%+v asked as %v", me, s.seen)
	}
}

func TestAnAddressThatGoesTooFarIsSaidToDoSo(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	for _, below := range []string{"/api/v3", "/if/admin"} {
		_, err := at(t, s.URL+below, nil).WhoAmI(t.Context())
		fails(t, err, model.NotFound, "without /api/v3 or /if/")
	}
}

func TestTheVersionIsLearnedAndNeverInTheWay(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"version_current":"2026.5.6"}`: "2026.5.6", `{"version_current":"2026.8.0-rc1"}`: "2026.8.0-rc1",
		`{"version_current":"\u001b[2J"}`: "", `{"version_current":7}`: "", `[]`: "", `{}`: "",
	} {
		s := serve(t, with(superuser(), map[string]answer{"GET /admin/version/": say(200, body)}))
		api := s.api(t)
		must(api.WhoAmI(t.Context()))(t)
		if got := api.Info().Generation; got != want {
			t.Errorf("%s gives the version %q", body, got)
		}
	}
}

func TestOnlyRevokeIsMissing(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	info := api.Info()
	if len(info.Missing) != 1 || info.Missing[model.Revoke] == "" || len(s.sent()) != 0 || info.Kind != "authentik" {
		t.Errorf("%+v", info)
	}
	_, err := api.Prepare(t.Context(), model.Revoke, model.Token{})
	fails(t, err, model.Unsupported)
	_, err = api.Do(t.Context(), model.Order{Action: model.Revoke})
	fails(t, err, model.Unsupported)
	for _, sorts := range [][]model.Sort{info.TokenSorts, info.UserSorts} {
		if len(sorts) < 5 {
			t.Errorf("sorts: %v", sorts)
		}
	}
	if err := api.Close(t.Context()); err != nil || len(s.sent()) != 0 {
		t.Errorf("closed with %v and %v", err, s.sent())
	}
}
