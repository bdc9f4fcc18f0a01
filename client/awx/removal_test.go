package awx_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
)

// RoundTrip answers without a network, where time is not the clock's.
func (s *stage) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.silent == r.Method+" "+r.URL.Path {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result(), nil
}

// within runs a test against a lab without a network, in which to wait takes no time.
func within(t *testing.T, more map[string][]answer, do func(t *testing.T, s *stage, api model.API)) {
	t.Helper()
	s := lab(t, more)
	synctest.Test(t, func(t *testing.T) {
		p, err := config.NewProfile(client.Kinds(), "lab", "awx", "https://lab.invalid", config.Given(model.NewSecret(secret)))
		if err != nil {
			t.Fatal(err)
		}
		p.Generation = "oauth2"
		api := must(client.Open(t.Context(), p, client.Env{Log: slog.New(slog.DiscardHandler), Network: s}))(t)
		do(t, s, api)
	})
}

// asked is how often a path was read.
func (s *stage) asked(path string) (times int) {
	for _, r := range s.requests() {
		if r.String() == "GET "+path {
			times++
		}
	}
	return times
}

const (
	one      = "/api/v2/tokens/42/"
	deletion = "DELETE " + one
)

func TestADeletedTokenThatIsStillThereIsNotSaidToBeGone(t *testing.T) {
	changed := ok(strings.Replace(token42, "night", "day", 1))
	for words, now := range map[string]answer{"as it was": ok(token42), "with another description": changed} {
		within(t, map[string][]answer{"GET " + one: {ok(token42), now}}, func(t *testing.T, s *stage, api model.API) {
			s.keeps = true
			_, err := api.Do(t.Context(), order(model.Delete, read(t, api, s), nil))
			failsAs(t, err, model.Contradicted, "it is there: token #42 of root, "+words)
			failsAs(t, err, model.Contradicted, "somebody else in the same moment writes a deleted token back")
			if s.writes() != deletion || s.asked(one) != 3 {
				t.Errorf("sent %s, and read it %d times", s.writes(), s.asked(one))
			}
		})
	}
}

func TestATokenThatVanishesWithinASecondIsDeleted(t *testing.T) {
	within(t, map[string][]answer{"GET " + one: {ok(token42), ok(token42), {status: 404, body: noSuchToken}}}, func(t *testing.T, s *stage, api model.API) {
		s.keeps = true
		began := time.Now()
		issued := must(api.Do(t.Context(), order(model.Delete, read(t, api, s), nil)))(t)
		if len(issued.Notes) != 0 || time.Since(began) != time.Second {
			t.Errorf("after %s it noted %q", time.Since(began), issued.Notes)
		}
	})
}

func TestADeletionThatAProxySentTwiceIsNoFailure(t *testing.T) {
	within(t, map[string][]answer{
		"GET " + one: {ok(token42), {status: 404, body: noSuchToken}}, deletion: {{status: 404, body: noSuchToken}},
	}, func(t *testing.T, s *stage, api model.API) {
		issued := must(api.Do(t.Context(), order(model.Delete, read(t, api, s), nil)))(t)
		if !says(issued.Notes, "It is gone now: by this, or by somebody else in this moment.") {
			t.Errorf("noted %q", issued.Notes)
		}
	})
}

func TestADeletionOfTheOwnTokenThatAProxySentTwiceIsNoFailure(t *testing.T) {
	within(t, map[string][]answer{
		"GET /api/v2/me/": {ok(listOf(rootUser)), {status: 401, body: gone}},
		"GET " + one:      {ok(token42), {status: 401, body: gone}}, deletion: {{status: 401, body: gone}},
	}, func(t *testing.T, s *stage, api model.API) {
		issued := must(api.Do(t.Context(), order(model.Delete, read(t, api, s), nil)))(t)
		if !says(issued.Notes, "gone now") || !says(issued.Notes, "is signed out") {
			t.Errorf("noted %q", issued.Notes)
		}
	})
}

func TestATokenThatIsDeniedAndShownIsNotSaidToBeGone(t *testing.T) {
	within(t, map[string][]answer{deletion: {{status: 404, body: noSuchToken}}}, func(t *testing.T, s *stage, api model.API) {
		_, err := api.Do(t.Context(), order(model.Delete, read(t, api, s), nil))
		failsAs(t, err, model.Forbidden, "shows it all the same")
	})
}

