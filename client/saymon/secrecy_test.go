package saymon_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

// asks does everything once and gives the errors.
func asks(t *testing.T, api model.API) map[string]error {
	t.Helper()
	token := model.Token{ID: viewerID, Owner: model.User{ID: viewerID}}
	ended := map[string]error{}
	_, ended["me"] = api.WhoAmI(t.Context())
	_, ended["users"] = api.Users(t.Context(), model.Query{Size: 7, Search: "needle"})
	_, ended["tokens"] = api.Tokens(t.Context(), model.Query{Size: 7})
	_, ended["create"] = api.Do(t.Context(), model.Order{Action: model.Create, Draft: model.Draft{Owner: token.Owner}})
	_, ended["regenerate"] = api.Do(t.Context(), model.Order{Action: model.Regenerate, Token: token})
	_, ended["delete"] = api.Do(t.Context(), model.Order{Action: model.Delete, Token: token})
	return ended
}

// tellsNothing wants every error to be of a kind, and neither it nor the log to
// hold a key, a query or an address.
func tellsNothing(t *testing.T, address string, way wire.Way, want model.Kind) {
	t.Helper()
	log := &book{}
	for what, err := range asks(t, open(t, address, way, log)) {
		if err == nil || model.KindOf(err) != want {
			t.Errorf("%s: got %v, want %s", what, err, want)
			continue
		}
		failsAs(t, err, want)
		if strings.Contains(err.Error(), "api-token") && !strings.Contains(err.Error(), "api-token=[secret]") || strings.Contains(err.Error(), address) {
			t.Errorf("%s: the error holds an address: %v", what, err)
		}
	}
	written := log.String()
	hides(t, "the log", written)
	for _, word := range []string{"api-token", "needle", "Cookie", "Authorization", "ops.admin", strings.TrimPrefix(address, "http://")} {
		if strings.Contains(written, word) {
			t.Errorf("the log holds %q", word)
		}
	}
	if !strings.Contains(written, `"path":"/node/api/users`) {
		t.Errorf("the log tells of no request: %s", written)
	}
}

func ways() []wire.Way { return []wire.Way{wire.ByBasic, wire.ByToken} }

func TestARefusedConnectionTellsNoKey(t *testing.T) {
	t.Parallel()
	for _, way := range ways() {
		s := start(t)
		s.Close()
		tellsNothing(t, s.URL, way, model.Unavailable)
	}
}

func TestABrokenConnectionTellsNoKey(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.Config.Handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	log := &book{}
	_, err := open(t, s.URL, wire.ByToken, log).WhoAmI(t.Context())
	failsAs(t, err, model.Unavailable)
	hides(t, "the log", log.String())
}

func TestARedirectIsNotFollowedAndTellsNoKey(t *testing.T) {
	t.Parallel()
	elsewhere := start(t)
	for _, code := range []int{301, 302, 303, 307, 308} {
		for _, to := range []string{elsewhere.URL + "%s", "/login%s", "{%s", "http://[::1%s", "https://u:" + canary + "@x.invalid%s"} {
			s := start(t)
			s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", fmt.Sprintf(to, r.URL.RequestURI()))
				w.WriteHeader(code)
			})
			tellsNothing(t, s.URL, wire.ByToken, model.Malformed)
		}
	}
	if n := len(elsewhere.requests()); n != 0 {
		t.Errorf("the other host got %d requests", n)
	}
}

func TestARefusalThatEchoesTheAddressDoesNotShowIt(t *testing.T) {
	t.Parallel()
	for _, echo := range []string{
		`{"code":"Internal","message":"GET %s failed"}`, `{"code":"Unauthorized","message":"{\"errorCode\":3,\"message\":\"%s\"}"}`,
		`{"code":"%s"}`, `{"detail":"%s"}`, `{"message":{"message":"%s"}}`, `["%s"]`, `<html>%s</html>`, `{"code":5,"message":"\u0061pi-token=%s"}`,
	} {
		s := start(t)
		s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			saying(http.StatusUnauthorized, "application/json", fmt.Sprintf(echo, r.URL.RequestURI()))(w, r)
		})
		tellsNothing(t, s.URL, wire.ByToken, model.Unauthorized)
	}
}

func TestARefusalThatEchoesTheSessionDoesNotShowIt(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.answers("GET /current", func(w http.ResponseWriter, r *http.Request) {
		say(w, http.StatusForbidden, row{"code": "Forbidden", "message": r.Header.Get("Cookie") + " " + r.Header.Get("X-Csrf-Token")})
	})
	log := &book{}
	_, err := open(t, s.URL, wire.BySession, log).WhoAmI(t.Context())
	failsAs(t, err, model.Forbidden, "sid=")
	hides(t, "the log", log.String())
}

func TestTheSecondSecretOfASessionIsShownInNoSpelling(t *testing.T) {
	t.Parallel()
	for _, spelt := range []string{strings.ToUpper(csrf), hex.EncodeToString([]byte(csrf)), base64.StdEncoding.EncodeToString([]byte(csrf)), strings.Join(strings.Split(csrf, ""), "-")} {
		s := start(t)
		s.answers("GET /current", func(w http.ResponseWriter, _ *http.Request) {
			say(w, http.StatusForbidden, row{"code": "Forbidden", "message": "no " + spelt})
		})
		_, err := open(t, s.URL, wire.BySession, &book{}).WhoAmI(t.Context())
		if failsAs(t, err, model.Forbidden, ""); strings.Contains(err.Error(), spelt) {
			t.Errorf("it is shown: %v", err)
		}
	}
}

func TestNothingThatIsReadShowsAKey(t *testing.T) {
	t.Parallel()
	s := start(t)
	log := &book{}
	api := open(t, s.URL, wire.ByToken, log)
	showsNoKey(t, must(api.WhoAmI(t.Context()))(t))
	showsNoKey(t, must(api.Tokens(t.Context(), model.Query{Size: 7}))(t))
	showsNoKey(t, must(api.Users(t.Context(), model.Query{Size: 7}))(t))
	showsNoKey(t, api.Info())
	hides(t, "the log", log.String())
}
