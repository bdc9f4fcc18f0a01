package saymon_test

import (
	"net/http"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

const (
	replace = "POST /" + viewerID + "/auth-token"
	remove  = "DELETE /" + viewerID + "/auth-token"

	nobody = `{"code":"ResourceNotFound","message":"User not found"}`
)

// changing answers after it has put another token into a user's row.
func (s *server) changing(id string, to any, answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.user(id)["authenticationToken"] = to
		answer(w, r)
	}
}

func TestTheOldKeyIsNotShownAsTheNewOne(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.answers(replace, saying(http.StatusOK, "application/json", `"`+viewerKey+`"`))
	api := s.api(t, wire.ByBasic)
	issued, err := api.Do(t.Context(), model.Order{Action: model.Regenerate, Token: tokenOf(t, api, viewerID)})
	failsAs(t, err, model.Contradicted, "is the old one of viewer")
	if !issued.Key.Empty() || len(s.writes()) != 1 {
		t.Errorf("sent %v", s.writes())
	}
}

func TestANoToWhatHasJustBeenReadIsNoProof(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		what string
		to   any
		want model.Kind
		says string
	}{
		"a new key after all": {replace, canary + "done", model.Partial, "viewer has a new key"},
		"no new key":          {replace, viewerKey, model.Uncertain, "viewer still has the old key"},
		"a deletion":          {remove, nil, -1, wire.Gone},
		"no deletion":         {remove, viewerKey, model.Uncertain, "but viewer has a token"},
	} {
		s := start(t)
		api := s.api(t, wire.ByBasic)
		token := tokenOf(t, api, viewerID)
		s.answers(c.what, s.changing(viewerID, c.to, saying(http.StatusNotFound, "application/json", nobody)))
		a := map[string]model.Action{replace: model.Regenerate, remove: model.Delete}[c.what]
		issued, err := api.Do(t.Context(), model.Order{Action: a, Token: token})
		if c.want == -1 {
			hasNote(t, must(issued, err)(t).Notes, c.says)
		} else {
			failsAs(t, err, c.want, c.says)
		}
		if n := len(s.writes()); n != 1 {
			t.Errorf("%s: sent %d times", name, n)
		}
	}
}

func TestAKeyThatSomebodyMadeAfterTheDeletionIsNotTheDeletedOne(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	token := tokenOf(t, api, viewerID)
	s.answers(remove, s.changing(viewerID, canary+"other", saying(http.StatusOK, "", "")))
	hasNote(t, does(t, api, model.Delete, token).Notes, "with another key")
}

func TestOnlyItsOwnFormIsARefusal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status     int
		kind, body string
		want       model.Kind
	}{
		{403, "application/json", `{"code":"NotAuthorized","message":"Permissions required: manage-users."}`, model.Forbidden},
		{401, "", `{"code":"Unauthorized","message":"{\"errorCode\":3,\"message\":\"Not logged in.\"}"}`, model.Unauthorized},
		{400, "application/json", `{"code":"BadRequest","message":"x"}`, model.Invalid},
		{429, "application/json", `{"code":"RequestThrottled","message":"x"}`, model.RateLimited},
		{403, "application/json", `{"message":"Forbidden"}`, model.Uncertain},
		{403, "application/json", `{"code":403,"message":"Forbidden"}`, model.Uncertain},
		{401, "text/html", `<h1>401 Authorization Required</h1>`, model.Uncertain},
		{404, "application/json", `{"detail":"Not found."}`, model.Uncertain},
		{405, "text/html", `<h1>405 Not Allowed</h1>`, model.Uncertain},
		{413, "application/json", `{"code":"RequestEntityTooLarge","message":"x"}`, model.Uncertain},
		{500, "application/json", `{"code":"Internal","message":"x"}`, model.Uncertain},
	} {
		for a, what := range map[model.Action]string{model.Regenerate: replace, model.Delete: remove} {
			s := start(t)
			api := s.api(t, wire.ByBasic)
			token := tokenOf(t, api, viewerID)
			s.answers(what, saying(c.status, c.kind, c.body))
			_, err := api.Do(t.Context(), model.Order{Action: a, Token: token})
			failsAs(t, err, c.want)
			if n := len(s.writes()); n != 1 {
				t.Errorf("%d: sent %d times", c.status, n)
			}
		}
	}
}

func TestLookingSaysWhatBecameOfADoubt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		action model.Action
		now    any
		want   model.End
		says   string
	}{
		"a new key":            {model.Regenerate, canary + "done", model.Visible, "viewer has a new key"},
		"no new key":           {model.Regenerate, viewerKey, model.Unseen, "the key that was there before"},
		"deleted by somebody":  {model.Regenerate, nil, model.Untold, "somebody has deleted it"},
		"one that cannot tell": {model.Regenerate, "****", model.Untold, "does not tell one key from another"},
		"a deletion":           {model.Delete, nil, model.Visible, "has no token any more"},
		"no deletion":          {model.Delete, viewerKey, model.Unseen, "has the token that was to be deleted"},
		"deleted and made":     {model.Delete, canary + "other", model.Visible, "has ended"},
	} {
		s := start(t)
		api := s.api(t, wire.ByBasic)
		o := model.Order{Action: c.action, Token: tokenOf(t, api, viewerID)}
		s.sets(viewerID, "authenticationToken", c.now)
		seen := must(api.Look(t.Context(), o))(t)
		hides(t, name, seen.Words)
		if seen.End != c.want {
			t.Errorf("%s: looking says %+v", name, seen)
		}
		hasNote(t, []string{seen.Words}, c.says)
		if sent := s.writes(); len(sent) != 0 {
			t.Errorf("%s: looking sent %v", name, sent)
		}
	}
}

func TestLookingTellsANewTokenFromTheOneThatItReplaced(t *testing.T) {
	t.Parallel()
	for id, c := range map[string]struct{ before, after string }{
		viewerID: {"the key that was there before", "has a new key"},
		freshID:  {"has no token, as before", "has a new key"},
	} {
		s := start(t)
		api := s.api(t, wire.ByBasic)
		o := model.Order{Action: model.Create, Draft: model.Draft{Owner: userOf(t, api, id)}}
		s.answers("POST /"+id+"/auth-token", saying(http.StatusGatewayTimeout, "text/html", "<h1>sorry</h1>"))
		_, err := api.Do(t.Context(), o)
		failsAs(t, err, model.Uncertain)
		hasNote(t, []string{must(api.Look(t.Context(), o))(t).Words}, c.before)
		s.sets(id, "authenticationToken", canary+"late")
		seen := must(api.Look(t.Context(), o))(t)
		hasNote(t, []string{seen.Words}, c.after)
		if seen.End != model.Visible {
			t.Errorf("looking says %+v", seen)
		}
	}
}
