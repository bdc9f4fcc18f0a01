package awx_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"authdeck/model"
)

// made is the answer to a POST.
func made(id, more string) answer {
	body := `{"id":` + id + `,"summary_fields":{"user":{"id":1,"username":"root"}},"created":"2026-07-02T09:15:00Z","modified":"2026-07-02T09:15:00Z",` +
		`"description":"night watch","user":1,"token":"` + secret + `new","refresh_token":null,"application":null,"expires":"3026-11-04T09:15:00Z","scope":"read"`
	return answer{status: http.StatusCreated, body: body + more + `}`, header: map[string]string{"Location": "/api/v2/tokens/" + id + "/"}}
}

// lab is a server with token 42, which belongs to whoever asks.
func lab(t *testing.T, more map[string][]answer) *stage {
	t.Helper()
	answers := map[string][]answer{
		"GET /api/v2/me/":             {ok(listOf(rootUser))},
		"GET /api/v2/tokens/42/":      {ok(token42)},
		"GET /api/v2/users/1/tokens/": {ok(listOf())},
		"POST /api/v2/tokens/":        {made("43", "")},
		"DELETE /api/v2/tokens/42/":   {{status: http.StatusNoContent}},
	}
	maps.Copy(answers, more)
	return start(t, answers)
}

// read is token 42 as a list shows it.
func read(t *testing.T, api model.API, s *stage) model.Token {
	t.Helper()
	s.mu.Lock()
	s.answers["GET /api/v2/tokens/"] = []answer{ok(listOf(token42))}
	s.mu.Unlock()
	return must(api.Tokens(t.Context(), model.Query{Size: 5}))(t).Items[0]
}

func order(a model.Action, token model.Token, values map[string]string) model.Order {
	return model.Order{Action: a, Token: token, Draft: model.Draft{Values: values}}
}

func TestATokenIsMadeWithWhatWasChosen(t *testing.T) {
	for name, c := range map[string]struct {
		values map[string]string
		body   string
	}{
		"a personal one":    {map[string]string{"description": "night watch", "scope": "read"}, `{"description":"night watch","scope":"read"}`},
		"of an application": {map[string]string{"description": "night watch", "scope": "read", "application": "9"}, `{"description":"night watch","scope":"read","application":9}`},
		"with nothing said": {nil, `{"description":""}`},
		"with both scopes":  {map[string]string{"scope": "write read"}, `{"description":"","scope":"write read"}`},
		"of no application": {map[string]string{"application": ""}, `{"description":""}`},
	} {
		s := lab(t, nil)
		issued := must(s.byToken(t, "oauth2").Do(t.Context(), order(model.Create, model.Token{}, c.values)))(t)
		if issued.Key.Reveal() != secret+"new" || issued.Token.ID != "43" || s.lastWrite(t).body != c.body {
			t.Errorf("%s: sent %s, got token %s", name, s.lastWrite(t).body, issued.Token.ID)
		}
		if s.writes() != "POST /api/v2/tokens/" {
			t.Errorf("%s: sent %s", name, s.writes())
		}
	}
}

func TestWhatCannotBeMadeIsRefusedAndNotSent(t *testing.T) {
	for name, c := range map[string]struct {
		draft model.Draft
		kind  model.Kind
		words string
	}{
		"another scope":     {model.Draft{Values: map[string]string{"scope": "admin"}}, model.Invalid, "scope"},
		"a scope twice":     {model.Draft{Values: map[string]string{"scope": "read read"}}, model.Invalid, "scope"},
		"no application":    {model.Draft{Values: map[string]string{"application": "Portal"}}, model.Invalid, "application"},
		"for somebody else": {model.Draft{Owner: model.User{ID: "8"}}, model.Unsupported, "whoever asks"},
	} {
		s := lab(t, nil)
		_, err := s.byToken(t, "oauth2").Do(t.Context(), model.Order{Action: model.Create, Draft: c.draft})
		t.Log(name)
		failsAs(t, err, c.kind, c.words)
		if s.writes() != "" {
			t.Errorf("%s: sent %s", name, s.writes())
		}
	}
}

func TestAnAnswerIsHeldAgainstWhatWasAsked(t *testing.T) {
	for more, words := range map[string]string{
		`,"description":"other"`:            "made the description: other",
		`,"scope":"write"`:                  "made the scope: write",
		`,"user":8`:                         "not for root",
		`,"application":9`:                  "number 9, which was not asked for",
		`,"refresh_token":"canary-refresh"`: "refresh token",
		`,"id":0`:                           "did not say which number",
	} {
		s := lab(t, map[string][]answer{"POST /api/v2/tokens/": {made("43", more)}})
		api := s.byToken(t, "oauth2")
		must(api.WhoAmI(t.Context()))(t)
		issued := must(api.Do(t.Context(), order(model.Create, model.Token{}, map[string]string{"description": "night watch", "scope": "read"})))(t)
		if !says(issued.Notes, words) || issued.Key.Empty() || says(issued.Notes, "canary") {
			t.Errorf("%s: the notes are %q", more, issued.Notes)
		}
	}
}

