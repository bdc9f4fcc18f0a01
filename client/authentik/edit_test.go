package authentik_test

import (
	"encoding/json"
	"strings"
	"testing"

	"authdeck/model"
)

// patched answers an edit with another row.
func patched(from string, pairs ...string) answer {
	return say(200, strings.NewReplacer(pairs...).Replace(from))
}

func TestAnEditSendsOwnerAndKindAndOnlyWhatIsDifferent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id, body string
		values   map[string]string
		sent     string
	}{
		{"ci", apiBody, nil, `{"intent":"api","user":7}`},
		{"ci", apiBody, map[string]string{"identifier": "ci", "description": "deploy", "expiring": "yes"}, `{"intent":"api","user":7}`},
		{"ci", apiBody, map[string]string{"description": "", "expiring": "no", "expires": "2098-01-01T00:00:00Z"}, `{"intent":"api","user":7,"description":"","expiring":false}`},
		{"ldap", passBody, map[string]string{"expires": "2099-11-01T12:30:00Z"}, `{"intent":"app_password","user":7}`},
		{"ldap", strings.Replace(passBody, `"ldap"`, `"ldap2"`, 1), map[string]string{"identifier": "ldap2"}, `{"identifier":"ldap2","intent":"app_password","user":7}`},
		{"ldap", passBody, map[string]string{"description": "new", "expires": "2099-11-01T12:30:00Z"}, `{"intent":"app_password","user":7,"description":"new"}`},
		{"ldap", passBody, map[string]string{"expires": "2098-01-01T00:00:00Z"}, `{"intent":"app_password","user":7,"expires":"2098-01-01T00:00:00Z"}`},
		{"ldap", passBody, map[string]string{"expires": "2099-11-01T12:30:00Z", "expiring": "no"}, `{"intent":"app_password","user":7,"expiring":false}`},
		{"root-api", rootBody, map[string]string{"expiring": "yes"}, `{"intent":"api","user":1,"expiring":true}`},
	} {
		s := serve(t, with(superuser(), map[string]answer{"PATCH /core/tokens/" + c.id + "/": say(200, c.body)}))
		api := s.api(t)
		must(api.Do(t.Context(), model.Order{Action: model.Edit, Token: token(t, api, c.id), Draft: model.Draft{Values: c.values}}))(t)
		if writes := s.writes(); len(writes) != 1 || writes[0].Body != c.sent {
			t.Errorf("%s with %v sent %v, want %s", c.id, c.values, writes, c.sent)
		}
	}
}

func TestATextThatCleaningAlteredIsNotSentBackUntouched(t *testing.T) {
	t.Parallel()
	odd := strings.Replace(apiBody, `"deploy"`, `"de\u202eploy"`, 1)
	s := serve(t, with(superuser(), map[string]answer{
		"GET /core/tokens/": say(200, listOf(odd)), "GET /core/tokens/ci/": say(200, odd), "PATCH /core/tokens/ci/": say(200, odd),
	}))
	api := s.api(t)
	row := token(t, api, "ci")
	form := must(api.Prepare(t.Context(), model.Edit, row))(t)
	must(api.Do(t.Context(), model.Order{Action: model.Edit, Token: row, Draft: model.Draft{Values: map[string]string{"description": form.Fields[1].Value}}}))(t)
	if body := s.writes()[0].Body; strings.Contains(body, "description") {
		t.Errorf("sent %s", body)
	}
}

func TestATextThatCleaningAlteredIsSentBackAsItCame(t *testing.T) {
	t.Parallel()
	const odd = "first line\nsecond line\t(owner:\u00a0ops) 👩\u200d🔧 \u200fسارا\u00ad"
	body := strings.Replace(apiBody, `"deploy"`, string(must(json.Marshal(odd))(t)), 1)
	s := serve(t, with(superuser(), map[string]answer{
		"GET /core/tokens/": say(200, listOf(body)), "GET /core/tokens/ci/": say(200, body), "PATCH /core/tokens/ci/": say(200, body),
	}))
	api := s.api(t)
	row := token(t, api, "ci")
	form := must(api.Prepare(t.Context(), model.Edit, row))(t)
	if f := form.Fields[1]; f.Value != odd || !f.Lines {
		t.Errorf("the form begins with %+q, lines %v", f.Value, f.Lines)
	}
	_, _ = api.Do(t.Context(), model.Order{Action: model.Edit, Token: row, Draft: model.Draft{Values: map[string]string{"description": odd + " x"}}})
	var sent struct{ Description string }
	if err := json.Unmarshal([]byte(s.writes()[0].Body), &sent); err != nil || sent.Description != odd+" x" {
		t.Errorf("sent %s", s.writes()[0].Body)
	}
}

