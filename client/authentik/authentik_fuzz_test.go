package authentik_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"unicode"
	"unicode/utf8"

	"authdeck/client/page"
	"authdeck/client/wire"
	"authdeck/client/wire/wiretest"
	"authdeck/model"
)

// bytesBack answers every question with the same bytes, without a network, but for
// what a test wants to be answered well.
type bytesBack struct {
	status int
	kind   string
	body   []byte
	well   map[string]string
}

func (b bytesBack) RoundTrip(r *http.Request) (*http.Response, error) {
	status, kind, body := b.status, b.kind, string(b.body)
	if said, ok := b.well[r.Method+" "+strings.TrimPrefix(r.URL.Path, "/api/v3")]; ok {
		status, kind, body = http.StatusOK, "application/json", said
	}
	return wiretest.Answer(r, status, kind, body, nil), nil
}

// tellable wants no error, or one that can be told.
func tellable(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		wiretest.Tellable(t, err, "signs-in")
	}
}

// plain wants sentences that do nothing to a terminal, however long.
func plain(t *testing.T, sentences ...string) {
	t.Helper()
	for _, s := range sentences {
		if strings.ContainsFunc(s, unicode.IsControl) || strings.ContainsAny(s, "\u202e\u2066") || !utf8.ValidString(s) {
			t.Errorf("%+q is not plain", s)
		}
	}
}

func harmlessUser(t *testing.T, u model.User) {
	t.Helper()
	wiretest.Clean(t, u.Username, u.FullName, u.Email, u.Kind)
	if n, err := strconv.ParseInt(u.ID, 10, 64); err != nil || n < 1 {
		t.Errorf("the user has the id %q", u.ID)
	}
}

func harmlessToken(t *testing.T, row model.Token) {
	t.Helper()
	wiretest.Clean(t, row.Name, row.Kind, row.Description, row.Managed, row.Note, row.Owner.Username)
	if row.ID == "" {
		t.Error("there is a token without an id")
	}
}

func sane[T any](t *testing.T, got model.Page[T]) {
	t.Helper()
	if got.Total < model.Uncounted {
		t.Errorf("the list has %d rows", got.Total)
	}
	if n, err := page.Number(got.Next); got.Next != "" && (err != nil || n < 2 || len(got.Items) == 0) {
		t.Errorf("after %d rows comes %q", len(got.Items), got.Next)
	}
}

func FuzzDecode(f *testing.F) {
	bodies := []string{
		listOf(apiBody, passBody), listOf(sara), rootMe, saraMe, apiBody, passBody, rootBody, keyBody, denied, gone, invalid, sara,
		`{"pagination":{"next":2,"count":-1},"results":[{"identifier":"a/b","expires":7,"expiring":"x","user":-1,"user_obj":{}}]}`,
		`{"pagination":{"next":1e308,"count":1e308},"results":[]}`, `{"pagination":null,"results":null}`, `{"results":[null]}`,
		`[{"app":"a","model_name":"outpost","name":"\u001b[2J","action":"\u202e"}]`, `{"user":{"pk":1e300}}`, `{"version_current":"\u001b"}`,
		`{"detail":"signs-in \u001b[2J \u202e","code":"x"}`, `{"identifier":["signs-in"],"non_field_errors":["x"]}`, `{"key":["signs-in"]}`,
		`[]`, `null`, ``, `{`, `7`, `"signs-in"`, `<html>signs-in</html>`, `{"default_token_length":1e18}`, `{"default_token_length":-1}`,
	}
	for i, body := range bodies {
		f.Add([]byte(body), uint16(0), "application/json")
		f.Add([]byte(body), []uint16{1, 2, 4, 100, 200, 203, 204, 205, 229, 300, 303}[i%11], "application/json")
		f.Add([]byte(body), uint16(i), "text/html")
	}
	f.Fuzz(func(t *testing.T, body []byte, status uint16, kind string) {
		back := bytesBack{status: 200 + int(status)%400, kind: kind, body: body}
		fuzzes := func(fuzz func(*testing.T, model.API)) { // a proof waits a second
			synctest.Test(t, func(t *testing.T) { fuzz(t, at(t, "https://sso.invalid", back)) })
		}
		fuzzes(fuzzReads)
		// What comes before a write is answered well, so that the bytes are the write's.
		back.well = map[string]string{
			"GET /core/users/me/": rootMe, "GET /core/tokens/": listOf(apiBody, rootBody),
			"GET /core/tokens/ci/": apiBody, "GET /core/tokens/root-api/": rootBody,
		}
		fuzzes(fuzzWrites)
		back.well["GET /core/tokens/ci/view_key/"] = keyBody
		back.well["GET /core/tokens/fresh/view_key/"] = keyBody
		fuzzes(fuzzWrites)
	})
}

func fuzzReads(t *testing.T, api model.API) {
	t.Helper()
	me, err := api.WhoAmI(t.Context())
	if tellable(t, err); err == nil {
		harmlessUser(t, me)
	}
	plain(t, api.Info().Generation)
	tokens, err := api.Tokens(t.Context(), model.Query{Size: 7})
	if tellable(t, err); err == nil {
		sane(t, tokens)
		for _, row := range tokens.Items {
			harmlessToken(t, row)
		}
	}
	for _, q := range []model.Query{{Size: 7}, {Filter: model.Filter{Only: model.User{ID: "7"}}}} {
		users, err := api.Users(t.Context(), q)
		if tellable(t, err); err == nil {
			sane(t, users)
			for _, u := range users.Items {
				harmlessUser(t, u)
			}
		}
	}
	for _, check := range api.(wire.Inspector).Inspect(t.Context()) {
		plain(t, check.Found.String(), check.Advice)
	}
}

func fuzzWrites(t *testing.T, api model.API) {
	t.Helper()
	rows := must(api.Tokens(t.Context(), model.Query{Size: 7}))(t).Items
	fresh := map[string]string{"identifier": "fresh", "expiring": "yes"}
	for _, row := range rows {
		for _, action := range model.Actions() {
			form, err := api.Prepare(t.Context(), action, row)
			tellable(t, err)
			plain(t, form.Warnings...)
			for _, field := range form.Fields {
				plain(t, field.Help)
			}
			issued, err := api.Do(t.Context(), model.Order{Action: action, Token: row, Draft: model.Draft{Owner: row.Owner, Values: fresh}})
			if tellable(t, err); err != nil {
				continue
			}
			harmlessToken(t, issued.Token)
			makes := action != model.Edit && action != model.Delete
			if makes == issued.Key.Empty() {
				t.Errorf("after %s there is a key: %t", action, !makes)
			}
			plain(t, issued.Notes...)
		}
	}
}
