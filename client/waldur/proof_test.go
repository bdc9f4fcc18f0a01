package waldur_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

// in70 is a row as Waldur 7.0 writes it.
func in70(row string) string {
	return strings.Replace(row, `"user_is_active":true`, `"user_is_active":"True"`, 1)
}

// renewedAt is the session of mari with another date.
func renewedAt(clock string) string {
	return strings.Replace(mariRow, "2026-08-20T09:14:03.512906", "2026-08-20T"+clock, 1)
}

func TestAYesThatChangedNothingIsNotSaidToBeDone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		action            model.Action
		id, line, answer  string
		left, leftAs, say string // what is read afterwards
		want              model.Kind
		key               bool // the key that came may be the only one, and is handed out
	}{
		"an empty refresh": {
			model.Regenerate, "session-17", refresh, `{}`, mariToken, mariRow, "is no session of mari", model.Uncertain, false,
		},
		"a refresh that says no": {
			model.Regenerate, "session-17", refresh, `{"detail":"not allowed","ok":false}`, mariToken, mariRow,
			"no new key shows", model.Uncertain, false,
		},
		"a refresh that left the date": {
			model.Regenerate, "session-17", refresh, answerOf("mari", "canary-new"), mariToken, mariRow,
			"is as it was before", model.Contradicted, true,
		},
		"a hidden key that left the date": {
			model.Regenerate, "session-17", refresh, answerOf("mari", ""), mariToken, mariRow,
			"is as it was before", model.Contradicted, false,
		},
		"our own key once more": {
			model.Regenerate, "session-4", "POST /api/users/" + staff + "/refresh_token/", answerOf("admin", sessionKey),
			ownToken, ownRow, "there is no new one", model.Contradicted, false,
		},
		"a deletion that says no": {
			model.Delete, "session-17", endMari, `{"error":"not done","success":false}`, mariToken, mariRow,
			"the session of mari is there", model.Contradicted, false,
		},
		"a session that lives on": {
			model.Delete, "session-17", endMari, `{}`, mariToken, in70(mariRow), "make the account inactive", model.Contradicted, false,
		},
		"a revocation of nothing": {
			model.Delete, "pat-" + pat, revoke, `{}`, patToken, patRow, "ci is still active", model.Contradicted, false,
		},
		"a rotation of nothing": {
			model.Regenerate, "pat-" + pat, rotate, made(), patToken, patRow, "ci is still active", model.Contradicted, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := waldurOf(t)
			f.says(c.line, 200, c.answer)
			f.after(c.line, c.left, 200, c.leftAs)
			api := f.open(t, sessionKey)
			issued, err := api.Do(t.Context(), order(c.action, tokenOf(t, api, c.id)))
			failsAs(t, err, c.want, c.say)
			if len(f.writes()) != 1 || c.key == issued.Key.Empty() {
				t.Errorf("sent %v, and there is no key: %t", f.writes(), issued.Key.Empty())
			}
		})
	}
}

func TestASessionThatComesBackAMomentLaterIsFound(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.lists(sessions, in70(mariRow), in70(ownRow))
	f.says(mariToken, 200, in70(mariRow))
	f.says(endMari, 204, "")
	f.after(mariToken, mariToken, 200, in70(mariRow)) // gone at first, and then written back
	api := f.open(t, sessionKey)
	_, err := api.Do(t.Context(), order(model.Delete, tokenOf(t, api, "session-17")))
	failsAs(t, err, model.Contradicted, "there again")
}