func TestAMaskIsNoKey(t *testing.T) {
	for mask, want := range map[string]model.Kind{
		`"************"`: model.Partial, `"*************"`: model.Partial, `"$encrypted$"`: model.Partial, `""`: model.Partial, `null`: model.Partial,
		`"$encrypted$","id":0`: model.Uncertain, `"` + secret + `"`: model.Uncertain,
	} {
		s := lab(t, map[string][]answer{"POST /api/v2/tokens/": {made("43", `,"token":`+mask)}})
		issued, err := s.byToken(t, "oauth2").Do(t.Context(), order(model.Create, model.Token{}, nil))
		failsAs(t, err, want, "")
		if !issued.Key.Empty() {
			t.Errorf("%s was handed out", mask)
		}
	}
}

func TestAFormAsksForWhatTheServerTakes(t *testing.T) {
	apps := map[string][]answer{"GET /api/v2/applications/": {ok(`{"next":"x","results":[{"id":9,"name":"Portal"},{"name":"nothing"}]}`)}}
	form := must(lab(t, apps).byToken(t, "oauth2").Prepare(t.Context(), model.Create, model.Token{Owner: model.User{ID: "1"}}))(t)
	if len(form.Fields) != 3 || len(form.Fields[2].Choices) != 2 || form.Fields[2].Choices[1] != (model.Choice{Value: "9", Label: "Portal #9"}) || !form.Fields[2].Optional {
		t.Errorf("the form is %+v", form.Fields)
	}
	if !says(form.Warnings, "for root") || !says(form.Warnings, "Only the first 1") || form.Danger {
		t.Errorf("it warns of %q", form.Warnings)
	}
	if form := must(lab(t, nil).byToken(t, "oauth2").Prepare(t.Context(), model.Create, model.Token{}))(t); len(form.Fields) != 2 {
		t.Errorf("without applications the form is %+v", form.Fields)
	}
	_, err := lab(t, nil).byToken(t, "oauth2").Prepare(t.Context(), model.Create, model.Token{Owner: model.User{ID: "8"}})
	failsAs(t, err, model.Unsupported, "whoever asks")
}

func TestAQuestionThatFailsIsAWarningAndNoWall(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/v2/me/": {{status: 500, body: `{}`}}, "GET /api/v2/applications/": {{status: 500, body: `{}`}}})
	api := s.byToken(t, "oauth2")
	for _, a := range []model.Action{model.Create, model.Regenerate, model.Delete} {
		token := model.Token{ID: "42", Owner: model.User{ID: "1"}}
		if a == model.Create { // with a token that is there it would be one like it
			token.ID = ""
		}
		form, err := api.Prepare(t.Context(), a, token)
		if err != nil || !says(form.Warnings, "could not be asked") {
			t.Errorf("%s: %q, %v", a, form.Warnings, err)
		}
	}
	if form := must(api.Prepare(t.Context(), model.Create, model.Token{}))(t); !says(form.Warnings, "applications could not be read") {
		t.Errorf("it warns of %q", form.Warnings)
	}
}

func TestAnExternalAccountIsWarned(t *testing.T) {
	ldap := strings.Replace(rootUser, `"external_account":null`, `"external_account":"ldap"`, 1)
	s := lab(t, map[string][]answer{"GET /api/v2/me/": {ok(listOf(ldap))}})
	form := must(s.byToken(t, "oauth2").Prepare(t.Context(), model.Create, model.Token{}))(t)
	if !says(form.Warnings, "ALLOW_OAUTH2_FOR_EXTERNAL_USERS") {
		t.Errorf("it warns of %q", form.Warnings)
	}
}

func TestOnlyAGatewaysSuperuserIsOfferedApplications(t *testing.T) {
	for who, fields := range map[string]int{rootUser: 3, strings.Replace(rootUser, `"is_superuser":true`, `"is_superuser":false`, 1): 2} {
		s := start(t, map[string][]answer{
			"GET /api/gateway/v1/me/":           {ok(listOf(who))},
			"GET /api/gateway/v1/applications/": {ok(listOf(`{"id":9,"name":"Portal"}`))},
		})
		if form := must(s.byToken(t, "gateway").Prepare(t.Context(), model.Create, model.Token{}))(t); len(form.Fields) != fields {
			t.Errorf("the form is %+v", form.Fields)
		}
	}
}
