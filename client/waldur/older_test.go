package waldur_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

func TestAServerWithoutPersonalTokensIsToldFromAMissingPage(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	_, err := api.Do(t.Context(), draft()) // creating is not there just now
	failsAs(t, err, model.NotFound, "")
	if why, missing := api.Info().Missing[model.Create]; missing {
		t.Errorf("one 404 took create away: %s", why)
	}
	f.older()
	_, err = api.Prepare(t.Context(), model.Create, model.Token{})
	failsAs(t, err, model.Unsupported, "8.0.7")
	_, err = api.Do(t.Context(), draft())
	failsAs(t, err, model.Unsupported, "8.0.7")
	_, err = f.open(t, sessionKey).Do(t.Context(), draft()) // which nobody prepared
	failsAs(t, err, model.Unsupported, "8.0.7")
}

func TestAPassing404DoesNotTakeThePersonalTokensAway(t *testing.T) {
	t.Parallel()
	for name, said := range map[string]string{
		"switched on": `{"WALDUR_CORE":{"PAT_ENABLED":true}}`, "switched off": `{"WALDUR_CORE":{"PAT_ENABLED":false}}`,
		"not a Waldur's": `{}`, "gone too": ``,
	} {
		f := waldurOf(t)
		api := f.open(t, sessionKey)
		f.says(personals, 404, `{"detail":"Not found."}`)
		f.says(configuration, 200, said)
		if page := tokens(t, api, model.Query{}); len(page.Items) != 2 || !strings.Contains(page.Note, "did not come") {
			t.Errorf("%s: got %d tokens and the note %q", name, len(page.Items), page.Note)
		}
		if why, missing := api.Info().Missing[model.Create]; missing {
			t.Errorf("%s: one 404 took create away: %s", name, why)
		}
	}
}

func TestAServerThatIsBroughtUpToDateIsFoundOutWithAFreshList(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.older()
	api := f.open(t, sessionKey)
	tokens(t, api, model.Query{})
	f.lists(personals, patRow)
	if page := tokens(t, api, model.Query{}); len(page.Items) != 2 {
		t.Errorf("got %d tokens without asking", len(page.Items))
	}
	if page := tokens(t, api, model.Query{Fresh: true}); len(page.Items) != 3 || api.Info().Missing[model.Create] != "" {
		t.Errorf("got %d tokens; create is missing: %q", len(page.Items), api.Info().Missing[model.Create])
	}
}

func TestAServerWithoutPersonalAccessTokensIsAskedOnce(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.older()
	api := f.open(t, sessionKey)
	for range 2 {
		if page := tokens(t, api, model.Query{}); len(page.Items) != 2 || page.Note != "" {
			t.Errorf("got %+v", page)
		}
	}
	asked := slices.DeleteFunc(f.lines(), func(line string) bool { return line != personals })
	if len(asked) != 1 || api.Info().Missing[model.Create] == "" {
		t.Errorf("asked %d times; create is missing for %q", len(asked), api.Info().Missing[model.Create])
	}
}
