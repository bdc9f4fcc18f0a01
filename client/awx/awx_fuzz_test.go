package awx_test

import (
	"log/slog"
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/wire"
	"authdeck/client/wire/wiretest"
	"authdeck/model"
)

// echo answers every request with the same bytes, without a network. A time to
// wait is named so that nothing is asked twice.
type echo struct {
	status int
	kind   string
	body   []byte
}

func (e echo) RoundTrip(r *http.Request) (*http.Response, error) {
	more := http.Header{"X-Api-Product-Version": {string(e.body)}, "Auth-Token-Timeout": {string(e.body)}}
	return wiretest.Answer(r, e.status, e.kind, string(e.body), more), nil
}

func (e echo) open(t *testing.T, generation string, password bool) model.API {
	t.Helper()
	p, err := config.NewProfile(client.Kinds(), "lab", "awx", "https://lab.invalid", config.Given(model.NewSecret(secret)))
	if err == nil && password {
		p, err = p.SignInWith("root")
	}
	if err != nil {
		t.Fatal(err)
	}
	p.Generation = generation
	api, err := client.Open(t.Context(), p, client.Env{Log: slog.New(slog.DiscardHandler), RecheckDelay: time.Millisecond, Version: "1", Network: e})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func FuzzDecodeAnswers(f *testing.F) {
	const app = `{"id":9,"name":"Portal"}`
	grant := `{"token":"0a1b2c3d4e5f60718293a4b5c6d7e8f901234567","expires":"2018-02-21T10:30:00.123456Z"}`
	for i, body := range []string{
		listOf(token42), listOf(rootUser), token42, rootUser, grant, listOf(app), apiTwo, apiBoth, apiObj, apiOAuth, apiOld, apiAAP, gone,
		`{"authtoken":"x","users":"y"}`, `{"tokens":"x"}`, `{"version":"3.2.8","ha":false}`, `{"results":[{"id":-1}]}`, `{"results":null}`, `{"results":[null]}`,
		`{"count":-9,"next":7,"results":[]}`, `[]`, `null`, ``, `{`, `7`, `"x"`, `{"id":42,"token":"` + secret + `"}`, `{"token":"a\u001bb"}`,
		`{"__all__":["` + secret + ` \u001b[2J"]}`, `{"detail":"Token is expired"}`, `{"` + secret + `":["` + secret + `"]}`, "<html>" + secret + "</html>",
	} {
		codes := []int{201, 204, 302, 400, 401, 403, 404, 500}
		for which := range uint8(10) {
			f.Add([]byte(body), 200, "application/json", which)
			f.Add([]byte(body), codes[(i+int(which))%len(codes)], "application/json", which)
		}
		f.Add([]byte(body), 200, "text/html", uint8(i%10))
	}
	generations := []string{"", "tower", "oauth2", "gateway", "none"}
	f.Fuzz(func(t *testing.T, body []byte, status int, kind string, which uint8) {
		e := echo{200 + (status%400+400)%400, kind, body}
		synctest.Test(t, func(t *testing.T) { exercise(t, e.open(t, generations[which%5], which%10 > 4)) }) // a proof waits
	})
}

// exercise does everything once.
func exercise(t *testing.T, api model.API) {
	t.Helper()
	me, err := api.WhoAmI(t.Context())
	if tellable(t, err) {
		saneUser(t, me)
	}
	q := model.Query{Size: 7}
	tokens, err := api.Tokens(t.Context(), q)
	if tellable(t, err) {
		sanePage(t, tokens)
		for _, token := range tokens.Items {
			saneToken(t, token)
		}
	}
	users, err := api.Users(t.Context(), q)
	if tellable(t, err) {
		sanePage(t, users)
		for _, user := range users.Items {
			saneUser(t, user)
		}
	}
	token := model.Token{ID: "42", Owner: model.User{ID: "1"}}
	values := map[string]string{"username": "alice", "description": "d", "scope": "write", "application": "9"}
	for _, a := range model.Actions() {
		form, err := api.Prepare(t.Context(), a, token)
		if tellable(t, err) {
			cleanAll(t, form.Warnings)
			if form.Review != nil {
				cleanAll(t, form.Review(model.Draft{Values: values}))
			}
		}
		issued, err := api.Do(t.Context(), model.Order{Action: a, Token: token, Draft: model.Draft{Values: values, Password: model.NewSecret(secret)}})
		if tellable(t, err) {
			saneToken(t, issued.Token)
			cleanAll(t, issued.Notes)
			if (a == model.Create || a == model.Regenerate) && issued.Key.Empty() {
				t.Errorf("%s gave no key", a)
			}
		}
	}
	if system, is := api.(wire.Inspector); is {
		wiretest.Clean(t, system.Inspect(t.Context())[0].Found)
	}
	tellable(t, api.Close(t.Context()))
	if model.Clean(api.Info().Generation).Changed() {
		t.Errorf("the generation is %q", api.Info().Generation)
	}
}

// tellable reports whether there was no error, and wants one of the model that
// holds no key and nothing harmful.
func tellable(t *testing.T, err error) bool {
	t.Helper()
	if err == nil {
		return true
	}
	wiretest.Tellable(t, err, secret)
	return false
}

func cleanAll(t *testing.T, sentences []string) {
	t.Helper()
	for _, sentence := range sentences {
		if model.Clean(sentence).String() != sentence && len(sentence) < 1000 {
			t.Errorf("%+q is not clean", sentence)
		}
	}
}

func saneUser(t *testing.T, u model.User) {
	t.Helper()
	wiretest.Clean(t, u.Username, u.FullName, u.Email, u.Kind, u.Role)
	if _, err := strconv.ParseInt(u.ID, 10, 64); err != nil && u.ID != "" {
		t.Errorf("the user has the id %q", u.ID)
	}
}

func saneToken(t *testing.T, token model.Token) {
	t.Helper()
	wiretest.Clean(t, token.Name, token.Kind, token.Description, token.Scope, token.Note)
	saneUser(t, token.Owner)
}

// sanePage holds the frame of a page against what a list relies on.
func sanePage[T any](t *testing.T, page model.Page[T]) {
	t.Helper()
	if page.Total < model.Uncounted || page.Next != "" && len(page.Items) == 0 {
		t.Errorf("the page is %+v", page)
	}
}
