package saymon_test

import (
	"net/http"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestEachWayOfSigningInSignsEveryRequest(t *testing.T) {
	t.Parallel()
	for way, signed := range map[wire.Way]func(*http.Request) bool{
		wire.ByBasic: func(r *http.Request) bool { name, _, ok := r.BasicAuth(); return ok && name == "ops.admin" },
		wire.ByToken: func(r *http.Request) bool { return r.URL.RawQuery == "api-token="+adminKey },
		wire.BySession: func(r *http.Request) bool {
			return r.Header.Get("Cookie") == "sid="+sessionID+"; csrf="+csrf && r.Header.Get("X-Csrf-Token") == csrf || strings.HasSuffix(r.URL.Path, "/session")
		},
	} {
		s := start(t)
		api := s.api(t, way)
		if me := must(api.WhoAmI(t.Context()))(t); me.ID != adminID || me.TokenWord.String() != "present" {
			t.Errorf("%s: signed in as %+v", way, me)
		}
		does(t, api, model.Regenerate, tokenOf(t, api, viewerID))
		for _, r := range s.requests() {
			marks := 0
			for _, there := range []bool{r.Header.Get("Authorization") != "", r.Header.Get("Cookie") != "", r.URL.RawQuery != ""} {
				if there {
					marks++
				}
			}
			if !signed(r) || marks > 1 {
				t.Errorf("%s: %s %s was signed with %v", way, r.Method, r.URL, r.Header)
			}
		}
	}
}

func TestASessionIsOpenedOnceAndEnded(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.BySession)
	must(api.WhoAmI(t.Context()))(t)
	must(api.Users(t.Context(), model.Query{Size: 7}))(t)
	for range 2 { // the second time there is nothing to end
		if err := api.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
	var ended []*http.Request
	for _, r := range s.requests() {
		if r.Method == http.MethodDelete {
			ended = append(ended, r)
		}
	}
	if s.opened != 1 || !s.closed || len(ended) != 1 || ended[0].URL.Path != "/node/api/users/session" || ended[0].Header.Get("X-Csrf-Token") != csrf {
		t.Errorf("%d sessions were opened and %d ended", s.opened, len(ended))
	}
}

func TestASessionThatEndedIsOpenedAgain(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.BySession)
	must(api.WhoAmI(t.Context()))(t)
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	_, err := api.WhoAmI(t.Context())
	failsAs(t, err, model.Unauthorized, "signs in again")
	must(api.WhoAmI(t.Context()))(t)
	if s.opened != 2 {
		t.Errorf("%d sessions were opened", s.opened)
	}
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	if err := api.Close(t.Context()); err != nil {
		t.Errorf("a session that ended by itself cannot be ended: %v", err)
	}
}

func TestNothingIsEndedThatTheConsoleDidNotOpen(t *testing.T) {
	t.Parallel()
	for _, way := range []wire.Way{wire.ByBasic, wire.ByToken, wire.BySession} {
		s := start(t)
		api := s.api(t, way)
		if way != wire.BySession {
			must(api.WhoAmI(t.Context()))(t)
		}
		if err := api.Close(t.Context()); err != nil {
			t.Error(err)
		}
		for _, r := range s.requests() {
			if r.Method != http.MethodGet {
				t.Errorf("%s: %s %s was sent", way, r.Method, r.URL.Path)
			}
		}
	}
}

func TestAServerWithoutCSRFIsSignedInToAsWell(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.answers("GET /current", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "sid="+sessionID || r.Header.Get("X-Csrf-Token") != "" {
			t.Errorf("signed with %v", r.Header)
		}
		say(w, http.StatusOK, row{"id": adminID, "login": "ops.admin"})
	})
	for body, kind := range map[string]string{`"` + sessionID + `"`: "application/json", sessionID: "text/plain", ` "` + sessionID + `" `: ""} {
		s.answers("POST /session", saying(http.StatusOK, kind, body))
		must(s.api(t, wire.BySession).WhoAmI(t.Context()))(t)
	}
}

func TestASignInThatGivesNoSessionIsNoSignIn(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]model.Kind{
		`"a; csrf=b"`: model.Malformed, `"a\r\nX-Evil: b"`: model.Malformed, `""`: model.Malformed, `null`: model.Malformed,
		`{"sid":"x"}`: model.Malformed, `<html>`: model.Malformed, ``: model.Malformed, `"` + canary: model.Malformed,
	} {
		s := start(t)
		s.answers("POST /session", saying(http.StatusOK, "application/json", body))
		_, err := s.api(t, wire.BySession).WhoAmI(t.Context())
		failsAs(t, err, want, "no session id")
		if n := len(s.requests()); n != 1 {
			t.Errorf("%q: %d requests were sent", body, n)
		}
	}
}

func TestAWrongPasswordIsTriedOnce(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.answers("POST /session", func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusUnauthorized, row{"code": "InvalidCredentials", "message": `{"errorCode":3,"message":"Invalid login or password."}`})
	})
	api := s.api(t, wire.BySession)
	for range 3 {
		_, err := api.WhoAmI(t.Context())
		failsAs(t, err, model.Unauthorized, "Invalid login or password. (InvalidCredentials)")
	}
	if n := len(s.requests()); n != 1 {
		t.Errorf("the wrong password was sent %d times", n)
	}
}
