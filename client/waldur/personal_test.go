package waldur_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

const (
	rotate = "POST /api/personal-access-tokens/" + pat + "/rotate/"
	create = "POST /api/personal-access-tokens/"
	revoke = "DELETE /api/personal-access-tokens/" + pat + "/"
	scopes = "GET /api/personal-access-tokens/available_scopes/"
	heir   = "c1c2c1c2c1c2c1c2c1c2c1c2c1c2c1c2"
)

// made is the answer to a new personal access token.
func made(pairs ...string) string {
	body := `{"uuid":"` + heir + `","name":"ci","token":"w_4070908800_canary-new","scopes":["STAFF.ACCESS","PROJECT.LIST"],` +
		`"allowed_scopes":[],"allowed_networks":[],"expires_at":"` + later + `","created":"2026-08-20T10:00:00+00:00"}`
	return strings.NewReplacer(pairs...).Replace(body)
}

func TestARotationGivesTheSuccessor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer string
		want   model.Kind
		note   string
	}{
		"as it should":   {made(), -1, ""},
		"other scopes":   {made(`,"PROJECT.LIST"`, ``), -1, "other scopes: STAFF.ACCESS."},
		"other order":    {made(`"STAFF.ACCESS","PROJECT.LIST"`, `"PROJECT.LIST","STAFF.ACCESS"`), -1, ""},
		"another expiry": {made(later, "2098-01-01T00:00:00Z"), -1, "2098-01-01"},
		"without expiry": {made(`"expires_at":"`+later+`",`, ``), -1, "no day"},
		"without a key":  {made(`"token"`, `"t"`), model.Uncertain, "no key"},
		"a key of null":  {made(`"w_4070908800_canary-new"`, `null`), model.Uncertain, "no key"},
		"no object":      {`["canary"]`, model.Uncertain, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := waldurOf(t)
			f.says(rotate, 201, c.answer)
			api := f.open(t, sessionKey)
			issued, err := api.Do(t.Context(), order(model.Regenerate, tokenOf(t, api, "pat-"+pat)))
			if len(f.writes()) != 1 {
				t.Errorf("sent %v", f.writes())
			}
			if c.want != -1 {
				failsAs(t, err, c.want, c.note)
				return
			}
			if err != nil || issued.Token.ID != "pat-"+heir || issued.Key.Reveal() != "w_4070908800_canary-new" ||
				issued.Token.State != model.Active || issued.Token.LastUsed.Knowledge() != model.Never {
				t.Errorf("got %+v (%v)", issued, err)
			}
			if said := strings.Join(issued.Notes, " "); !strings.Contains(said, c.note) || (c.note == "") != (said == "") {
				t.Errorf("it says %q, want %q", said, c.note)
			}
		})
	}
}

func TestAKeyInHandIsNeverDropped(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line, id, answer string
		key, says, is    string
	}{
		"a rotation that renames":     {rotate, "pat-" + pat, made(`"ci"`, `"cd"`), "w_4070908800_canary-new", "another token", "pat-" + heir},
		"a rotation of no new number": {rotate, "pat-" + pat, made(heir, pat), "w_4070908800_canary-new", "another token", "pat-" + pat},
		"a rotation without a number": {rotate, "pat-" + pat, made(`"uuid"`, `"id"`), "w_4070908800_canary-new", "names no token", ""},
		"a number that is none":       {rotate, "pat-" + pat, made(heir, heir+`\u200b`), "w_4070908800_canary-new", "names no token", ""},
		"a new one without a number":  {create, "", made(`"uuid"`, `"id"`), "w_4070908800_canary-new", "names no token", ""},
		"a session of another name":   {refresh, "session-17", answerOf("zoe", "canary-new"), "canary-new", "another user than mari", "session-17"},
	} {
		f := waldurOf(t)
		f.says(c.line, 201, c.answer)
		api := f.open(t, sessionKey)
		o := draft()
		if c.id != "" {
			o = order(model.Regenerate, tokenOf(t, api, c.id))
		}
		issued, err := api.Do(t.Context(), o)
		failsAs(t, err, model.Uncertain, c.says)
		if issued.Key.Reveal() != c.key || issued.Token.ID != c.is || issued.Token.Owner.ID == "" {
			t.Errorf("%s: the key is lost, or is that of %+v", name, issued.Token)
		}
	}
}

