package awx_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"authdeck/model"
)

func TestASuccessorIsMadeBeforeTheOldTokenEnds(t *testing.T) {
	s := lab(t, nil)
	api := s.byToken(t, "oauth2")
	issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	if issued.Token.ID != "43" || issued.Key.Reveal() != secret+"new" || len(issued.Notes) != 0 || issued.Token.Own {
		t.Errorf("issued %+v", issued)
	}
	if s.writes() != "POST /api/v2/tokens/, DELETE /api/v2/tokens/42/" {
		t.Errorf("sent %s", s.writes())
	}
	for _, r := range s.requests() {
		if r.method == http.MethodPost && r.body != `{"description":"night watch","scope":"read"}` {
			t.Errorf("the successor is made of %s", r.body)
		}
	}
}

func TestTheSuccessorHasTheDescriptionByteByByte(t *testing.T) {
	const odd = `"first\nsecond\t\u00a0👩\u200d🔧"`
	now := strings.Replace(token42, `"night watch"`, odd, 1)
	s := lab(t, map[string][]answer{
		"GET /api/v2/tokens/": {ok(listOf(now))}, "GET /api/v2/tokens/42/": {ok(now)},
		"POST /api/v2/tokens/": {{status: 201, body: strings.NewReplacer(`"id":42`, `"id":43`, `"night watch"`, odd, `************`, secret+"new").Replace(token42)}},
	})
	api := s.byToken(t, "oauth2")
	row := must(api.Tokens(t.Context(), model.Query{Size: 5}))(t).Items[0]
	issued, err := api.Do(t.Context(), order(model.Regenerate, row, nil))
	if err != nil || strings.Contains(strings.Join(issued.Notes, " "), "escription") {
		t.Errorf("noted %q, %v", issued.Notes, err)
	}
	for _, r := range s.requests() {
		var sent, want struct{ Description string }
		if r.method != http.MethodPost {
			continue
		}
		if json.Unmarshal([]byte(r.body), &sent) != nil || json.Unmarshal([]byte(`{"description":`+odd+`}`), &want) != nil || sent != want {
			t.Errorf("the successor is made of %s", r.body)
		}
	}
}

func TestTheSuccessorIsOfTheSameApplication(t *testing.T) {
	s := lab(t, map[string][]answer{
		"GET /api/v2/tokens/42/": {ok(strings.Replace(token42, `"application":null`, `"application":9`, 1))},
		"POST /api/v2/tokens/":   {made("43", `,"application":9`)},
	})
	api := s.byToken(t, "oauth2")
	must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	for _, r := range s.requests() {
		if r.method == http.MethodPost && !strings.Contains(r.body, `"application":9`) {
			t.Errorf("the successor is made of %s", r.body)
		}
	}
}

func TestANewKeyIsHandedOutWhateverBecomesOfTheOldToken(t *testing.T) {
	for words, end := range map[string]answer{
		"IS STILL VALID and must be deleted (the server does not permit it (no)": {status: 403, body: `{"detail":"no"}`},
		"is not known": {status: 500, body: `{}`},
	} {
		s := start(t, map[string][]answer{"GET /api/gateway/v1/me/": {{status: 401, body: `{"detail":"Invalid username/password."}`}}})
		_, err := s.byPassword(t, "gateway").WhoAmI(t.Context())
		failsAs(t, err, model.Unauthorized, "the server says: Invalid username/password")
		if strings.Contains(model.Reason(err), "Basic") {
			t.Errorf("a gateway that says why is doubted: %v", err)
		}
		s = lab(t, map[string][]answer{"DELETE /api/v2/tokens/42/": {end}})
		api := s.byToken(t, "oauth2")
		issued, err := api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil))
		failsAs(t, err, model.Partial, words)
		if issued.Key.Empty() || issued.Token.ID != "43" {
			t.Errorf("issued %+v", issued)
		}
	}
	s := lab(t, map[string][]answer{
		"GET /api/v2/tokens/42/": {ok(token42), {status: 404, body: noSuchToken}}, "DELETE /api/v2/tokens/42/": {{status: 404, body: noSuchToken}},
	})
	api := s.byToken(t, "oauth2")
	issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	if issued.Key.Empty() || !says(issued.Notes, "gone already") {
		t.Errorf("noted %q", issued.Notes)
	}
}

func TestTheOldTokenStaysWhereTheSuccessorIsInDoubt(t *testing.T) {
	for name, c := range map[string]struct {
		made  answer
		kind  model.Kind
		words string
		key   bool
	}{
		"refused":          {answer{status: 400, body: `{"scope":["no"]}`}, model.Invalid, "no", false},
		"lost":             {answer{status: 502, body: `{}`}, model.Uncertain, "502", false},
		"without a key":    {made("43", `,"token":"$encrypted$"`), model.Partial, "nobody can use it", false},
		"the old number":   {made("42", ""), model.Partial, "look in the list which is the newer", true},
		"no number":        {made("0", ""), model.Partial, "#42 is as it was", true},
		"another's":        {made("43", `,"user":9,"summary_fields":{"user":{"id":9,"username":"robot"}}`), model.Partial, "is of user robot; #42 is as it was", true},
		"another scope":    {made("43", `,"scope":"write"`), model.Partial, "its scope is write; #42 is as it was", true},
		"an application's": {made("43", `,"application":7`), model.Partial, "for another application", true},
		"an odd one's":     {made("43", `,"application":{}`), model.Partial, "for another application", true},
	} {
		s := lab(t, map[string][]answer{"POST /api/v2/tokens/": {c.made}})
		api := s.byToken(t, "oauth2")
		issued, err := api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil))
		failsAs(t, err, c.kind, c.words)
		if issued.Key.Empty() == c.key || s.writes() != "POST /api/v2/tokens/" {
			t.Errorf("%s: sent %s, with a key: %t", name, s.writes(), !issued.Key.Empty())
		}
	}
}