func TestAnEditSaysWhatTheServerMadeOfIt(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{"PATCH /core/tokens/ci/": patched(apiBody, `"ci"`, `"ci2"`, later, "2098-05-06T07:08:09Z")}))
	api := s.api(t)
	edit := func(values map[string]string) (model.Issued, error) {
		return api.Do(t.Context(), model.Order{Action: model.Edit, Token: token(t, api, "ci"), Draft: model.Draft{Values: values}})
	}
	issued := must(edit(map[string]string{"identifier": "ci2"}))(t)
	tells(t, issued.Notes, "It expires on 2098-05-06 07:08 UTC")
	if issued.Token.ID != "ci2" || !issued.Key.Empty() {
		t.Errorf("issued %+v", issued)
	}
	_, err := edit(nil)
	fails(t, err, model.Uncertain, "another token")
	s.answers("PATCH /core/tokens/ci/", patched(apiBody, "0d4f", "ffff"))
	_, err = edit(nil)
	fails(t, err, model.Uncertain, "another token")
	for _, id := range []string{"", "a b"} {
		_, err = edit(map[string]string{"identifier": id})
		fails(t, err, model.Invalid, "identifier")
	}
}

func TestAnAppPasswordThatBeginsToExpireNeedsADate(t *testing.T) {
	t.Parallel()
	never := strings.NewReplacer(`"expiring":true`, `"expiring":false`, later, "2020-01-01T00:00:00Z").Replace(passBody)
	s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/": say(200, listOf(never)), "GET /core/tokens/ldap/": say(200, never)}))
	api := s.api(t)
	_, err := api.Do(t.Context(), model.Order{Action: model.Edit, Token: token(t, api, "ldap"), Draft: model.Draft{Values: map[string]string{"expiring": "yes", "expires": ""}}})
	fails(t, err, model.Invalid, "expires on")
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
}

func TestWhatAuthentikMadeForItselfIsNeitherEditedNorReplaced(t *testing.T) {
	t.Parallel()
	for name, pair := range map[string][2]string{
		"managed":      {`"managed":null`, `"managed":"goauthentik.io/outpost/1"`},
		"recovery":     {`"intent":"api"`, `"intent":"recovery"`},
		"verification": {`"intent":"api"`, `"intent":"verification"`},
		"unknown":      {`"intent":"api"`, `"intent":"agent"`},
		"nobody's":     {`"user":7,"user_obj":{"pk":7,`, `"user_obj":{`},
	} {
		body := strings.Replace(apiBody, pair[0], pair[1], 1)
		s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/": say(200, listOf(body)), "GET /core/tokens/ci/": say(200, body)}))
		api := s.api(t)
		row := token(t, api, "ci")
		for _, action := range []model.Action{model.Edit, model.Replace} {
			_, err := api.Prepare(t.Context(), action, row)
			fails(t, err, model.Unsupported)
			_, err = do(t, api, action, row)
			fails(t, err, model.Unsupported)
		}
		if w := s.writes(); len(w) != 0 {
			t.Errorf("%s: sent %v", name, w)
		}
	}
}

func TestATokenThatSomebodyMarkedAsManagedIsNotSaidToBeAuthentiksAndCanBeEdited(t *testing.T) {
	t.Parallel()
	body := strings.Replace(apiBody, `"managed":null`, `"managed":"terraform"`, 1)
	s := serve(t, with(superuser(), map[string]answer{
		"GET /core/tokens/": say(200, listOf(body)), "GET /core/tokens/ci/": say(200, body), "PATCH /core/tokens/ci/": say(200, body),
	}))
	api := s.api(t)
	row := token(t, api, "ci")
	for _, action := range []model.Action{model.Edit, model.Regenerate, model.Replace, model.Delete} {
		form := must(api.Prepare(t.Context(), action, row))(t)
		tells(t, form.Warnings, "managed by “terraform”, which is no part of authentik")
	}
	must(edit(t, api, "ci", map[string]string{"description": "new"}))(t)
	if sent := s.writes()[0].Body; strings.Contains(sent, "managed") {
		t.Errorf("sent %s", sent)
	}
}

func TestTheFormOfAnEditBeginsWithWhatIsThere(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	api := s.api(t)
	for id, want := range map[string][]string{
		"ci": {"ci", "deploy", "yes"}, "ldap": {"ldap", "d", "yes", "2099-11-01T12:30:00Z"}, "root-api": {"root-api", "", "no"},
	} {
		form := must(api.Prepare(t.Context(), model.Edit, token(t, api, id)))(t)
		var values []string
		for _, f := range form.Fields {
			values = append(values, f.Value)
		}
		if strings.Join(values, "|") != strings.Join(want, "|") {
			t.Errorf("%s begins with %q", id, values)
		}
		if said := form.Review(model.Draft{}); (len(said) > 0) != (id != "ldap") {
			t.Errorf("of %s it says %q", id, said)
		}
	}
}

func TestATokenThatChangedSinceItWasReadIsLeftAlone(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{`"user":7`, `"user":8`},
		{`"api"`, `"app_password"`},
		{"deploy", "other"},
		{later, "2098-01-01T00:00:00Z"},
		{`"expiring":true`, `"expiring":false`},
		{`"managed":null`, `"managed":"x"`},
		{`"ci"`, `"other"`},
	} {
		s := serve(t, superuser())
		api := s.api(t)
		row := token(t, api, "ci")
		s.answers("GET /core/tokens/ci/", say(200, strings.Replace(apiBody, pair[0], pair[1], 1)))
		for _, action := range []model.Action{model.Edit, model.Regenerate, model.Replace, model.Delete} {
			_, err := do(t, api, action, row)
			fails(t, err, model.Conflict, "token ci has changed since it was read")
		}
		if w := s.writes(); len(w) != 0 {
			t.Errorf("%v: sent %v", pair, w)
		}
	}
}
