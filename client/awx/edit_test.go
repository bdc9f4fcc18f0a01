package awx_test

import (
	"encoding/json"
	"strings"
	"testing"

	"authdeck/model"
)

func TestAnEditSendsOnlyWhatChanged(t *testing.T) {
	for name, c := range map[string]struct {
		values     map[string]string
		sent, says string
	}{
		"the description":  {map[string]string{"description": "day watch", "scope": "read"}, `{"description":"day watch"}`, ""},
		"the scope":        {map[string]string{"description": "night watch", "scope": "write"}, `{"scope":"write"}`, ""},
		"no description":   {map[string]string{"description": ""}, `{"description":""}`, ""},
		"what it was told": {map[string]string{"description": "x"}, `{"description":"x"}`, "made the description: day watch"},
	} {
		answered := strings.NewReplacer(`"night watch"`, `"`+c.values["description"]+`"`, `"read"`, `"write"`).Replace(token42)
		if c.says != "" {
			answered = strings.Replace(token42, "night", "day", 1)
		}
		s := lab(t, map[string][]answer{"PATCH /api/v2/tokens/42/": {ok(answered)}})
		api := s.byToken(t, "oauth2")
		issued := must(api.Do(t.Context(), order(model.Edit, read(t, api, s), c.values)))(t)
		if got := s.last(t).body; got != c.sent || (c.says == "") != (len(issued.Notes) == 0) || !says(issued.Notes, c.says) || !issued.Key.Empty() {
			t.Errorf("%s: sent %s, noted %q", name, got, issued.Notes)
		}
	}
}

func TestWhatTheScreenAltersGoesBackAsItWas(t *testing.T) {
	const odd = "first line\nsecond line\t(owner:\u00a0ops) 👩\u200d🔧❤\ufe0f \u200fسارا\u00ad \x1b[2J"
	s := lab(t, nil)
	api := s.byToken(t, "oauth2")
	row := read(t, api, s)
	row.Description = model.Clean(odd)
	form := must(api.Prepare(t.Context(), model.Edit, row))(t)
	if f := form.Fields[0]; f.Value != odd || !f.Lines {
		t.Errorf("the form begins with %+q, lines %v", f.Value, f.Lines)
	}
	quoted := must(json.Marshal(odd))(t)
	now := strings.Replace(token42, `"night watch"`, string(quoted), 1)
	s = lab(t, map[string][]answer{
		"GET /api/v2/tokens/": {ok(listOf(now))}, "GET /api/v2/tokens/42/": {ok(now)}, "PATCH /api/v2/tokens/42/": {ok(now)},
	})
	api = s.byToken(t, "oauth2")
	row = must(api.Tokens(t.Context(), model.Query{Size: 5}))(t).Items[0]
	_, err := api.Do(t.Context(), order(model.Edit, row, map[string]string{"description": odd, "scope": "read"}))
	failsAs(t, err, model.Invalid, "nothing is different")
	must(api.Do(t.Context(), order(model.Edit, row, map[string]string{"description": odd + " x", "scope": "read"})))(t)
	var sent struct{ Description string }
	if err := json.Unmarshal([]byte(s.last(t).body), &sent); err != nil || sent.Description != odd+" x" {
		t.Errorf("sent %s", s.last(t).body)
	}
}

func TestAnEditThatIsNoneIsRefused(t *testing.T) {
	for _, values := range []map[string]string{nil, {"description": "night watch", "scope": "read"}, {"scope": "admin"}, {"scope": ""}, {"scope": " "}} {
		s := lab(t, nil)
		api := s.byToken(t, "oauth2")
		_, err := api.Do(t.Context(), order(model.Edit, read(t, api, s), values))
		failsAs(t, err, model.Invalid, "")
	}
	s := lab(t, map[string][]answer{"PATCH /api/v2/tokens/42/": {made("44", "")}})
	api := s.byToken(t, "oauth2")
	_, err := api.Do(t.Context(), order(model.Edit, read(t, api, s), map[string]string{"scope": "write"}))
	failsAs(t, err, model.Uncertain, "another token")
}

