package awx_test

import (
	"strings"
	"testing"

	"authdeck/model"
)

// begins is what the fields of a form begin with.
func begins(form model.Form) string {
	var values []string
	for _, f := range form.Fields {
		values = append(values, f.Key+"="+f.Value)
	}
	return strings.Join(values, " ")
}

// first is the first token of the list as it is.
func first(t *testing.T, api model.API) model.Token {
	t.Helper()
	return must(api.Tokens(t.Context(), model.Query{Size: 5}))(t).Items[0]
}

func TestTheFormOfALikeTokenBeginsWithTheOldOnesValues(t *testing.T) {
	portal := `"application":9`
	for want, more := range map[string]map[string][]answer{
		"description=night watch scope=read": nil,
		"description=night watch scope=read application=9": {
			"GET /api/v2/tokens/": {ok(listOf(strings.Replace(token42, `"application":null`, portal, 1)))}, "GET /api/v2/tokens/42/": {ok(strings.Replace(token42, `"application":null`, portal, 1))},
			"GET /api/v2/applications/": {ok(`{"results":[{"id":8,"name":"Another"}]}`)},
		},
	} {
		s := lab(t, more)
		if more == nil {
			s = lab(t, map[string][]answer{"GET /api/v2/tokens/": {ok(listOf(token42))}})
		}
		api := s.byToken(t, "oauth2")
		form := must(api.Prepare(t.Context(), model.Create, first(t, api)))(t)
		if begins(form) != want {
			t.Errorf("it begins with %s and not %s", begins(form), want)
		}
		if said := strings.Join(form.Review(model.Draft{}), " "); !strings.Contains(said, "Its date starts anew") {
			t.Errorf("it says %q", said)
		}
		for _, f := range form.Fields {
			if f.Key == "application" && !strings.HasSuffix(f.Choices[len(f.Choices)-1].Label, "#9") {
				t.Errorf("to choose from are %+v", f.Choices)
			}
		}
	}
}

func TestNoTokenLikeAnothersOrLikeOneOfAnUnknownApplicationIsPromised(t *testing.T) {
	for words, row := range map[string]string{
		"is not of the account that authdeck signs in with": strings.Replace(token42, `"user":1`, `"user":8`, 1),
		"does not say for which application":                strings.Replace(token42, `"application":null`, `"application":"portal"`, 1),
		"applications cannot be chosen from":                strings.Replace(token42, `"application":null`, `"application":9`, 1),
	} {
		s := lab(t, map[string][]answer{"GET /api/v2/tokens/": {ok(listOf(row))}, "GET /api/v2/tokens/42/": {ok(row)}})
		api := s.byToken(t, "oauth2")
		_, err := api.Prepare(t.Context(), model.Create, first(t, api))
		failsAs(t, err, model.Unsupported, words)
		if s.writes() != "" {
			t.Errorf("sent %s", s.writes())
		}
	}
}
