package client_test

import (
	"io"
	"net/http"
	"strconv"
	"testing"

	"authdeck/client/wire"
	"authdeck/client/wire/wiretest"
	"authdeck/model"
)

const fuzzKey = "canary-0123456789"

// echo answers every request with the same bytes, without a network. It always
// names a time to wait, so that no request is made twice.
type echo struct {
	status int
	kind   string
	body   []byte
}

// RoundTrip implements [http.RoundTripper].
func (e echo) RoundTrip(r *http.Request) (*http.Response, error) {
	return wiretest.Answer(r, e.status, e.kind, string(e.body), nil), nil
}

// echoing is a Hamgam at the other end of such a network.
func echoing(t *testing.T, e echo) model.API {
	t.Helper()
	return openThrough(t, e, profile(t, "https://shop.invalid", fuzzKey), io.Discard)
}

// statusOf makes a code that a server can send of any number.
func statusOf(n uint16) int { return 200 + int(n)%400 }

// seeds are answers as they come and as they should not.
func seeds(f *testing.F) {
	f.Helper()
	const user = `{"id":12,"username":"op.sara","mobile_number":"0912","first_name":"Sara","last_name":null,"is_active":true,"last_login":null,"created_at":"2025-12-01T08:00:00.120345Z"}`
	const token = `{"id":31,"key":"0123456789abcdef","user_data":` + user + `,"created_at":"2025-12-01T08:00:00.120345Z","updated_at":"x"}`
	codes := []uint16{1, 4, 102, 200, 201, 203, 204, 229, 300, 303}
	bodies := []string{
		`{"count":23,"next":"https://host.invalid/?limit=1&offset=1","previous":null,"results":[` + token + `]}`,
		`{"count":1,"results":[` + user + `]}`, `{"count":1,"results":[` + user[:60], user, token,
		`{"count":-9,"results":[]}`, `{"count":0,"results":null}`, `{"results":[null]}`, `{"count":1e3,"results":[{"id":-1}]}`,
		`{"count":2,"results":[{"id":1},{"id":1}]}`, `[]`, `null`, ``, `{`, `7`, `"x"`, `{"count":"1","results":{}}`,
		`{"detail":"\u001b[2J canary-0123456789 \u202e"}`, `{"user":["wrong","again"],"non_field_errors":["x"]}`, `{"user_id":["This field is required."]}`,
		`["canary-0123456789"]`, `{"canary-0123456789":["x"]}`, `<html>canary-0123456789</html>`, `{"\u001b]52;c;x\u0007":["x"]}`, `{"a":{"b":[1]}}`,
		`{"count":1,"results":[{"id":1,"username":"\u001b[2J\u202e\u009b","first_name":"\u200b","last_name":"\ud800"}]}`,
		`{"count":1,"results":[{"id":9223372036854775807,"key":null,"user_data":null}]}`, "https://u:p@host.invalid/\x1b?canary-0123456789",
	}
	for i, body := range bodies {
		f.Add([]byte(body), uint16(0), "application/json")
		f.Add([]byte(body), codes[i%len(codes)], "application/json")
	}
	for _, kind := range []string{"application/json; charset=utf-8", "text/html", "", "a/b; ="} {
		f.Add([]byte(bodies[0]), uint16(0), kind)
	}
	for _, code := range codes {
		f.Add([]byte(`{"canary-0123456789":["canary-0123456789"]}`), code, "application/json")
	}
}

// tellable wants an error that can be told.
func tellable(t *testing.T, err error) {
	t.Helper()
	wiretest.Tellable(t, err, fuzzKey)
}

func cleanUser(t *testing.T, u model.User) {
	t.Helper()
	wiretest.Clean(t, u.Username, u.FullName, u.Mobile, u.Email)
	if _, err := strconv.ParseInt(u.ID, 10, 64); err != nil {
		t.Errorf("the user has the id %q", u.ID)
	}
}

// sane holds the frame of a page against what a list relies on.
func sane[T any](t *testing.T, page model.Page[T], next func(model.Query) error) {
	t.Helper()
	if page.Total < model.Uncounted {
		t.Errorf("the list has %d rows", page.Total)
	}
	if page.Next == "" {
		return
	}
	foreign := next(model.Query{Size: 7, At: "x"})
	if err := next(model.Query{Size: 7, At: page.Next}); err != nil && err.Error() == foreign.Error() || len(page.Items) == 0 {
		t.Errorf("after %d rows comes %q (%v)", len(page.Items), page.Next, err)
	}
}

func FuzzHamgamTokens(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, body []byte, status uint16, kind string) {
		api := echoing(t, echo{statusOf(status), kind, body})
		page, err := api.Tokens(t.Context(), model.Query{Size: 7})
		if err != nil {
			tellable(t, err)
			return
		}
		sane(t, page, func(q model.Query) error { _, err := api.Tokens(t.Context(), q); return err })
		for _, token := range page.Items {
			wiretest.Clean(t, token.Name)
			cleanUser(t, token.Owner)
			if _, err := wire.Path(token.ID); err != nil {
				t.Error(err)
			}
		}
	})
}

func FuzzHamgamUsers(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, body []byte, status uint16, kind string) {
		api := echoing(t, echo{statusOf(status), kind, body})
		page, err := api.Users(t.Context(), model.Query{Size: 7})
		if err != nil {
			tellable(t, err)
		} else {
			sane(t, page, func(q model.Query) error { _, err := api.Users(t.Context(), q); return err })
			for _, user := range page.Items {
				cleanUser(t, user)
			}
		}
		if me, err := api.WhoAmI(t.Context()); err == nil {
			cleanUser(t, me)
		} else {
			tellable(t, err)
		}
	})
}

func FuzzHamgamError(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, body []byte, status uint16, kind string) {
		api := echoing(t, echo{statusOf(status), kind, body})
		issued, err := api.Do(t.Context(), creating("12"))
		switch {
		case err != nil:
			tellable(t, err)
		case issued.Key.Empty() || issued.Token.ID == "" || issued.Token.ID == "0":
			t.Errorf("a token without a key or a number was issued: %+v", issued)
		default:
			cleanUser(t, issued.Token.Owner)
		}
		if _, err := api.Do(t.Context(), ordering(model.Delete)); err != nil {
			tellable(t, err)
		}
	})
}
