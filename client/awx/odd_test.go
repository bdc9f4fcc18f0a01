package awx_test

import (
	"context"
	"strings"
	"testing"

	"authdeck/model"
)

// cancelled is the context of somebody who has given up.
func cancelled(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func TestAKeyIsHandedOutHoweverOddTheRestOfTheAnswerIs(t *testing.T) {
	for _, odd := range []string{
		`"scope":["read"]`, `"summary_fields":[]`, `"summary_fields":{"user":[]}`, `"user":"root"`, `"user":{"id":1}`, `"application":"9"`,
		`"application":{}`, `"id":"43"`, `"id":43.0`, `"id":{}`, `"refresh_token":false`, `"description":5`, `"expires":[]`,
	} {
		s := lab(t, map[string][]answer{"POST /api/v2/tokens/": {{status: 201, body: `{"id":43,"token":"NEWKEYNEWKEY","description":"x",` + odd + `}`}}})
		issued := must(s.byToken(t, "oauth2").Do(t.Context(), order(model.Create, model.Token{}, map[string]string{"description": "x"})))(t)
		if issued.Key.Reveal() != "NEWKEYNEWKEY" || issued.Token.ID != "43" && odd != `"id":{}` {
			t.Errorf("%s: issued %+v", odd, issued.Token)
		}
	}
}

func TestOneOddRowDoesNotCostThePage(t *testing.T) {
	for _, odd := range []string{
		`"summary_fields":[]`, `"summary_fields":{"user":7,"application":[]}`, `"description":5`, `"scope":{}`, `"application":[]`, `"user":"x"`,
		`"token":5`, `"refresh_token":{}`, `"created":1`,
	} {
		s := start(t, map[string][]answer{"GET /api/v2/tokens/": {ok(`{"count":"x","next":false,"results":[{"id":7.0,` + odd + `},` + token42 + `]}`)}})
		page := must(s.byToken(t, "oauth2").Tokens(t.Context(), model.Query{Size: 50}))(t)
		if len(page.Items) != 2 || page.Items[0].ID != "7" || page.Items[1].ID != "42" || page.Next != "" || page.Total != model.Uncounted {
			t.Errorf("%s: %+v", odd, page)
		}
	}
	for _, odd := range []string{`"username":5`, `"first_name":[]`, `"email":{}`, `"external_account":1`} {
		s := start(t, map[string][]answer{"GET /api/v2/users/": {ok(listOf(`{"id":8,`+odd+`}`, rootUser))}})
		if page := must(s.byToken(t, "oauth2").Users(t.Context(), model.Query{Size: 50}))(t); len(page.Items) != 2 || page.Items[0].ID != "8" {
			t.Errorf("%s: %+v", odd, page)
		}
	}
}

func TestAListWithoutEndIsGivenUp(t *testing.T) {
	endless := listOf(strings.TrimSuffix(strings.Repeat(`{"id":1},`, 100_001), ","))
	s := start(t, map[string][]answer{"GET /api/v2/tokens/": {ok(endless)}})
	_, err := s.byToken(t, "oauth2").Tokens(t.Context(), model.Query{Size: 50})
	failsAs(t, err, model.Malformed, "")
}

func TestAnEditOfATokenWithoutAScopeLeavesItWithout(t *testing.T) {
	form := must(lab(t, nil).byToken(t, "oauth2").Prepare(t.Context(), model.Edit, model.Token{}))(t)
	scope := form.Fields[1]
	if last := scope.Choices[len(scope.Choices)-1]; scope.Value != "" || !scope.Optional || last.Value != "" || last.Label == "" {
		t.Errorf("the form begins with %q of %+v", scope.Value, scope.Choices)
	}
}

// Both are AWX's own (24.6.2.dev0): a null character is answered with a bare list, and a
// path that is none with Django's page.
func TestABareListAndAPageAreReadAsRefusals(t *testing.T) {
	s := start(t, map[string][]answer{"GET /api/v2/tokens/": {
		{status: 400, body: `["Null characters are not allowed."]`},
		{status: 404, body: "<!doctype html><title>Not Found</title>", header: map[string]string{"Content-Type": "text/html; charset=utf-8"}},
	}})
	api := s.byToken(t, "oauth2")
	_, err := api.Tokens(t.Context(), model.Query{Size: 5})
	failsAs(t, err, model.Invalid, "Null characters are not allowed.")
	_, err = api.Tokens(t.Context(), model.Query{Size: 5})
	failsAs(t, err, model.NotFound, "")
}
