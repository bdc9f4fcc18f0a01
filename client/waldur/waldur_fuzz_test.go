package waldur_test

import (
	"net/http"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/wire"
	"authdeck/client/wire/wiretest"
	"authdeck/model"
)

const fuzzKey = "canary-0123456789"

// echo answers every request with the same bytes, without a network; where it
// knows a path it answers with what belongs there.
type echo struct {
	status int
	kind   string
	body   []byte
	known  map[string]string
}

func (e echo) RoundTrip(r *http.Request) (*http.Response, error) {
	status, kind, body := e.status, e.kind, string(e.body)
	if good, ok := e.known[r.Method+" "+r.URL.Path]; ok {
		status, kind, body = 200, "application/json", good
	}
	more := http.Header{"Location": {string(e.body)}, "X-Result-Count": {kind}, "Link": {kind}}
	return wiretest.Answer(r, status, kind, body, more), nil
}

// seeds are answers as they come and as they should not.
func seeds(f *testing.F) {
	f.Helper()
	for _, body := range []string{
		"[" + mariRow + "," + ownRow + "]", "[" + patRow + "]", "[" + userRow + "]", mariRow, patRow, userRow, meJSON, made(),
		answerOf("mari", "canary-new"), answerOf("mari", ""), `[{"permission":"A","description":"b"}]`, `{"WALDUR_CORE":{"PAT_ENABLED":"True"}}`,
		strings.NewReplacer("true", `"True"`, "3600", `"3600"`).Replace("[" + mariRow + "]"), `{"version":"8.0.5"}`, `{"token":"canary-x"}`,
		`[]`, `[null]`, `null`, ``, `{`, `7`, `"x"`, `{"url":7}`, `[{"url":"/9223372036854775808/"}]`, `[{"uuid":"\u202e\u001b[2J"}]`,
		`{"detail":"\u001b[2J canary-0123456789 \u202e"}`, `["canary-0123456789"]`, `{"canary-0123456789":["x"]}`, `<html>canary-0123456789</html>`,
		`[{"url":"/1/","created":7,"user_token_lifetime":{"a":1},"user_is_active":"canary-0123456789"}]`, "https://u:p@host.invalid/\x1b?canary-0123456789",
	} {
		for _, status := range []uint16{0, 1, 4, 102, 200, 201, 203, 204, 229, 300} {
			f.Add([]byte(body), status, "application/json")
		}
		f.Add([]byte(body), uint16(0), "text/html")
		f.Add([]byte(body), uint16(0), `application/json; rel="next"`)
	}
}

// tellable wants no error, or one that can be told.
func tellable(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		wiretest.Tellable(t, err, fuzzKey)
	}
}

// usable wants an identity that can go into a path, and clean words.
func usable(t *testing.T, id string, texts ...model.Text) {
	t.Helper()
	if _, err := wire.Path(id); err != nil {
		t.Errorf("the id is %q", id)
	}
	wiretest.Clean(t, texts...)
}

func FuzzDecode(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, body []byte, status uint16, kind string) {
		all := echo{status: 200 + int(status)%400, kind: kind, body: body}
		p, err := config.NewProfile(client.Kinds(), "cloud", "waldur", "https://w.invalid", config.Given(model.NewSecret(fuzzKey)))
		if err != nil {
			t.Fatal(err)
		}
		reads(t, opened(t, p, all))
		all.known = map[string]string{me: meJSON}
		reads(t, opened(t, p, all))
		all.known = map[string]string{
			me: meJSON, sessions: "[" + mariRow + "]", personals: "[" + patRow + "]", mariToken: mariRow, patToken: patRow,
		}
		api := opened(t, p, all)
		writes(t, api, tokenOf(t, api, "session-17"), tokenOf(t, api, "pat-"+pat))
		signed, err := p.SignInWith("admin")
		if err != nil {
			t.Fatal(err)
		}
		_, err = opened(t, signed, all).WhoAmI(t.Context())
		tellable(t, err)
	})
}

func reads(t *testing.T, api model.API) {
	t.Helper()
	me, err := api.WhoAmI(t.Context())
	if tellable(t, err); err == nil {
		usable(t, me.ID, me.Username, me.FullName, me.Email, me.Kind, me.TokenWord)
	}
	page, err := api.Tokens(t.Context(), model.Query{Size: 7})
	tellable(t, err)
	for _, token := range page.Items {
		usable(t, token.ID, token.Name, token.Scope, token.Description, token.Note, token.Owner.Username)
	}
	for _, q := range []model.Query{{Size: 7}, {Size: 7, At: "2"}, {Filter: model.Filter{Only: model.User{ID: mari}}}} {
		found, err := api.Users(t.Context(), q)
		tellable(t, err)
		if found.Total < model.Uncounted || found.Next != "" && len(found.Items) == 0 {
			t.Errorf("the page is %+v", found)
		}
		for _, u := range found.Items {
			usable(t, u.ID, u.Username, u.FullName, u.Email, u.Kind, u.TokenWord)
		}
	}
	for _, check := range api.(wire.Inspector).Inspect(t.Context()) {
		if check.Found.Empty() || strings.Contains(check.Found.String(), fuzzKey) {
			t.Errorf("a check found %q", check.Found)
		}
	}
}

func writes(t *testing.T, api model.API, subjects ...model.Token) {
	t.Helper()
	for _, token := range subjects {
		for _, a := range []model.Action{model.Regenerate, model.Delete} {
			_, err := api.Prepare(t.Context(), a, token)
			tellable(t, err)
			issued, err := api.Do(t.Context(), model.Order{Action: a, Token: token})
			tellable(t, err)
			if err == nil && a == model.Regenerate && (issued.Token.ID == "" || issued.Key.Empty() && len(issued.Notes) == 0) {
				t.Errorf("issued %+v", issued)
			}
		}
	}
	form, err := api.Prepare(t.Context(), model.Create, model.Token{})
	tellable(t, err)
	if err == nil && len(form.Fields) != 3 {
		t.Errorf("the form is %+v", form)
	}
	issued, err := api.Do(t.Context(), draft())
	tellable(t, err)
	if err == nil && (issued.Key.Empty() || issued.Token.ID == "") {
		t.Errorf("issued %+v", issued)
	}
}