func TestATokenThatHasEndedIsNotRotated(t *testing.T) {
	t.Parallel()
	for _, row := range []string{strings.Replace(patRow, "true", "false", 1), strings.Replace(patRow, later, "2020-01-01T00:00:00Z", 1)} {
		f := waldurOf(t)
		f.lists(personals, row)
		f.says(patToken, 200, row)
		api := f.open(t, sessionKey)
		token := tokenOf(t, api, "pat-"+pat)
		_, err := api.Prepare(t.Context(), model.Regenerate, token)
		failsAs(t, err, model.Unsupported, "make a new one")
		_, err = api.Do(t.Context(), order(model.Regenerate, token))
		failsAs(t, err, model.Unsupported, "make a new one")
		if token.State == model.Revoked {
			_, err = api.Do(t.Context(), order(model.Delete, token))
			failsAs(t, err, model.Unsupported, "revoked already")
		}
		if sent := f.writes(); len(sent) != 0 {
			t.Errorf("sent %v", sent)
		}
	}
}

func TestARevocationIsADelete(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(revoke, 204, "")
	api := f.open(t, sessionKey)
	token := tokenOf(t, api, "pat-"+pat)
	if form, err := api.Prepare(t.Context(), model.Delete, token); err != nil || !form.Danger {
		t.Errorf("got %+v (%v)", form, err)
	}
	if _, err := api.Do(t.Context(), order(model.Delete, token)); err != nil || len(f.writes()) != 1 {
		t.Errorf("sent %v (%v)", f.writes(), err)
	}
}

func TestNobodyManagesPersonalTokensWithOne(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, personalKey)
	token := tokenOf(t, api, "pat-"+pat)
	before := len(f.lines())
	for _, a := range []model.Action{model.Create, model.Regenerate, model.Delete} {
		_, err := api.Prepare(t.Context(), a, token)
		failsAs(t, err, model.Unsupported, "sign in with a session token")
		_, err = api.Do(t.Context(), order(a, token))
		failsAs(t, err, model.Unsupported, "sign in with a session token")
	}
	if after := f.lines(); len(after) != before {
		t.Errorf("sent %v", after[before:])
	}
}

// draft is a filled-in form.
func draft(pairs ...string) model.Order {
	values := map[string]string{
		"name": " ci ", "scopes": "PROJECT.LIST  STAFF.ACCESS", "expires": time.Now().AddDate(0, 1, 0).UTC().Format(time.RFC3339),
	}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return model.Order{Action: model.Create, Draft: model.Draft{Values: values}}
}

func TestANewPersonalTokenIsSentAndComparedWithItsAnswer(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	o := draft()
	f.says(create, 201, made(later, o.Values["expires"]))
	issued, err := f.open(t, sessionKey).Do(t.Context(), o)
	if err != nil || issued.Token.ID != "pat-"+heir || issued.Key.Empty() || len(issued.Notes) != 0 || issued.Token.Owner.ID != staff {
		t.Fatalf("got %+v (%v)", issued, err)
	}
	var body struct {
		Name    string    `json:"name"`
		Scopes  []string  `json:"scopes"`
		Expires time.Time `json:"expires_at"`
	}
	if err := json.Unmarshal([]byte(f.writes()[0].body), &body); err != nil || body.Name != "ci" ||
		strings.Join(body.Scopes, " ") != "PROJECT.LIST STAFF.ACCESS" || body.Expires.Format(time.RFC3339) != o.Values["expires"] {
		t.Errorf("sent %s", f.writes()[0].body)
	}
	f.says(create, 201, made(`"ci"`, `"cd"`))
	issued, err = f.open(t, sessionKey).Do(t.Context(), o)
	if said := strings.Join(issued.Notes, " "); err != nil || !strings.Contains(said, "calls it cd") || !strings.Contains(said, "2099-01-01") {
		t.Errorf("it says %q (%v)", said, err)
	}
}