func TestATokenThatIsDeniedAndVanishesWithinASecondWasDeletedByThisPerhaps(t *testing.T) {
	within(t, map[string][]answer{
		"GET " + one: {ok(token42), ok(token42), {status: 404, body: noSuchToken}}, deletion: {{status: 404, body: noSuchToken}},
	}, func(t *testing.T, s *stage, api model.API) {
		s.keeps = true
		issued := must(api.Do(t.Context(), order(model.Delete, read(t, api, s), nil)))(t)
		if !says(issued.Notes, "It is gone now: by this, or by somebody else in this moment.") {
			t.Errorf("noted %q", issued.Notes)
		}
	})
}

func TestATokenThatWasGoneBeforeTheQuestionIsNotFoundAndNothingIsSent(t *testing.T) {
	for _, a := range []model.Action{model.Delete, model.Edit, model.Regenerate} {
		within(t, map[string][]answer{"GET " + one: {{status: 404, body: noSuchToken}}}, func(t *testing.T, s *stage, api model.API) {
			_, err := api.Do(t.Context(), order(a, read(t, api, s), map[string]string{"scope": "write"}))
			failsAs(t, err, model.NotFound, "")
			if s.writes() != "" || model.WasSent(err) {
				t.Errorf("%s: sent %s, and says so: %t", a, s.writes(), model.WasSent(err))
			}
		})
	}
}

func TestAYesThatCannotBeReadIsHeldAgainstWhatIsThere(t *testing.T) {
	login := html(200, "Log in")
	gone := []answer{ok(token42), {status: 404, body: noSuchToken}}
	for name, c := range map[string]struct {
		yes   answer
		read  []answer
		kind  model.Kind
		words string
	}{
		"a page, and it is gone":     {login, gone, 0, "It is gone, though the answer was an odd one"},
		"a page, and it is there":    {login, []answer{ok(token42)}, model.Uncertain, "token #42 of root, as it was is still there"},
		"a page, and nobody can see": {login, []answer{ok(token42), {status: 500, body: `{}`}}, model.Uncertain, "text/html"},
		"accepted, and it is gone":   {answer{status: 202, body: `{}`}, gone, 0, "It is gone"},
		"a body, and it is gone":     {ok(`{"deleted":true}`), gone, 0, ""},
		"a body, and it is there":    {ok(`{"deleted":true}`), []answer{ok(token42)}, model.Contradicted, "it is there"},
		"yes, and nobody can see":    {answer{status: 204}, []answer{ok(token42), {status: 500, body: `{}`}}, 0, "whether it is gone could not be read"},
		"yes, and a proxy's 404":     {answer{status: 204}, []answer{ok(token42), html(404, "404 Not Found")}, 0, "whether it is gone could not be read"},
	} {
		within(t, map[string][]answer{deletion: {c.yes}, "GET " + one: c.read}, func(t *testing.T, s *stage, api model.API) {
			s.keeps = true
			issued, err := api.Do(t.Context(), order(model.Delete, read(t, api, s), nil))
			t.Log(name)
			if c.kind != 0 {
				failsAs(t, err, c.kind, c.words)
			} else if err != nil || !says(issued.Notes, c.words) || (c.words == "") != (len(issued.Notes) == 0) {
				t.Errorf("noted %q, %v", issued.Notes, err)
			}
			if s.writes() != deletion {
				t.Errorf("sent %s", s.writes())
			}
		})
	}
}

func TestAChangeThatWasDeniedRightAfterTheTokenWasReadIsLookedAt(t *testing.T) {
	missing := answer{status: 404, body: noSuchToken}
	for name, c := range map[string]struct {
		now   answer
		kind  model.Kind
		words string
	}{
		"it is as it was to be": {ok(strings.Replace(token42, `"read"`, `"write"`, 1)), 0, "a proxy may have sent the change more than once"},
		"it is gone":            {missing, model.Uncertain, "gone now: somebody ended it in this moment"},
		"it is as it was":       {ok(token42), model.Forbidden, "this account may look at it, and not change it"},
		"it is something else":  {ok(strings.Replace(token42, "night", "day", 1)), model.Uncertain, "neither as it was nor as it was to be"},
		"nobody can see":        {answer{status: 500, body: `{}`}, model.Uncertain, "could not be read"},
	} {
		within(t, map[string][]answer{"GET " + one: {ok(token42), c.now}, "PATCH " + one: {missing}}, func(t *testing.T, s *stage, api model.API) {
			issued, err := api.Do(t.Context(), order(model.Edit, read(t, api, s), map[string]string{"scope": "write"}))
			t.Log(name)
			if c.kind != 0 {
				failsAs(t, err, c.kind, c.words)
			} else if err != nil || !says(issued.Notes, c.words) || issued.Token.Scope.String() != "write" {
				t.Errorf("issued %+v, %v", issued, err)
			}
			if s.writes() != "PATCH "+one {
				t.Errorf("sent %s", s.writes())
			}
		})
	}
}
