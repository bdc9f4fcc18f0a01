package awx_test

import (
	"net/http"
	"strings"
	"testing"

	"authdeck/model"
)

const (
	apiTwo   = `{"description":"AWX REST API","current_version":"/api/v2/","available_versions":{"v2":"/api/v2/"}}`
	apiBoth  = `{"current_version":"/api/v2/","available_versions":{"v1":"/api/v1/","v2":"/api/v2/"}}`
	apiObj   = `{"current_version":{"url":"/api/v2/"},"available_versions":["v2"],"oauth2":{"x":1}}`
	apiOAuth = `{"current_version":"/api/v2/","available_versions":{"v2":"/api/v2/"},"oauth2":"/api/o/"}`
	apiOld   = `{"description":"Ansible Tower REST API","current_version":"/api/v1/","available_versions":{"v1":"/api/v1/"}}`
	apiAAP   = `{"description":"AAP gateway REST API","apis":{"gateway":"/api/gateway/","controller":"/api/controller/"}}`
)

func TestTheGenerationIsFoundByWhatIsOffered(t *testing.T) {
	for name, c := range map[string]struct{ api, routes, want, asks string }{
		"Tower 3.2":             {apiBoth, `{"authtoken":"/api/v2/authtoken/","users":"/api/v2/users/"}`, "Tower, auth tokens", "/api/v2/"},
		"Tower 3.1":             {apiOld, ``, "Tower, auth tokens", "/api/v1/"},
		"AWX with oauth2":       {apiOAuth, ``, "AWX, OAuth2 tokens", "/api/v2/"},
		"AWX of odd types":      {apiObj, ``, "AWX, OAuth2 tokens", "/api/v2/"},
		"a controller's prefix": {apiTwo, `{"tokens":"/api/v2/tokens/","users":"x"}`, "AWX, OAuth2 tokens", "/api/v2/"},
		"the gateway":           {apiAAP, ``, "AAP gateway", "/api/gateway/v1/"},
		"AWX without tokens":    {apiTwo, `{"users":"/api/v2/users/","me":"/api/v2/me/"}`, "AWX without tokens", "/api/v2/"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, map[string][]answer{"GET /api/": {ok(c.api)}, "GET /api/v2/": {ok(c.routes)}, "GET " + c.asks + "me/": {ok(listOf(rootUser))}})
			api := s.byToken(t, "")
			if before := api.Info(); before.Generation != "" || len(before.TokenSorts) == 0 || before.Missing[model.Create] != "" {
				t.Errorf("before anything is asked it says %+v", before)
			}
			if me := must(api.WhoAmI(t.Context()))(t); me.Username.String() != "root" {
				t.Errorf("signed in as %q", me.Username)
			}
			if got := api.Info().Generation; got != c.want {
				t.Errorf("the generation is %q, want %q", got, c.want)
			}
			for _, r := range s.requests() {
				if r.signed != "" {
					t.Errorf("%s carried a credential", r)
				}
			}
			asked := len(s.requests())
			must(api.WhoAmI(t.Context()))(t)
			if len(s.requests()) != asked {
				t.Error("it was found out twice")
			}
		})
	}
}

func TestAForcedGenerationIsNotFoundOut(t *testing.T) {
	for forced, c := range map[string]struct{ words, me string }{
		"tower":   {"Tower, auth tokens", "/api/v1/me/"},
		"oauth2":  {"AWX, OAuth2 tokens", "/api/v2/me/"},
		"gateway": {"AAP gateway", "/api/gateway/v1/me/"},
		"none":    {"AWX without tokens", "/api/v2/me/"},
	} {
		s := start(t, map[string][]answer{"GET " + c.me: {ok(listOf(rootUser))}})
		api := s.byToken(t, forced)
		if got := api.Info().Generation; got != c.words {
			t.Errorf("%s calls itself %q", forced, got)
		}
		must(api.WhoAmI(t.Context()))(t)
		if seen := s.requests(); len(seen) != 0 {
			t.Errorf("%s was asked %v", forced, seen)
		}
	}
}

