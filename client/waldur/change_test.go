package waldur_test

import (
	"strings"
	"testing"

	"authdeck/model"
)

func TestASessionThatChangedSinceItWasReadIsLeftAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id, line, row string
		want          model.Kind
	}{
		"of another":       {"session-17", mariToken, strings.Replace(mariRow, mari, "ff"+mari[2:], 1), model.Conflict},
		"another":          {"session-17", mariToken, strings.Replace(mariRow, "/17/", "/18/", 1), model.Conflict},
		"without a number": {"session-17", mariToken, strings.Replace(mariRow, "/17/", "/x/", 1), model.Malformed},
		"used, in 7.0":     {"session-17", mariToken, strings.NewReplacer("09:14", "09:15", "true", `"True"`).Replace(mariRow), -1},
		"its own, by us":   {"session-4", ownToken, strings.Replace(ownRow, "09:12", "09:13", 1), -1},
		"as it was":        {"session-17", mariToken, mariRow, -1},
	} {
		for _, a := range []model.Action{model.Regenerate, model.Delete} {
			f := waldurOf(t)
			f.says(refresh, 201, answerOf("mari", "canary-new"))
			f.says("POST /api/users/"+staff+"/refresh_token/", 201, answerOf("admin", "canary-new"))
			f.says("DELETE /api/auth-tokens/17/", 204, "")
			f.says("DELETE /api/auth-tokens/4/", 204, "")
			api := f.open(t, sessionKey)
			session := tokenOf(t, api, c.id)
			f.says(c.line, 200, c.row)
			_, err := api.Do(t.Context(), order(a, session))
			if c.want == -1 {
				if err != nil {
					t.Errorf("%s, %s: %v", name, a, err)
				}
				continue
			}
			failsAs(t, err, c.want, "")
			if sent := f.writes(); len(sent) != 0 {
				t.Errorf("%s: sent %v", name, sent)
			}
		}
	}
}

func TestOneWhoIsAtWorkCanBeSignedOut(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says("DELETE /api/auth-tokens/17/", 204, "")
	api := f.open(t, sessionKey)
	session := tokenOf(t, api, "session-17")
	f.says(mariToken, 200, strings.Replace(mariRow, "09:14", "09:15", 1))
	if _, err := api.Do(t.Context(), order(model.Delete, session)); err != nil || len(f.writes()) != 1 {
		t.Errorf("sent %v (%v)", f.writes(), err)
	}
}

func TestANewKeyIsForTheStateThatTheListOrTheQuestionTold(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(refresh, 201, answerOf("mari", "canary-new"))
	api := f.open(t, sessionKey)
	session := tokenOf(t, api, "session-17")
	f.says(mariToken, 200, strings.Replace(mariRow, "09:14", "09:15", 1))
	_, err := api.Do(t.Context(), order(model.Regenerate, session))
	failsAs(t, err, model.Conflict, "mari has used or renewed the session")
	form, err := api.Prepare(t.Context(), model.Regenerate, session)
	if said := strings.Join(form.Warnings, " "); err != nil || !strings.Contains(said, "last on 2026-08-20 09:15 UTC") {
		t.Errorf("the question says %q (%v)", said, err)
	}
	f.says(mariToken, 200, strings.Replace(mariRow, "09:14", "09:16", 1))
	_, err = api.Do(t.Context(), order(model.Regenerate, session))
	failsAs(t, err, model.Conflict, "mari has used or renewed the session")
	f.says(mariToken, 200, strings.Replace(mariRow, `"2026-08-20T09:14:03.512906+00:00"`, `null`, 1))
	_, err = api.Do(t.Context(), order(model.Regenerate, session))
	failsAs(t, err, model.Conflict, "")
	if sent := f.writes(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
	f.says(mariToken, 200, strings.Replace(mariRow, "09:14", "09:15", 1))
	if _, err = api.Do(t.Context(), order(model.Regenerate, session)); err != nil {
		t.Errorf("what the question told is refused: %v", err)
	}
}

func TestAQuestionOfAFreshListTellsNothingNew(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	form, err := api.Prepare(t.Context(), model.Regenerate, tokenOf(t, api, "session-17"))
	if said := strings.Join(form.Warnings, " "); err != nil || strings.Contains(said, "since the list was read") {
		t.Errorf("the question says %q (%v)", said, err)
	}
}

func TestAPersonalTokenThatChangedSinceItWasReadIsLeftAlone(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]string{
		"renamed": strings.Replace(patRow, `"ci"`, `"cd"`, 1), "revoked": strings.Replace(patRow, "true", "false", 1),
		"another": strings.Replace(patRow, pat, heir, 1), "shorter": strings.Replace(patRow, later, "2098-01-01T00:00:00Z", 1),
	} {
		f := waldurOf(t)
		api := f.open(t, sessionKey)
		token := tokenOf(t, api, "pat-"+pat)
		f.says(patToken, 200, row)
		for _, a := range []model.Action{model.Regenerate, model.Delete} {
			_, err := api.Do(t.Context(), order(a, token))
			failsAs(t, err, model.Conflict, "has changed since it was read")
		}
		if sent := f.writes(); len(sent) != 0 {
			t.Errorf("%s: sent %v", name, sent)
		}
	}
	f := waldurOf(t)
	f.says(revoke, 204, "")
	api := f.open(t, sessionKey)
	token := tokenOf(t, api, "pat-"+pat)
	f.says(patToken, 200, strings.Replace(patRow, `"last_used_at":null`, `"last_used_at":"2026-03-01T00:00:00Z"`, 1))
	if _, err := api.Do(t.Context(), order(model.Delete, token)); err != nil {
		t.Errorf("being used is a change: %v", err)
	}
}
