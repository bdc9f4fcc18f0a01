package waldur_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"authdeck/model"
)

func TestWhatARealWaldurRefusesIsKnownForARefusal(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/refusals-7.0.7.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	want := map[int]model.Kind{401: model.Unauthorized, 403: model.Forbidden, 405: model.Unsupported}
	seen := 0
	for lines := bufio.NewScanner(file); lines.Scan(); seen++ {
		var recorded struct {
			Status       int
			Type, Answer string
		}
		if err := json.Unmarshal(lines.Bytes(), &recorded); err != nil {
			t.Fatal(err)
		}
		f := waldurOf(t)
		f.says(endMari, recorded.Status, recorded.Answer)
		if strings.HasPrefix(recorded.Type, "text/html") {
			f.shows(endMari, recorded.Status, recorded.Answer)
		}
		if recorded.Status == 404 { // the one that needs a second reading
			f.answered = func(line string) {
				if line == endMari {
					f.answers[mariToken] = said{status: 404, body: missing}
				}
			}
		}
		api := f.open(t, sessionKey)
		_, err := api.Do(t.Context(), order(model.Delete, tokenOf(t, api, "session-17")))
		if kind, refused := want[recorded.Status]; refused {
			failsAs(t, err, kind, "")
		} else if err != nil {
			t.Errorf("%d: %v", recorded.Status, err)
		}
	}
	if seen < 6 {
		t.Errorf("only %d were recorded", seen)
	}
}

func TestLookingSaysWhatBecameOfADoubt(t *testing.T) {
	t.Parallel()
	gone := said{status: 404, body: missing}
	is := func(row string) said { return said{status: 200, body: row} }
	revoked := is(strings.Replace(patRow, "true", "false", 1))
	for name, c := range map[string]struct {
		action   model.Action
		id, line string
		now      said
		want     model.End
		says     string
	}{
		"a deletion that was done":     {model.Delete, "session-17", mariToken, gone, model.Visible, "The session of mari is gone."},
		"one that was not":             {model.Delete, "session-17", mariToken, is(mariRow), model.Unseen, "is there, last used on 2026-08-20 09:14 UTC"},
		"a new key, or use":            {model.Regenerate, "session-17", mariToken, is(renewedAt("10:00:00")), model.Untold, "Which of the two"},
		"no new key":                   {model.Regenerate, "session-17", mariToken, is(mariRow), model.Unseen, "no new key shows"},
		"a new key of an inactive one": {model.Regenerate, "session-17", mariToken, is(strings.Replace(renewedAt("10:00:00"), `is_active":true`, `is_active":false`, 1)), model.Visible, "it has a new key"},
		"a session that ended":         {model.Regenerate, "session-17", mariToken, gone, model.Untold, "is gone"},
		"our own":                      {model.Regenerate, "session-4", ownToken, said{status: 401, body: `{"detail":"Invalid token."}`}, model.Visible, "own key is not accepted"},
		"a revocation":                 {model.Delete, "pat-" + pat, patToken, revoked, model.Visible, "ci is revoked"},
		"none":                         {model.Delete, "pat-" + pat, patToken, is(patRow), model.Unseen, "ci is active, as before"},
		"a rotation unremembered":      {model.Regenerate, "pat-" + pat, patToken, revoked, model.Untold, "is not known"},
		"no rotation":                  {model.Regenerate, "pat-" + pat, patToken, is(patRow), model.Unseen, "as before"},
	} {
		f := waldurOf(t)
		api := f.open(t, sessionKey)
		token := tokenOf(t, api, c.id)
		f.answers[c.line] = c.now
		seen, err := api.Look(t.Context(), order(c.action, token))
		if err != nil || seen.End != c.want || !strings.Contains(seen.Words, c.says) {
			t.Errorf("%s: looking says %+v (%v)", name, seen, err)
		}
		if sent := f.writes(); len(sent) != 0 {
			t.Errorf("%s: looking sent %v", name, sent)
		}
	}
}

func TestLookingFindsATokenThatWasMadeAfterAll(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(create, 504, "")
	api := f.open(t, sessionKey)
	o := draft()
	seen, err := api.Look(t.Context(), o)
	if err != nil || seen.End != model.Untold {
		t.Errorf("before anything was sent, looking says %+v (%v)", seen, err)
	}
	_, err = api.Do(t.Context(), o)
	failsAs(t, err, model.Uncertain, "")
	if seen, err = api.Look(t.Context(), o); err != nil || seen.End != model.Unseen {
		t.Errorf("of one that was there all along, looking says %+v (%v)", seen, err)
	}
	f.lists(personals, strings.Replace(patRow, pat, heir, 1), patRow)
	if seen, err = api.Look(t.Context(), o); err != nil || seen.End != model.Visible || !strings.Contains(seen.Words, "made on 2026-02-20 10:00 UTC") {
		t.Errorf("looking says %+v (%v)", seen, err)
	}
}