func TestAProbeThatFailedIsMadeAgain(t *testing.T) {
	s := start(t, map[string][]answer{
		"GET /api/":       {{status: 500, body: `{}`}, ok(apiOAuth)},
		"GET /api/v2/me/": {ok(listOf(rootUser))},
	})
	api := s.byToken(t, "")
	_, err := api.WhoAmI(t.Context())
	failsAs(t, err, model.Unavailable, "500")
	must(api.WhoAmI(t.Context()))(t)
}

func TestManyRequestsFindTheGenerationOutOnce(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/": {ok(apiOAuth)}, "GET /api/v2/me/": {ok(listOf(rootUser))}})
	api := s.byToken(t, "")
	ended := make(chan error)
	for range 8 {
		go func() {
			_ = api.Info()
			_, err := api.WhoAmI(t.Context())
			ended <- err
		}()
	}
	for range 8 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if n := len(s.requests()); n != 1 {
		t.Errorf("%d probes were made", n)
	}
}

func TestAServerThatIsNoneOfThemIsNotTakenForOne(t *testing.T) {
	for name, c := range map[string]struct {
		api, routes answer
		kind        model.Kind
		words       string
	}{
		"something else":     {ok(`{"hello":"world"}`), answer{}, model.Malformed, "is this an AWX"},
		"nothing there":      {answer{status: 404, body: `{}`}, answer{}, model.NotFound, "before /api/"},
		"closed to all":      {answer{status: 401, body: gone}, answer{}, model.Unauthorized, "set generation"},
		"routes of no users": {ok(apiTwo), ok(`{"x":1}`), model.Malformed, "names no users"},
		"routes are closed":  {ok(apiTwo), answer{status: 403, body: `{"detail":"no"}`}, model.Forbidden, "set generation"},
		"a list":             {ok(`[]`), answer{}, model.Malformed, "cannot be read"},
		"being migrated":     {answer{status: 302, header: map[string]string{"Location": "/migrations_notran/"}}, answer{}, model.Malformed, "migrated"},
	} {
		s := start(t, map[string][]answer{"GET /api/": {c.api}, "GET /api/v2/": {c.routes}})
		_, err := s.byToken(t, "").WhoAmI(t.Context())
		t.Log(name)
		failsAs(t, err, c.kind, c.words)
	}
}

func TestTheVersionOfAHeaderIsShown(t *testing.T) {
	for version, want := range map[string]string{"24.6.1": "AWX, OAuth2 tokens (24.6.1)", "\u202e7": "AWX, OAuth2 tokens", strings.Repeat("1", 99): "AWX, OAuth2 tokens"} {
		s := start(t, map[string][]answer{"GET /api/v2/me/": {{http.StatusOK, listOf(rootUser), map[string]string{"X-API-Product-Version": version}}}})
		api := s.byToken(t, "oauth2")
		must(api.WhoAmI(t.Context()))(t)
		if got := api.Info().Generation; got != want {
			t.Errorf("%q shows as %q", version, got)
		}
	}
}

func TestEveryActionIsOfferedOrItsAbsenceHasAReason(t *testing.T) {
	for generation, offered := range map[string][]model.Action{
		"tower":   {model.Create, model.Regenerate, model.Delete, model.Revoke},
		"oauth2":  {model.Create, model.Edit, model.Regenerate, model.Delete},
		"gateway": {model.Create, model.Edit, model.Regenerate, model.Delete},
		"none":    nil,
	} {
		s := start(t, nil)
		api := s.byToken(t, generation)
		missing := api.Info().Missing
		for _, a := range offered {
			if why, is := missing[a]; is {
				t.Errorf("%s: %s is missing: %s", generation, a, why)
			}
		}
		if len(offered)+len(missing) != len(model.Actions()) {
			t.Errorf("%s offers %v, and says why not of %v", generation, offered, missing)
		}
		for a, why := range missing {
			_, err := api.Prepare(t.Context(), a, model.Token{ID: "1"})
			failsAs(t, err, model.Unsupported, why)
			_, err = api.Do(t.Context(), model.Order{Action: a, Token: model.Token{ID: "1"}})
			failsAs(t, err, model.Unsupported, why)
			if why == "" {
				t.Errorf("%s does not say why it has no %s", generation, a)
			}
		}
		if n := len(s.requests()); n != 0 {
			t.Errorf("%s: %d requests were sent", generation, n)
		}
	}
}