func TestASecondAnswerIsNoProofThatNothingHappened(t *testing.T) {
	t.Parallel()
	const ended, full = `["Cannot rotate an inactive token."]`, `{"non_field_errors":["Maximum number of active tokens (20) reached."]}`
	ci := strings.NewReplacer(pat, heir).Replace(patRow)
	for name, c := range map[string]struct {
		action       model.Action
		id, line     string
		status       int
		answer       string
		done         bool // the first of two has changed what is read
		want         model.Kind
		says         string
		alsoInTheEnd string // a row of the personal tokens
	}{
		"a deletion":            {model.Delete, "session-17", endMari, 404, missing, true, -1, wire.Gone, ""},
		"of one that is there":  {model.Delete, "session-17", endMari, 404, missing, false, model.Uncertain, "the session of mari is there", ""},
		"a revocation":          {model.Delete, "pat-" + pat, revoke, 404, missing, true, -1, wire.Gone, ""},
		"a refresh":             {model.Regenerate, "session-17", refresh, 404, missing, true, model.Uncertain, "it has a new key since, or was used", ""},
		"a rotation":            {model.Regenerate, "pat-" + pat, rotate, 400, ended, true, model.Uncertain, "ci is revoked. A token named ci is there", ci},
		"one without successor": {model.Regenerate, "pat-" + pat, rotate, 400, ended, true, model.Uncertain, "somebody has revoked it", ""},
		"a real refusal":        {model.Regenerate, "pat-" + pat, rotate, 400, ended, false, model.Invalid, "inactive token", ""},
		"a creation":            {model.Create, "", create, 400, full, true, model.Uncertain, "this may be the one", ci},
		"one that was refused":  {model.Create, "", create, 400, full, false, model.Invalid, "Maximum number", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := waldurOf(t)
			f.says(c.line, c.status, c.answer)
			change := f.then[c.line]
			f.then[c.line] = nil
			f.answered = func(line string) {
				if line != c.line || !c.done {
					return
				}
				if change != nil {
					change()
				}
				if c.alsoInTheEnd != "" {
					f.answers[personals] = said{200, "[" + c.alsoInTheEnd + "," + patRow + "]", nil}
				}
			}
			api := f.open(t, sessionKey)
			o := draft()
			if c.id != "" {
				o = order(c.action, tokenOf(t, api, c.id))
			}
			issued, err := api.Do(t.Context(), o)
			if len(f.writes()) != 1 {
				t.Errorf("sent %v", f.writes())
			}
			if c.want != -1 {
				failsAs(t, err, c.want, c.says)
			} else if err != nil || !slices.Contains(issued.Notes, c.says) {
				t.Errorf("it says %q (%v)", issued.Notes, err)
			}
		})
	}
}

func TestOfTwoWhoRenewOneSessionNobodyIsShownADeadKeyAsTheKey(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(refresh, 201, answerOf("mari", "canary-new"))
	f.after(refresh, mariToken, 200, renewedAt("10:00:00.07"))
	api := f.open(t, sessionKey)
	issued, err := api.Do(t.Context(), order(model.Regenerate, tokenOf(t, api, "session-17")))
	failsAs(t, err, model.Uncertain, "renewed once more in the same moment")
	if issued.Key.Empty() {
		t.Error("the key is lost")
	}
	f = waldurOf(t)
	own := "POST /api/users/" + staff + "/refresh_token/"
	f.says(own, 201, answerOf("admin", "canary-new"))
	f.after(own, ownToken, 401, `{"detail":"Invalid token."}`)
	api = f.open(t, sessionKey)
	issued, err = api.Do(t.Context(), order(model.Regenerate, tokenOf(t, api, "session-4")))
	failsAs(t, err, model.Uncertain, "it refuses now")
	if issued.Key.Empty() {
		t.Error("the key is lost")
	}
}

func TestATokenThatWasMadeTwiceIsSaid(t *testing.T) {
	t.Parallel()
	for name, order := range map[string]func(model.API) model.Order{
		create: func(model.API) model.Order { return draft() },
		rotate: func(api model.API) model.Order { return order(model.Regenerate, tokenOf(t, api, "pat-"+pat)) },
	} {
		f := waldurOf(t)
		twin := strings.Replace(patRow, pat, "d3"+pat[2:], 1)
		f.says(name, 201, made())
		effect := f.then[name]
		f.then[name] = func() {
			if effect != nil {
				effect()
			}
			f.answers[personals] = said{200, "[" + twin + "," + strings.Replace(patRow, pat, heir, 1) + "," + patRow + "]", nil}
		}
		api := f.open(t, sessionKey)
		issued, err := api.Do(t.Context(), order(api))
		if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, "1 more like it came in the same moment") || len(issued.Alike) != 1 || issued.Alike[0].ID == issued.Token.ID {
			t.Errorf("%s: it says %q of %v (%v)", name, said, issued.Alike, err)
		}
	}
}

func TestAPageOfAProxyIsNoRefusal(t *testing.T) {
	t.Parallel()
	for status, body := range map[int]string{
		401: "<h1>401 Authorization Required</h1>", 403: `{"message":"Forbidden"}`, 404: `{"message":"no Route matched with those values"}`,
		405: "<h1>405 Not Allowed</h1>", 407: "", 413: "<h1>413 Request Entity Too Large</h1>", 429: `{"message":"API rate limit exceeded"}`, 499: "",
	} {
		for id, line := range map[string]string{"session-17": endMari, "pat-" + pat: revoke} {
			f := waldurOf(t)
			f.says(line, status, body)
			if !strings.HasPrefix(body, "{") {
				f.shows(line, status, body)
			}
			api := f.open(t, sessionKey)
			_, err := api.Do(t.Context(), order(model.Delete, tokenOf(t, api, id)))
			failsAs(t, err, model.Uncertain, "")
			if len(f.writes()) != 1 {
				t.Errorf("%d: sent %v", status, f.writes())
			}
		}
	}
}
