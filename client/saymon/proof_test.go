package saymon_test

import (
	"net/http"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

// loses answers a write with a gateway's error after it has changed a user's
// token, or has left it alone.
func (s *server) loses(what, id string, changes bool, to any) {
	s.answers(what, func(w http.ResponseWriter, r *http.Request) {
		if changes {
			s.user(id)["authenticationToken"] = to
		}
		saying(http.StatusBadGateway, "text/html", "<h1>sorry</h1>")(w, r)
	})
}

func TestALostAnswerIsProvedByReadingTheUser(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before  any
		changes bool
		to      any
		want    model.Kind
		says    string
	}{
		"it happened":        {viewerKey, true, canary + "done", model.Partial, "viewer has a new key: it happened, and the key did not arrive"},
		"the first one":      {nil, true, canary + "done", model.Partial, "viewer has a new key"},
		"it did not":         {viewerKey, false, nil, model.Uncertain, "viewer still has the old key"},
		"nor the first":      {nil, false, nil, model.Uncertain, "viewer still has no token"},
		"deleted meanwhile":  {viewerKey, true, nil, model.Uncertain, "viewer has no token any more"},
		"masked, before":     {"****", true, canary + "done", model.Uncertain, "502"},
		"masked, after":      {viewerKey, true, "****", model.Uncertain, "502"},
		"masked all along":   {"****", false, nil, model.Uncertain, "502"},
		"unreadable, before": {row{"x": 1}, true, canary + "done", model.Uncertain, "502"},
		"unreadable, after":  {viewerKey, true, row{"x": 1}, model.Uncertain, "502"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			s.sets(viewerID, "authenticationToken", c.before)
			s.loses("POST /"+viewerID+"/auth-token", viewerID, c.changes, c.to)
			issued, err := creates(t, s.api(t, wire.ByBasic), model.User{ID: viewerID})
			failsAs(t, err, c.want, c.says, "502")
			if n := len(s.writes()); n != 1 || !issued.Key.Empty() {
				t.Errorf("sent %d times", n)
			}
		})
	}
}

func TestALostRegenerationIsProvedToo(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	token := tokenOf(t, api, viewerID)
	s.loses("POST /"+viewerID+"/auth-token", viewerID, true, canary+"done")
	_, err := api.Do(t.Context(), model.Order{Action: model.Regenerate, Token: token})
	failsAs(t, err, model.Partial, "has a new key")
	_, err = api.Do(t.Context(), model.Order{Action: model.Regenerate, Token: token})
	failsAs(t, err, model.Conflict)
}

func TestALostRegenerationOfTheOwnKeyIsProvedByTheRefusal(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByToken)
	token := tokenOf(t, api, adminID)
	s.loses("POST /"+adminID+"/auth-token", adminID, true, canary+"done")
	_, err := api.Do(t.Context(), model.Order{Action: model.Regenerate, Token: token})
	failsAs(t, err, model.Partial, "authdeck's own key is refused")
}

func TestALostDeletionIsProvedByReadingTheUser(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		changes bool
		to      any
		says    string
		done    bool
	}{
		"gone":       {true, nil, "gone, though the answer to the deletion was lost", true},
		"there":      {false, nil, "502 without a reason, but viewer has a token", false},
		"another":    {true, canary + "other", "but viewer has a token", false},
		"unreadable": {true, row{"x": 1}, "502 without a reason", false},
	} {
		s := start(t)
		api := s.api(t, wire.ByBasic)
		token := tokenOf(t, api, viewerID)
		s.loses("DELETE /"+viewerID+"/auth-token", viewerID, c.changes, c.to)
		issued, err := api.Do(t.Context(), model.Order{Action: model.Delete, Token: token})
		if c.done {
			hasNote(t, must(issued, err)(t).Notes, c.says)
		} else {
			failsAs(t, err, model.Uncertain, c.says)
		}
		if n := len(s.writes()); n != 1 {
			t.Errorf("%s: sent %d times", name, n)
		}
	}
}

func TestADeletionAfterWhichTheTokenCannotBeReadIsNotSaidToBeProved(t *testing.T) {
	t.Parallel()
	s := start(t)
	api := s.api(t, wire.ByBasic)
	token := tokenOf(t, api, viewerID)
	s.answers("DELETE /"+viewerID+"/auth-token", func(w http.ResponseWriter, _ *http.Request) {
		s.user(viewerID)["authenticationToken"] = row{"value": "still here"}
		w.WriteHeader(http.StatusNoContent)
	})
	hasNote(t, does(t, api, model.Delete, token).Notes, "could not be proved")
}
