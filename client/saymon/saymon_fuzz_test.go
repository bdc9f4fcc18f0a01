package saymon_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/wire"
	"authdeck/client/wire/wiretest"
	"authdeck/model"
)

// canned answers without a network: a sign-in and the reads as they should be, and
// everything else, or everything, with the same bytes.
type canned struct {
	status int
	kind   string
	body   []byte
	reads  string // what reads of a user are answered; empty for the bytes
}

// RoundTrip implements [http.RoundTripper].
func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	status, kind, body := c.status, c.kind, string(c.body)
	if c.reads != "" && r.Method == http.MethodGet {
		status, kind, body = http.StatusOK, "application/json", c.reads
	}
	return wiretest.Answer(r, status, kind, body, http.Header{"Set-Cookie": {"csrf=" + canary + "csrf", body}}), nil
}

func (c canned) open(t *testing.T, way wire.Way) model.API {
	t.Helper()
	p := must(config.NewProfile(client.Kinds(), "shop", "saymon", "https://shop.invalid", config.Given(model.NewSecret(canary+"key"))))(t)
	if p.Way = string(way); way != wire.ByToken {
		p.Username = "ops.admin"
	}
	return must(client.Open(t.Context(), p, client.Env{
		Getenv: func(string) string { return "" }, RecheckDelay: time.Millisecond, Log: slog.New(slog.DiscardHandler), Network: c,
	}))(t)
}

// tellable wants an error that can be told.
func tellable(t *testing.T, err error) {
	t.Helper()
	wiretest.Tellable(t, err, canary+"key", canary+"csrf")
}

func sane(t *testing.T, u model.User) {
	t.Helper()
	wiretest.Clean(t, u.Username, u.FullName, u.Email, u.Kind, u.Role, u.TokenWord)
	if u.ID == "" || u.TokenWord.Empty() || (u.HasToken == model.Yes) != (u.TokenWord.String() == "present") {
		t.Errorf("the user is %+v", u)
	}
}

func FuzzDecodeOfEveryAnswer(f *testing.F) {
	const whole = `{"id":"12","login":"sara","displayName":"sa**","permissions":["manage-users",1],"status":2,"activeTo":1e3,"group":null,"source":{"sourceType":1},"authenticationToken":"canary-key"}`
	for i, body := range []string{
		whole, "[" + whole + "]", `{"users":[` + whole + `]}`, "[" + whole + `,{"id":"13","login":"x"}]`, `[{"id":"1","login":"x"}]`, `[null]`, `[]`, `null`, ``, `{`, `7`,
		`"canary-key"`, `"99999999-8888-4777-8666-555555555555"`, `99999999-8888-4777-8666-555555555555`, `<html>canary-key</html>`, `"a\u0000b"`, `""`, `true`,
		`{"code":"Unauthorized","message":"{\"errorCode\":3,\"message\":\"canary-key api-token=canary-key\"}"}`, `{"code":"\u001b[2J","message":"\u202e"}`, `{"message":{"message":{"message":"x"}}}`,
		`{"id":"12","login":"\u001b]52;c;x\u0007","authenticationToken":{}}`, `{"id":"12","login":7,"source":[],"status":"2","activeTo":99999999999999999999}`, `{"id":""}`, `{"id":12}`,
		"https://u:p@host.invalid/\x1b?api-token=canary-key", `{"id":"12","authenticationToken":"a","authenticationToken":null}`,
	} {
		f.Add([]byte(body), uint16(0), "application/json")
		f.Add([]byte(body), []uint16{1, 2, 4, 102, 200, 201, 203, 229, 300, 303}[i%10], "application/json; charset=utf-8")
		f.Add([]byte(body), uint16(0), "text/plain")
	}
	f.Fuzz(func(t *testing.T, body []byte, status uint16, kind string) {
		c := canned{status: 200 + int(status)%400, kind: kind, body: body}
		for _, way := range []wire.Way{wire.ByToken, wire.BySession} {
			c.reads = ""
			reads(t, c.open(t, way))
			for _, c.reads = range []string{"", `{"id":"12","login":"sara","permissions":[],"authenticationToken":"canary-key"}`} {
				writes(t, c.open(t, way))
			}
		}
	})
}

func reads(t *testing.T, api model.API) {
	t.Helper()
	for _, only := range []model.User{{}, {ID: "12"}} {
		q := model.Query{Size: 7, Filter: model.Filter{Only: only}}
		users, err := api.Users(t.Context(), q)
		if err != nil {
			tellable(t, err)
		}
		for _, u := range users.Items {
			sane(t, u)
		}
		tokens, err := api.Tokens(t.Context(), q)
		if err != nil {
			tellable(t, err)
		}
		for _, token := range tokens.Items {
			sane(t, token.Owner)
			if token.Name.Empty() && token.ID == "" {
				t.Errorf("the token is %+v", token)
			}
		}
	}
	if me, err := api.WhoAmI(t.Context()); err == nil {
		sane(t, me)
	} else {
		tellable(t, err)
	}
	if err := api.Close(t.Context()); err != nil {
		tellable(t, err)
	}
}

func writes(t *testing.T, api model.API) {
	t.Helper()
	token := model.Token{ID: "12", Owner: model.User{ID: "12"}}
	page, err := api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: token.Owner}})
	if err == nil && len(page.Items) > 0 {
		token = page.Items[0]
	}
	for _, a := range []model.Action{model.Create, model.Regenerate, model.Delete} {
		if _, err := api.Prepare(t.Context(), a, token); err != nil {
			tellable(t, err)
		}
		issued, err := api.Do(t.Context(), model.Order{Action: a, Token: token, Draft: model.Draft{Owner: token.Owner}})
		switch {
		case err != nil:
			tellable(t, err)
		case a != model.Delete && issued.Key.Empty():
			t.Errorf("%s gave no key: %+v", a, issued)
		case a != model.Delete:
			sane(t, issued.Token.Owner)
			if key := issued.Key.Reveal(); strings.ContainsAny(key, " \r\n\"<>") {
				t.Errorf("%q was taken for a key", key)
			}
		}
	}
}
