package waldur_test

import (
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

const scopesList = "GET /api/personal-access-tokens/available_scopes/"

// like is the form of a token like one in a row.
func like(t *testing.T, f *fake, row string) (model.Form, error) {
	t.Helper()
	f.lists(personals, row)
	f.says(patToken, 200, row)
	f.says(scopesList, 200, `[{"permission":"STAFF.ACCESS","description":"all"},{"permission":"PROJECT.READ","description":"look"}]`)
	api := f.open(t, sessionKey)
	return api.Prepare(t.Context(), model.Create, tokenOf(t, api, "pat-"+pat))
}

func TestALikeTokenBeginsWithTheOldOnesValuesAndASpanAsLong(t *testing.T) {
	t.Parallel()
	made := time.Now().Add(-20 * 24 * time.Hour).UTC()
	row := strings.NewReplacer(later, made.Add(30*24*time.Hour).Format(time.RFC3339), "2026-02-20T10:00:00Z", made.Format(time.RFC3339)).Replace(patRow)
	form, err := like(t, waldurOf(t), row)
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]string{}
	for _, f := range form.Fields {
		held[f.Key] = f.Value
	}
	end, err := time.Parse(time.RFC3339, held["expires"])
	if left := time.Until(end); held["name"] != "ci" || held["scopes"] != "STAFF.ACCESS PROJECT.LIST" || err != nil || left < 29*24*time.Hour || left > 30*24*time.Hour {
		t.Errorf("it begins with %v", held)
	}
	if said := strings.Join(form.Warnings, " "); !strings.Contains(said, "MAY DO LESS: this account cannot hand on PROJECT.LIST") {
		t.Errorf("it warns of %q", said)
	}
	form, err = like(t, waldurOf(t), patRow) // for longer than Waldur lets any last
	for _, f := range form.Fields {
		if err != nil || f.Check != nil && f.Check(f.Value) != nil {
			t.Errorf("%s begins with %q, which does not pass: %v", f.Key, f.Value, err)
		}
	}
}

func TestNoTokenLikeASessionOrABoundOneIsPromised(t *testing.T) {
	t.Parallel()
	for words, row := range map[string]string{
		"good for some things alone": strings.Replace(patRow, `"use_count":0`, `"allowed_networks":["10.0.0.0/8"]`, 1),
		"accepted from some":         strings.Replace(patRow, `"use_count":0`, `"allowed_scopes":[{"type":"project","name":"x"}]`, 1),
		"is revoked":                 strings.Replace(patRow, `"is_active":true`, `"is_active":false`, 1),
	} {
		f := waldurOf(t)
		_, err := like(t, f, row)
		failsAs(t, err, model.Unsupported, words)
		if len(f.writes()) != 0 {
			t.Errorf("sent %v", f.writes())
		}
	}
	api := waldurOf(t).open(t, sessionKey)
	_, err := api.Prepare(t.Context(), model.Create, tokenOf(t, api, "session-17"))
	failsAs(t, err, model.Unsupported, "a user has one session")
}

func TestALostNewTokenIsFoundByTheNextProgramByWhenItWasMade(t *testing.T) {
	t.Parallel()
	at := time.Now().Add(-time.Hour).UTC()
	o := model.Order{Action: model.Create, At: at, Draft: model.Draft{Values: map[string]string{"name": "ci", "scopes": "PROJECT.LIST STAFF.ACCESS"}}}
	for name, c := range map[string]struct {
		made time.Time
		end  model.End
	}{"made since": {at.Add(time.Second), model.Visible}, "older": {at.Add(-time.Hour), model.Unseen}} {
		f := waldurOf(t)
		f.lists(personals, strings.Replace(patRow, "2026-02-20T10:00:00Z", c.made.Format(time.RFC3339), 1))
		seen, err := f.open(t, sessionKey).Look(t.Context(), o)
		if err != nil || seen.End != c.end || (seen.Token.ID == "pat-"+pat) != (c.end == model.Visible) {
			t.Errorf("%s: %+v, %v", name, seen, err)
		}
	}
}
