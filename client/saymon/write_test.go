package saymon_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestATokenLivesFromCreateToDelete(t *testing.T) {
	t.Parallel()
	for _, way := range []wire.Way{wire.ByBasic, wire.BySession, wire.ByToken} {
		s := start(t)
		api := s.api(t, way)
		made := must(creates(t, api, userOf(t, api, freshID)))(t)
		if made.Token.ID != freshID || made.Token.Owner.TokenWord.String() != "present" || len(made.Notes) != 0 || made.Key.Reveal() != canary+"9999-1" {
			t.Errorf("%s: created %+v", way, made)
		}
		if listed := tokenOf(t, api, freshID); listed != made.Token {
			t.Errorf("%s: the list has %+v, made was %+v", way, listed, made.Token)
		}
		again := does(t, api, model.Regenerate, made.Token)
		if again.Key.Equal(made.Key) || again.Token.Version == made.Token.Version || len(again.Notes) != 0 {
			t.Errorf("%s: regenerated %+v", way, again)
		}
		if listed := tokenOf(t, api, freshID); listed != again.Token {
			t.Errorf("%s: the list has %+v, regenerated was %+v", way, listed, again.Token)
		}
		if gone := does(t, api, model.Delete, again.Token); len(gone.Notes) != 0 {
			t.Errorf("%s: %q was said", way, gone.Notes)
		}
		if u := userOf(t, api, freshID); u.TokenWord.String() != "cleared" {
			t.Errorf("%s: the user is %+v", way, u)
		}
		_, err := api.Do(t.Context(), model.Order{Action: model.Delete, Token: again.Token})
		failsAs(t, err, model.NotFound, "fresh has no token any more")
		path := "/node/api/users/" + freshID + "/auth-token"
		if got, want := s.writes(), []string{"POST " + path, "POST " + path, "DELETE " + path}; !slices.Equal(got, want) {
			t.Errorf("%s: sent %q", way, got)
		}
	}
}

func TestAKeyIsReadFromEveryFormOfTheAnswer(t *testing.T) {
	t.Parallel()
	const key = canary + "9-9"
	for _, c := range []struct {
		status            int
		kind, body, holds string
	}{
		{200, "application/json", `"` + key + `"`, key},
		{201, "text/plain", key + "\n", key},
		{200, "", ` "` + key + `" `, key},
		{200, "text/html", key, key},
		{200, "application/json", ``, ""},
		{200, "application/json", `""`, ""},
		{200, "application/json", `" "`, ""},
		{200, "", "null", ""},
		{200, "application/json", `7`, ""},
		{200, "application/json", `{"token":"` + key + `"}`, ""},
		{200, "application/json", `["` + key + `"]`, ""},
		{200, "application/json", `"` + key, ""},
		{200, "text/html", "<html>log in " + key + "</html>", ""},
		{200, "text/plain", "not " + key, ""},
		{200, "application/json", `"a\u001bb"`, ""},
		{200, "text/plain", strings.Repeat("a", 513), ""},
		{200, "text/plain", "ключ", ""},
		{202, "application/json", `"` + key + `"`, ""},
		{204, "", "", ""},
		{302, "", key, ""},
		{500, "text/plain", key, ""},
	} {
		s := start(t)
		s.answers("POST /"+freshID+"/auth-token", func(w http.ResponseWriter, r *http.Request) {
			s.user(freshID)["authenticationToken"] = c.holds
			saying(c.status, c.kind, c.body)(w, r)
		})
		api := s.api(t, wire.ByBasic)
		issued, err := creates(t, api, model.User{ID: freshID})
		if c.holds == "" {
			failsAs(t, err, model.Uncertain)
		} else if err != nil || issued.Key.Reveal() != c.holds || len(issued.Notes) != 0 {
			t.Errorf("%d %q: %+v, %v", c.status, c.body, issued, err)
		}
		if n := len(s.writes()); n != 1 {
			t.Errorf("%d %q: sent %d times", c.status, c.body, n)
		}
	}
}

func TestAKeyThatIsNotTheUsersIsHandedOutWithADoubt(t *testing.T) {
	t.Parallel()
	for shown, says := range map[any]string{
		"********": "another one", nil: "none", canary + "other": "another one", canary + "9": "another one",
	} {
		s := start(t)
		s.answers("POST /"+freshID+"/auth-token", saying(http.StatusOK, "application/json", `"`+canary+`9-9"`))
		s.sets(freshID, "authenticationToken", shown)
		issued := must(creates(t, s.api(t, wire.ByBasic), model.User{ID: freshID}))(t)
		hasNote(t, issued.Notes, says)
		if issued.Key.Reveal() != canary+"9-9" {
			t.Errorf("%v: the key is lost", shown)
		}
	}
}

func TestHalfAKeyIsNotHandedOut(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.answers("POST /"+freshID+"/auth-token", saying(http.StatusOK, "text/plain", canary+"9-"))
	s.sets(freshID, "authenticationToken", canary+"9-9")
	issued, err := creates(t, s.api(t, wire.ByBasic), model.User{ID: freshID})
	failsAs(t, err, model.Uncertain, "only the beginning")
	if !issued.Key.Empty() {
		t.Error("half a key was handed out")
	}
}

func TestAProofThatCannotBeReadIsADoubtAndNoFailure(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	token := tokenOf(t, api, viewerID)
	breaks := func(answer http.HandlerFunc) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			s.answer["GET /"+viewerID] = saying(http.StatusInternalServerError, "text/html", "<h1>sorry</h1>")
			answer(w, r)
		}
	}
	s.answers("POST /"+viewerID+"/auth-token", breaks(saying(http.StatusOK, "application/json", `"`+canary+`9-9"`)))
	s.answers("DELETE /"+viewerID+"/auth-token", breaks(saying(http.StatusNoContent, "", "")))
	made := does(t, api, model.Regenerate, token)
	hasNote(t, made.Notes, "could not be read")
	if made.Key.Reveal() != canary+"9-9" || made.Token.ID != token.ID {
		t.Errorf("regenerated %+v", made)
	}
	s.answers("GET /"+viewerID, nil)
	s.sets(viewerID, "authenticationToken", made.Key.Reveal())
	hasNote(t, does(t, api, model.Delete, made.Token).Notes, "could not be read")
}

func TestADeletionThatLeftTheTokenIsContradicted(t *testing.T) {
	t.Parallel()
	for _, answer := range []http.HandlerFunc{saying(http.StatusOK, "", ""), saying(http.StatusNoContent, "", ""), saying(http.StatusOK, "application/json", "true")} {
		s := start(t)
		api := s.api(t, wire.ByBasic)
		token := tokenOf(t, api, viewerID)
		s.answers("DELETE /"+viewerID+"/auth-token", answer)
		_, err := api.Do(t.Context(), model.Order{Action: model.Delete, Token: token})
		failsAs(t, err, model.Contradicted, "viewer has a token all the same")
	}
}

func TestALoginPageIsNoDeletion(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	token := tokenOf(t, api, viewerID)
	s.answers("DELETE /"+viewerID+"/auth-token", func(w http.ResponseWriter, r *http.Request) {
		s.answer["GET /"+viewerID] = saying(http.StatusInternalServerError, "", "")
		saying(http.StatusOK, "text/html", "<html>log in</html>")(w, r)
	})
	_, err := api.Do(t.Context(), model.Order{Action: model.Delete, Token: token})
	failsAs(t, err, model.Uncertain)
}
