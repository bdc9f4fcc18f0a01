package authentik_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

// made answers a create with what was sent, and with what the server makes of it.
func made(changes map[string]any) answer {
	return func(body string) (int, string) {
		row := map[string]any{"pk": "new1", "managed": nil, "user": 1}
		_ = json.Unmarshal([]byte(body), &row)
		maps.Copy(row, changes)
		said, _ := json.Marshal(row)
		return 201, string(said)
	}
}

func creating(changes map[string]any) map[string]answer {
	return with(superuser(), map[string]answer{
		"POST /core/tokens/":               made(changes),
		"GET /core/tokens/fresh/view_key/": say(200, keyBody),
	})
}

func order(owner string, values map[string]string) model.Order {
	return model.Order{Action: model.Create, Draft: model.Draft{Owner: model.User{ID: owner}, Values: values}}
}

func TestANewTokenIsMadeAsAskedAndItsKeyIsFetched(t *testing.T) {
	t.Parallel()
	s := serve(t, creating(map[string]any{"expires": later}))
	issued := must(s.api(t).Do(t.Context(), order("7", map[string]string{
		"identifier": "fresh", "intent": "api", "description": "for CI", "expiring": "yes",
	})))(t)
	want := `{"identifier":"fresh","intent":"api","user":7,"description":"for CI","expiring":true}`
	if writes := s.writes(); len(writes) != 1 || writes[0].Body != want {
		t.Errorf("sent %v", writes)
	}
	if issued.Key.Reveal() != canary || issued.Token.ID != "fresh" || issued.Token.Owner.ID != "7" {
		t.Errorf("issued %+v", issued.Token)
	}
	if len(issued.Notes) != 1 || !strings.Contains(issued.Notes[0], "2099-11-01 12:30 UTC: the server sets this date itself") {
		t.Errorf("the notes are %q", issued.Notes)
	}
}

func TestWhatTheServerMadeOtherwiseIsSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values  map[string]string
		changes map[string]any
		note    string
	}{
		{map[string]string{"expires": "2098-01-02T03:04:05Z"}, map[string]any{"expires": later}, "and not on 2098-01-02 03:04 UTC"},
		{map[string]string{"expiring": "no"}, map[string]any{"expiring": true}, "expires, although it should not"},
		{nil, map[string]any{"expiring": false}, "does not expire, although it should"},
		{map[string]string{"intent": "app_password"}, map[string]any{"intent": "api"}, "made it api and not app_password"},
		{map[string]string{"description": "x"}, map[string]any{"description": "y"}, "another description"},
		{nil, map[string]any{"user": 1}, "gave the token to user 1 and not to 7"},
	} {
		values := map[string]string{"identifier": "fresh"}
		maps.Copy(values, c.values)
		s := serve(t, creating(c.changes))
		issued := must(s.api(t).Do(t.Context(), order("7", values)))(t)
		if len(issued.Notes) != 1 {
			t.Errorf("%v: %q", c.changes, issued.Notes)
		}
		tells(t, issued.Notes, c.note)
	}
	s := serve(t, creating(nil))
	issued := must(s.api(t).Do(t.Context(), order("7", map[string]string{
		"identifier": "fresh", "intent": "app_password", "expires": "2098-01-02T03:04:05Z",
	})))(t)
	if len(issued.Notes) != 0 || !strings.Contains(s.writes()[0].Body, `"expires":"2098-01-02T03:04:05Z"`) {
		t.Errorf("as asked, and yet %q; sent %v", issued.Notes, s.writes())
	}
}