func TestAScopeThatTheServerChoseIsNotTakenForTheOldOne(t *testing.T) {
	blank := strings.Replace(token42, `"scope":"read"`, `"scope":""`, 1)
	s := lab(t, map[string][]answer{"GET /api/v2/tokens/42/": {ok(blank)}})
	api := s.byToken(t, "oauth2")
	row := read(t, api, s)
	row.Scope = model.Text{}
	_, err := api.Do(t.Context(), order(model.Regenerate, row, nil))
	failsAs(t, err, model.Partial, "its scope is read")
}

func TestATokenOfAnApplicationThatIsNotToldHasNoSuccessor(t *testing.T) {
	s := lab(t, map[string][]answer{"GET /api/v2/tokens/42/": {ok(strings.Replace(token42, `"application":null`, `"application":{}`, 1))}})
	api := s.byToken(t, "oauth2")
	_, err := api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil))
	failsAs(t, err, model.Unsupported, "for which application")
	if s.writes() != "" {
		t.Errorf("sent %s", s.writes())
	}
}

func TestAnothersTokenHasNoSuccessor(t *testing.T) {
	s := lab(t, nil)
	api := s.byToken(t, "oauth2")
	other := model.Token{ID: "42", Owner: model.User{ID: "8"}}
	_, err := api.Prepare(t.Context(), model.Regenerate, other)
	failsAs(t, err, model.Unsupported, "would not be its owner's")
	_, err = api.Do(t.Context(), order(model.Regenerate, other, nil))
	failsAs(t, err, model.Unsupported, "would not be its owner's")
	if s.writes() != "" {
		t.Errorf("sent %s", s.writes())
	}
}

func TestTheClientGoesOnWithTheSuccessorOfItsOwnToken(t *testing.T) {
	s := lab(t, map[string][]answer{"GET /api/v2/me/": {ok(listOf(rootUser)), {status: 401, body: gone}, ok(listOf(rootUser))}})
	api := s.byToken(t, "oauth2")
	form := must(api.Prepare(t.Context(), model.Regenerate, model.Token{Owner: model.User{ID: "1"}}))(t)
	if !form.Danger || !says(form.Warnings, "goes on with the new one") {
		t.Errorf("it warns of %q", form.Warnings)
	}
	issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	if !issued.Token.Own || !says(issued.Notes, "authdeck goes on with this key") {
		t.Errorf("issued %+v", issued)
	}
	must(api.Tokens(t.Context(), model.Query{Size: 5}))(t)
	if signed := s.last(t).signed; signed != "Bearer "+secret+"new" {
		t.Errorf("it signs with %q", signed)
	}
}

func TestWithAPasswordNoKeyIsGoneOnWith(t *testing.T) {
	s := lab(t, map[string][]answer{"GET /api/v2/me/": {ok(listOf(rootUser)), {status: 401, body: gone}}})
	api := s.byPassword(t, "oauth2")
	must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	must(api.Tokens(t.Context(), model.Query{Size: 5}))(t)
	for _, r := range s.requests() {
		if r.signed != s.last(t).signed || !strings.HasPrefix(r.signed, "Basic ") {
			t.Errorf("%s is signed with %q", r, r.signed)
		}
	}
}

func TestARefusalSaysWhatItMeans(t *testing.T) {
	for name, c := range map[string]struct {
		body     string
		password bool
		words    string
	}{
		"a token":    {gone, false, "wrong, or has expired, or was deleted"},
		"a password": {gone, true, "the user name or the password is wrong, or the user is switched off, or the server takes no sign-in with Basic"},
	} {
		s := start(t, map[string][]answer{"GET /api/v2/me/": {{status: 401, body: c.body}}})
		api := s.byToken(t, "oauth2")
		if c.password {
			api = s.byPassword(t, "oauth2")
		}
		_, err := api.WhoAmI(t.Context())
		t.Log(name)
		failsAs(t, err, model.Unauthorized, c.words)
	}
	s := start(t, map[string][]answer{"GET /api/gateway/v1/me/": {{status: 401, body: `{"detail":"Invalid username/password."}`}}})
	_, err := s.byPassword(t, "gateway").WhoAmI(t.Context())
	failsAs(t, err, model.Unauthorized, "the server says: Invalid username/password")
	if strings.Contains(model.Reason(err), "Basic") {
		t.Errorf("a gateway that says why is doubted: %v", err)
	}
	s = lab(t, map[string][]answer{"DELETE /api/v2/tokens/42/": {{status: 403, body: `{"detail":"You do not have permission to perform this action."}`}}})
	api := s.byToken(t, "oauth2")
	_, err = api.Do(t.Context(), order(model.Delete, read(t, api, s), nil))
	failsAs(t, err, model.Forbidden, "scope read")
}
