package authentik_test

import (
	"strings"
	"testing"

	"authdeck/model"
)

func TestOneOddRowDoesNotCostThePage(t *testing.T) {
	t.Parallel()
	for _, odd := range []string{
		`"pk":5`, `"user_obj":[]`, `"description":5`, `"managed":false`, `"intent":[]`, `"user":{"pk":1}`,
		`"user_obj":{"pk":7,"username":{},"name":1,"email":[],"type":false}`, `"expires":5`, `"expiring":"maybe"`,
	} {
		s := serve(t, map[string]answer{"GET /core/tokens/": say(200, `{"pagination":{"next":null,"count":"x"},"results":[{"identifier":"odd",`+odd+`},`+apiBody+`]}`)})
		page, err := s.api(t).Tokens(t.Context(), model.Query{Size: 5})
		if err != nil || len(page.Items) != 2 || page.Items[0].ID != "odd" || page.Items[1].ID != "ci" || page.Total != model.Uncounted {
			t.Errorf("%s: %+v, %v", odd, page, err)
		}
	}
	for _, odd := range []string{`"username":5`, `"name":[]`, `"email":{}`, `"type":1`, `"is_active":[]`} {
		s := serve(t, map[string]answer{"GET /core/users/": say(200, listOf(`{"pk":8,`+odd+`}`, sara))})
		if page := must(s.api(t).Users(t.Context(), model.Query{Size: 5}))(t); len(page.Items) != 2 || page.Items[0].ID != "8" {
			t.Errorf("%s: %+v", odd, page)
		}
	}
}

func TestAListWithoutEndIsGivenUp(t *testing.T) {
	t.Parallel()
	endless := listOf(strings.TrimSuffix(strings.Repeat(`{"identifier":"x"},`, 100_001), ","))
	s := serve(t, map[string]answer{"GET /core/tokens/": say(200, endless)})
	_, err := s.api(t).Tokens(t.Context(), model.Query{Size: 5})
	fails(t, err, model.Malformed)
}

func TestTokensOfNobodyKnowsWhomAreNotTakenForARenamedAccounts(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]answer{"GET /core/tokens/": say(200, listOf(`{"identifier":"x"}`, apiBody))})
	page := must(s.api(t).Tokens(t.Context(), model.Query{Size: 5, Filter: model.Filter{Only: model.User{ID: "7", Username: model.Clean("sara")}}}))(t)
	if len(page.Items) != 1 || page.Items[0].ID != "ci" || strings.Contains(page.Note, "another account") || !strings.Contains(page.Note, "does not say of every token whose it is") {
		t.Errorf("%d tokens, with the note %q", len(page.Items), page.Note)
	}
}

func TestAPageThatIsNoMoreSendsBackToTheBeginning(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]answer{"GET /core/tokens/": say(404, `{"detail":"Invalid page."}`)})
	api := s.api(t)
	_, err := api.Tokens(t.Context(), model.Query{Size: 5, At: "3"})
	fails(t, err, model.NotFound, "has become shorter", "from its beginning")
	_, err = api.Tokens(t.Context(), model.Query{Size: 5})
	fails(t, err, model.NotFound, "Invalid page")
}

func TestGroupsAndRolesAreLeftOutOfEveryReadOfTokens(t *testing.T) {
	t.Parallel()
	s := replacing(t)
	api := s.api(t)
	must(do(t, api, model.Replace, token(t, api, "ci")))(t)
	for _, r := range s.seen {
		told := strings.Contains(r.Query, "include_groups=false") && strings.Contains(r.Query, "include_roles=false")
		if strings.HasPrefix(r.Route, "P") && r.Query != "" {
			t.Errorf("%s, which changes something, is sent with %q, which nobody documents there", r.Route, r.Query)
		}
		if holdsToken := r.Route == "GET /core/tokens/ci/" || r.Route == "GET /core/tokens/"; holdsToken && !told {
			t.Errorf("%s is asked for with %q", r.Route, r.Query)
		}
	}
}

func TestASentenceOfTheServersEndsOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/ci/used_by/": say(403, denied), "GET /core/tokens/ci/view_key/": say(403, denied)}))
	api := s.api(t)
	form := must(api.Prepare(t.Context(), model.Delete, token(t, api, "ci")))(t)
	_, err := do(t, api, model.Reveal, token(t, api, "ci"))
	for _, said := range append(form.Warnings, err.Error()) {
		if strings.Contains(said, "..") || strings.Contains(said, ".;") {
			t.Errorf("it says %q", said)
		}
	}
}