func TestValuesAreCheckedBeforeTheyAreSent(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	api := f.open(t, sessionKey)
	for words, o := range map[string]model.Order{
		"name: it needs":          draft("name", " "),
		"name: it has 151":        draft("name", strings.Repeat("丽", 151)),
		"scopes: it needs":        draft("scopes", " "),
		"expires: a date":         draft("expires", ""),
		"expires: a date ":        draft("expires", "tomorrow"),
		"expires: it lies":        draft("expires", "2020-01-01T00:00:00Z"),
		"expires: it is more":     draft("expires", time.Now().AddDate(1, 0, 2).UTC().Format(time.RFC3339)),
		"expires: it is more ":    draft("expires", "9999-01-01T00:00:00Z"),
		"expires: a date is need": draft("expires", "2026-13-01T00:00:00Z"),
	} {
		_, err := api.Do(t.Context(), o)
		failsAs(t, err, model.Invalid, strings.TrimSpace(words))
	}
	if sent := f.writes(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestNobodyMakesATokenForSomebodyElse(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(scopes, 200, `[{"permission":"STAFF.ACCESS","description":"Everything"}]`)
	f.says(create, 201, made())
	api := f.open(t, sessionKey)
	for id, want := range map[string]bool{"": true, staff: true, mari: false} {
		owner := model.User{ID: id, Username: model.Clean("mari")}
		_, err := api.Prepare(t.Context(), model.Create, model.Token{Owner: owner})
		o := draft()
		o.Owner = owner
		_, done := api.Do(t.Context(), o)
		if want && (err != nil || done != nil) {
			t.Errorf("%q: %v, %v", id, err, done)
		}
		if !want {
			failsAs(t, err, model.Unsupported, "for mari")
			failsAs(t, done, model.Unsupported, "for mari")
		}
	}
}

func TestTheFormAsksForWhatTheServerOffers(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(scopes, 200, `[{"permission":"STAFF.ACCESS","description":"Everything"},{"permission":"PROJECT.LIST"}]`)
	api := f.open(t, sessionKey)
	form, err := api.Prepare(t.Context(), model.Create, model.Token{})
	if err != nil || len(form.Fields) != 3 || len(form.Warnings) != 0 || form.Danger {
		t.Fatalf("got %+v (%v)", form, err)
	}
	asked := form.Fields[1]
	if asked.Kind != model.AskChoices || len(asked.Choices) != 2 || asked.Choices[0] != (model.Choice{Value: "STAFF.ACCESS", Label: "STAFF.ACCESS: Everything"}) {
		t.Errorf("asked %+v", asked)
	}
	if err := form.Fields[2].Check(form.Fields[2].Value); err != nil {
		t.Errorf("its own proposal is refused: %v", err)
	}
	f.says(scopes, 500, "")
	form, err = api.Prepare(t.Context(), model.Create, model.Token{})
	if err != nil || form.Fields[1].Kind != model.AskText || len(form.Warnings) != 1 {
		t.Errorf("got %+v (%v)", form, err)
	}
	f.says(scopes, 200, `[]`)
	_, err = api.Prepare(t.Context(), model.Create, model.Token{})
	failsAs(t, err, model.Unsupported, "no right")
}

func TestTheFormWarnsOfAKeyThatWouldBeRefused(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(scopes, 200, `[{"permission":"STAFF.ACCESS"}]`)
	f.says(me, 200, strings.Replace(meJSON, `tokens":true`, `tokens":false`, 1))
	f.says(configuration, 200, `{"WALDUR_CORE":{"PAT_ENABLED":false}}`)
	form, err := f.open(t, sessionKey).Prepare(t.Context(), model.Create, model.Token{})
	if said := strings.Join(form.Warnings, " "); err != nil || !strings.Contains(said, "not allowed") || !strings.Contains(said, "switched off") {
		t.Errorf("it says %q (%v)", said, err)
	}
	if got := f.last(t, configuration).key; got != "" {
		t.Error("the key went to a page that is open to anybody")
	}
}