func TestAnEditBeginsWithWhatThereIs(t *testing.T) {
	for scope, choices := range map[string]int{"read": 2, "write": 2, "read write": 3, "openid roles": 3} {
		token := model.Token{Description: model.Clean("d"), Scope: model.Clean(scope)}
		form := must(lab(t, nil).byToken(t, "oauth2").Prepare(t.Context(), model.Edit, token))(t)
		if form.Fields[0].Value != "d" || form.Fields[1].Value != scope || len(form.Fields[1].Choices) != choices {
			t.Errorf("the form for %s is %+v", scope, form.Fields)
		}
	}
}

func TestATokenThatChangedSinceItWasReadIsLeftAlone(t *testing.T) {
	used := strings.Replace(token42, `"scope"`, `"last_used":"2026-01-01T00:00:00Z","scope"`, 1)
	for name, c := range map[string]struct {
		now  string
		kind model.Kind
	}{
		"another description": {strings.Replace(token42, "night", "day", 1), model.Conflict},
		"another scope":       {strings.Replace(token42, `"read"`, `"write"`, 1), model.Conflict},
		"another owner":       {strings.Replace(token42, `"user":1,`, `"user":2,`, 1), model.Conflict},
		"another date":        {strings.Replace(token42, "000202", "000203", 1), model.Conflict},
		"another number":      {strings.Replace(token42, `"id":42`, `"id":41`, 1), model.Conflict},
		"no number":           {strings.Replace(token42, `"id":42`, `"id":0`, 1), model.Malformed},
	} {
		for _, a := range []model.Action{model.Edit, model.Regenerate, model.Delete} {
			s := lab(t, map[string][]answer{"GET /api/v2/tokens/42/": {ok(c.now)}})
			api := s.byToken(t, "oauth2")
			_, err := api.Do(t.Context(), order(a, read(t, api, s), map[string]string{"scope": "write"}))
			t.Log(name, a)
			failsAs(t, err, c.kind, "")
			if s.writes() != "" {
				t.Errorf("%s of a token with %s sent %s", a, name, s.writes())
			}
		}
	}
	s := lab(t, map[string][]answer{"GET /api/v2/tokens/42/": {ok(strings.Replace(used, "000202", "000203", 1))}})
	api := s.byToken(t, "oauth2")
	if _, err := api.Do(t.Context(), order(model.Delete, read(t, api, s), nil)); err != nil {
		t.Errorf("a use stood in the way of a delete: %v", err)
	}
}

func TestATokenIsDeletedByNumber(t *testing.T) {
	s := lab(t, nil)
	api := s.byToken(t, "oauth2")
	must(api.Do(t.Context(), order(model.Delete, read(t, api, s), nil)))(t)
	if s.writes() != "DELETE /api/v2/tokens/42/" {
		t.Errorf("sent %s", s.writes())
	}
	for _, id := range []string{"", "..", "42/", "me", "-1", "{id}", "1?x=1"} {
		_, err := api.Do(t.Context(), order(model.Delete, model.Token{ID: id}, nil))
		failsAs(t, err, model.Invalid, "no number")
	}
}

func TestADeleteWarnsOfWhatElseItEnds(t *testing.T) {
	for name, c := range map[string]struct {
		token model.Token
		words string
		said  bool
	}{
		"of an application": {model.Token{Kind: model.Clean("application")}, "refresh token", true},
		"a personal one":    {model.Token{Kind: model.Clean("personal")}, "refresh token", false},
		"of our own":        {model.Token{Owner: model.User{ID: "1"}}, "may be the very token", true},
		"of somebody else":  {model.Token{Owner: model.User{ID: "2"}}, "may be the very token", false},
	} {
		form := must(lab(t, nil).byToken(t, "oauth2").Prepare(t.Context(), model.Delete, c.token))(t)
		if says(form.Warnings, c.words) != c.said || !form.Danger {
			t.Errorf("%s warns of %q", name, form.Warnings)
		}
	}
	form := must(lab(t, nil).byPassword(t, "oauth2").Prepare(t.Context(), model.Delete, model.Token{Owner: model.User{ID: "1"}}))(t)
	if says(form.Warnings, "very token") {
		t.Errorf("with a password it warns of %q", form.Warnings)
	}
}