func TestWrongValuesAreNotSent(t *testing.T) {
	t.Parallel()
	s := serve(t, creating(nil))
	api := s.api(t)
	for label, values := range map[string]map[string]string{
		"identifier: a token":    {},
		"identifier: only":       {"identifier": "a b"},
		"identifier: at most":    {"identifier": strings.Repeat("x", 256)},
		"kind":                   {"identifier": "x", "intent": "recovery"},
		"expires: it is":         {"identifier": "x", "expiring": "maybe"},
		"expires on: this is no": {"identifier": "x", "expires": "tomorrow"},
		"in the past":            {"identifier": "x", "expires": "2020-01-01T00:00:00Z"},
		"has no date":            {"identifier": "x", "expires": "2098-01-01T00:00:00Z", "expiring": "no"},
	} {
		_, err := api.Do(t.Context(), order("", values))
		fails(t, err, model.Invalid, label)
	}
	for _, owner := range []string{"..", "a/b", "1.5", "0x1", "-7", "0"} {
		_, err := api.Do(t.Context(), order(owner, map[string]string{"identifier": "x"}))
		fails(t, err, model.Invalid, "user")
	}
	if sent := s.sent(); len(sent) != 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestANameThatAnExpiredTokenHoldsIsSaidToBecomeFree(t *testing.T) {
	t.Parallel()
	for expires, says := range map[string]bool{later: false, "2020-01-01T00:00:00Z": true} {
		s := serve(t, superuser())
		s.answers("GET /core/tokens/ldap/", say(200, strings.Replace(passBody, later, expires, 1)))
		_, err := s.api(t).Do(t.Context(), order("", map[string]string{"identifier": "ldap"}))
		e := fails(t, err, model.Invalid, "there is a token ldap already")
		if strings.Contains(e.Message.String(), "deletes it within minutes") != says || len(s.writes()) != 0 {
			t.Errorf("%s: %s, sent %v", expires, e.Message, s.writes())
		}
	}
}

func TestNobodyButASuperuserMakesATokenForSomebodyElse(t *testing.T) {
	t.Parallel()
	s := serve(t, with(creating(nil), map[string]answer{"GET /core/users/me/": say(200, saraMe)}))
	api := s.api(t)
	_, err := api.Do(t.Context(), order("1", map[string]string{"identifier": "fresh"}))
	fails(t, err, model.Unsupported, "would make it for sara")
	_, err = api.Prepare(t.Context(), model.Create, model.Token{Owner: model.User{ID: "1"}})
	fails(t, err, model.Unsupported, "would make it for sara")
	if w := s.writes(); len(w) != 0 {
		t.Errorf("sent %v", w)
	}
	must(api.Do(t.Context(), order("7", map[string]string{"identifier": "fresh"})))(t)
	must(api.Do(t.Context(), order("", map[string]string{"identifier": "fresh"})))(t)
}

func TestACreateThatHalfHappenedOrMayHaveIsSaidSo(t *testing.T) {
	t.Parallel()
	values := map[string]string{"identifier": "fresh"}
	s := serve(t, creating(nil))
	s.answers("GET /core/tokens/fresh/view_key/", say(403, denied))
	issued, err := s.api(t).Do(t.Context(), order("", values))
	fails(t, err, model.Partial, "token fresh is made", "v (show key)", "permission", "view_token_key")
	if issued.Token.ID != "fresh" {
		t.Errorf("issued %+v", issued.Token)
	}
	s.answers("GET /core/tokens/fresh/view_key/", say(200, `{"key":null}`))
	_, err = s.api(t).Do(t.Context(), order("", values))
	fails(t, err, model.Partial, "without a key")
	for _, a := range []answer{say(0, ""), say(500, ""), say(200, `<html>`), say(202, apiBody), say(201, apiBody), say(201, `null`), say(201, `[]`)} {
		s.answers("POST /core/tokens/", a)
		before := len(s.writes())
		_, err = s.api(t).Do(t.Context(), order("", values))
		fails(t, err, model.Uncertain, "if it happened, there is a token fresh now")
		if n := len(s.writes()) - before; n != 1 {
			t.Errorf("sent %d times", n)
		}
	}
	s.answers("POST /core/tokens/", say(400, `{"identifier":["Token with this identifier already exists."]}`))
	_, err = s.api(t).Do(t.Context(), order("", values))
	fails(t, err, model.Invalid, "identifier: Token with this identifier already exists.")
}

func TestACreateAsksASuperuserForAUserAndNobodyElse(t *testing.T) {
	t.Parallel()
	keys := func(f model.Form) (keys []string) {
		for _, field := range f.Fields {
			keys = append(keys, field.Key)
		}
		return keys
	}
	all := []string{"user", "identifier", "intent", "description", "expiring", "expires"}
	s := serve(t, superuser())
	form := must(s.api(t).Prepare(t.Context(), model.Create, model.Token{}))(t)
	if !slices.Equal(keys(form), all) || form.Fields[0].Kind != model.AskUser || !form.Fields[0].Optional || form.Danger {
		t.Errorf("asks for %v", keys(form))
	}
	if help := form.Fields[5].Help; !strings.Contains(help, "(30 minutes)") || !strings.Contains(help, "its default") {
		t.Errorf("of the date it says %q", help)
	}
	if len(form.Warnings) != 0 {
		t.Errorf("before anybody is chosen it says %q", form.Warnings)
	}
	form = must(s.api(t).Prepare(t.Context(), model.Create, model.Token{Owner: model.User{ID: "7"}}))(t)
	tells(t, form.Warnings, "hand it over yourself")
	if !slices.Equal(keys(form), all[1:]) {
		t.Errorf("with an owner it asks for %v", keys(form))
	}
	s.answers("GET /core/users/me/", say(200, saraMe))
	form = must(s.api(t).Prepare(t.Context(), model.Create, model.Token{}))(t)
	if !slices.Equal(keys(form), all[1:]) || len(form.Warnings) != 0 || !strings.Contains(form.Fields[3].Help, "only of superusers") {
		t.Errorf("asks for %v and warns %q", keys(form), form.Warnings)
	}
	s.answers("GET /core/users/me/", say(500, ""))
	form = must(s.api(t).Prepare(t.Context(), model.Create, model.Token{}))(t)
	tells(t, form.Warnings, "did not say who authdeck signs in as")
	s.answers("GET /core/users/me/", say(403, invalid))
	_, err := s.api(t).Prepare(t.Context(), model.Create, model.Token{})
	fails(t, err, model.Unauthorized)
}

func TestAnIdentifierIsCheckedAsItIsTyped(t *testing.T) {
	t.Parallel()
	form := must(serve(t, superuser()).api(t).Prepare(t.Context(), model.Create, model.Token{}))(t)
	check := form.Fields[1].Check
	for value, good := range map[string]bool{
		"ci-deploy_2": true, strings.Repeat("x", 255): true, "": false, "a b": false, "ключ": false, "a/b": false, "a\n": false, strings.Repeat("x", 256): false,
	} {
		if err := check(value); (err == nil) != good {
			t.Errorf("%q: %v", value, err)
		}
	}
}

func TestADateThatCountsForNothingSaysWhyBeforehand(t *testing.T) {
	t.Parallel()
	form := must(serve(t, superuser()).api(t).Prepare(t.Context(), model.Create, model.Token{}))(t)
	date := form.Fields[5]
	for _, c := range []struct{ intent, expiring, why string }{
		{"api", "yes", "app passwords only"},
		{"api", "no", "app passwords only"},
		{"app_password", "no", "only if it expires"},
		{"app_password", "yes", ""},
	} {
		if why := date.Idles(map[string]string{"intent": c.intent, "expiring": c.expiring}); date.Key != "expires" || why != c.why {
			t.Errorf("%+v: %s says %q", c, date.Key, why)
		}
	}
}
