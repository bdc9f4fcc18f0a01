package client_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestASignInThatFailsIsNoUncertainWrite(t *testing.T) {
	t.Parallel()
	for fault, want := range map[string]model.Kind{
		"500": model.Unavailable, "502": model.Unavailable, "503": model.Unavailable, "lost": model.Unavailable,
		"html": model.Malformed, "cut": model.Malformed, "empty": model.Malformed, "wrongtype": model.Malformed,
		"redirect": model.Malformed, "401": model.Unauthorized, "403": model.Forbidden, "404": model.NotFound, "429=30": model.RateLimited,
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			w := hamgams()[0].start(t)
			owner := w.some(t, model.Regenerate).Owner
			made := w.demo.Served("create")
			api := open(t, byPassword(t, w.system), w.log)
			w.breaks(t, "signin:"+fault)
			_, err := api.Tokens(t.Context(), model.Query{Size: 7})
			redacttest.FailsAs(t, err, want)
			_, err = api.Do(t.Context(), model.Order{Action: model.Create, Draft: model.Draft{Owner: owner}})
			redacttest.FailsAs(t, err, want)
			if n := w.demo.Served("create") - made; n != 0 {
				t.Errorf("%d writes were sent without a key", n)
			}
		})
	}
}

func TestAWrongPasswordIsUnauthorizedAndTriedOnce(t *testing.T) {
	t.Parallel()
	w := hamgams()[0].start(t)
	api := open(t, byPassword(t, withWrongOnes(w.system)), w.log)
	for range 3 {
		_, err := api.WhoAmI(t.Context())
		redacttest.FailsAs(t, err, model.Unauthorized)
	}
	if n := w.demo.Served("signin"); n != 1 {
		t.Errorf("the wrong password was sent %d times; servers lock accounts for that", n)
	}
}

func TestARefusedSignInSendsNobodyIntoAnotherTry(t *testing.T) {
	t.Parallel()
	for _, s := range subjects() {
		if !slices.Contains([]string{"hamgam by password", "waldur by password", "saymon by session", "waldur"}, s.name) {
			continue
		}
		w := s.start(t)
		p := s.enter(t, withWrongOnes(w.system))
		_, err := open(t, p, w.log).WhoAmI(t.Context())
		signsIn := s.name != "waldur"
		if model.Lasts(err) != signsIn || err == nil || strings.Contains(err.Error(), "does not sign in again") != signsIn {
			t.Errorf("%s: the first refusal says %v", s.name, err)
		}
		if err != nil && strings.Contains(err.Error(), "the next request signs in again") {
			t.Errorf("%s: it is said to sign in again: %v", s.name, err)
		}
		for _, check := range client.Diagnose(t.Context(), p, env(w.log)) {
			if check.What == "identity" && strings.Contains(check.Advice, "each one counts, of doctor too") != signsIn {
				t.Errorf("%s: the advice is %q", s.name, check.Advice)
			}
		}
	}
}

func TestASignInThatFailedInPassingIsTriedWithTheNextRequest(t *testing.T) {
	t.Parallel()
	w := hamgams()[0].start(t)
	api := open(t, byPassword(t, w.system), w.log)
	w.breaks(t, "signin:503:once")
	if _, err := api.WhoAmI(t.Context()); err == nil {
		t.Error("signed in without an answer")
	}
	must(api.WhoAmI(t.Context()))(t)
}

func TestManyRequestsSignInOnce(t *testing.T) {
	t.Parallel()
	w := hamgams()[0].start(t)
	api := open(t, byPassword(t, w.system), w.log)
	ended := make(chan error)
	for range 8 {
		go func() {
			_, err := api.WhoAmI(t.Context())
			ended <- err
		}()
	}
	for range 8 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if n := w.demo.Served("signin"); n != 1 {
		t.Errorf("signed in %d times", n)
	}
}
