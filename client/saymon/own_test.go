package saymon_test

import (
	"net/http"
	"strings"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestTheConsoleGoesOnWithItsOwnNewKey(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByToken)
	token := tokenOf(t, api, adminID)
	hasNote(t, must(api.Prepare(t.Context(), model.Regenerate, token))(t).Warnings[:1], "it goes on with the new key")
	for range 2 {
		made := does(t, api, model.Regenerate, token)
		hasNote(t, made.Notes, "configuration")
		if len(made.Notes) != 1 || !made.Token.Own {
			t.Errorf("regenerated %+v", made)
		}
		made.Key.Wipe() // as the dialog does that showed it
		if me := must(api.WhoAmI(t.Context()))(t); me.ID != adminID {
			t.Errorf("signed in as %+v", me)
		}
		token = tokenOf(t, api, adminID)
	}
	must(creates(t, api, userOf(t, api, adminID)))(t) // a create replaces it as well
	must(api.WhoAmI(t.Context()))(t)
}

func TestAKeyThatTheListMasksIsFollowedAllTheSame(t *testing.T) {
	t.Parallel()
	s := start(t)
	masked := func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusOK, row{"id": adminID, "login": "ops.admin", "permissions": []string{}, "authenticationToken": "****"})
	}
	api := s.api(t, wire.ByToken)
	s.answers("GET /"+adminID, masked)
	must(api.WhoAmI(t.Context()))(t)
	token := must(api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: adminID}}}))(t).Items[0]
	hasNote(t, must(api.Prepare(t.Context(), model.Regenerate, token))(t).Warnings, "may be the very one")
	hasNote(t, must(api.Prepare(t.Context(), model.Delete, token))(t).Warnings, "signed out")
	made := does(t, api, model.Regenerate, token)
	hasNote(t, made.Notes, "goes on with this key")
	must(api.WhoAmI(t.Context()))(t)
	if !made.Token.Own {
		t.Error("the new key is not known for the console's own")
	}
}

func TestAnothersKeyIsNeverTakenUp(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByToken)
	must(api.WhoAmI(t.Context()))(t)
	token := tokenOf(t, api, viewerID)
	s.answers("POST /"+viewerID+"/auth-token", func(w http.ResponseWriter, _ *http.Request) {
		s.user(adminID)["authenticationToken"] = nil // somebody deletes ours at the same time
		say(w, http.StatusOK, canary+"9-9")
	})
	made := does(t, api, model.Regenerate, token)
	if made.Token.Own || made.Key.Empty() {
		t.Errorf("regenerated %+v", made)
	}
	hasNote(t, made.Notes, "could not be read")
}

func TestTheOwnTokensDeletionIsProvedByTheRefusal(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByToken)
	token := tokenOf(t, api, adminID)
	form := must(api.Prepare(t.Context(), model.Delete, token))(t)
	hasNote(t, form.Warnings[:1], "this signs it out")
	hasNote(t, does(t, api, model.Delete, token).Notes, "signed out now")
	_, err := api.WhoAmI(t.Context())
	failsAs(t, err, model.Unauthorized, "Invalid API token. (Unauthorized)", "switched off")
}

func TestARefusalThatIsNotSAYMONsDoesNotProveTheOwnTokensDeletion(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByToken)
	token := tokenOf(t, api, adminID)
	s.answers("DELETE /"+adminID+"/auth-token", func(w http.ResponseWriter, _ *http.Request) {
		blocked := saying(http.StatusUnauthorized, "application/json", `{"message":"No API key found in request"}`)
		s.answer["GET /"+adminID], s.answer["GET /current"] = blocked, blocked
		w.WriteHeader(http.StatusNoContent)
	})
	issued, err := api.Do(t.Context(), model.Order{Action: model.Delete, Token: token})
	if said := strings.Join(issued.Notes, " "); strings.Contains(said, "The token is deleted") || err == nil && !strings.Contains(said, "could not be read") {
		t.Errorf("it says %q (%v)", said, err)
	}
}

func TestAnOwnTokenThatWasNotToldIsNotDeleted(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByToken)
	token := tokenOf(t, api, adminID)
	token.Own = false
	_, err := api.Do(t.Context(), model.Order{Action: model.Delete, Token: token})
	failsAs(t, err, model.Conflict, "authdeck itself signs in")
	if sent := s.writes(); len(sent) != 0 {
		t.Errorf("%q were sent", sent)
	}
}

func TestTheOwnUsersTokenIsNotThePasswordsAffair(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	must(api.WhoAmI(t.Context()))(t)
	made := does(t, api, model.Regenerate, tokenOf(t, api, adminID))
	hasNote(t, made.Notes, "needs no change")
	if made.Token.Own {
		t.Error("it does not sign in with it")
	}
	must(api.WhoAmI(t.Context()))(t)
}
