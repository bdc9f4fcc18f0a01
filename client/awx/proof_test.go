package awx_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"authdeck/model"
)

func TestNothingIsProvedWithAKeyThatWasDroppedMeanwhile(t *testing.T) {
	d := openDoor(t)
	arrived, closed := make(chan struct{}), make(chan struct{})
	var first sync.Once
	d.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held := false
		if r.Method == http.MethodDelete {
			first.Do(func() { held = true })
		}
		if !held {
			d.ServeHTTP(w, r)
			return
		}
		close(arrived)
		<-closed
		w.WriteHeader(http.StatusNoContent) // says yes, and does nothing
	})
	api := d.byToken(t, "tower")
	made := must(api.Do(t.Context(), sign("alice", secret)))(t)
	ended := make(chan error)
	go func() {
		_, err := api.Do(t.Context(), model.Order{Action: model.Delete, Token: made.Token})
		ended <- err
	}()
	<-arrived
	if err := api.Close(t.Context()); err != nil {
		t.Error(err)
	}
	close(closed)
	failsAs(t, <-ended, model.Contradicted, "still opens")
}

func TestTokensAreEndedAndMadeAtOnceWithoutLosingAKey(t *testing.T) {
	d := openDoor(t)
	api := d.byPassword(t, "tower")
	made := must(api.Do(t.Context(), sign("alice", secret)))(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { _, _ = api.Do(t.Context(), model.Order{Action: model.Delete, Token: made.Token}) })
		all.Go(func() { _, _ = api.Do(t.Context(), sign("alice", secret)) })
		all.Go(func() { _, _ = api.WhoAmI(t.Context()) })
	}
	all.Wait()
	if err := api.Close(t.Context()); err != nil {
		t.Error(err)
	}
	for _, r := range d.seen {
		if r.method != http.MethodPost && strings.TrimPrefix(strings.TrimSpace(r.signed), "Token") == "" {
			t.Errorf("%s was signed with no key", r)
		}
	}
}

func TestAKeyOfNobodyKnowsWhomIsNotSaidToHaveOpened(t *testing.T) {
	d := openDoor(t)
	d.fault["GET /api/v1/me/"] = ok(listOf(`{}`))
	_, err := d.byToken(t, "tower").Do(t.Context(), revoke(strings.Repeat("7", 40)))
	failsAs(t, err, model.Malformed, "whose the key is")
	if d.writes() != "" {
		t.Errorf("sent %s", d.writes())
	}
}

func TestWhoGivesUpDoesNotWaitForAnothersDetection(t *testing.T) {
	arrived, held := make(chan struct{}), make(chan struct{})
	var once sync.Once
	s := start(t, nil)
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		once.Do(func() { close(arrived) })
		<-held
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprint(w, `{}`)
	})
	api := s.byToken(t, "")
	first := make(chan error, 1)
	go func() {
		_, err := api.WhoAmI(t.Context())
		first <- err
	}()
	<-arrived
	_, err := api.Tokens(cancelled(t), model.Query{Size: 5})
	failsAs(t, err, model.Cancelled, "")
	select {
	case err := <-first:
		t.Errorf("it waited for the other: %v", err)
		first <- err
	default:
	}
	close(held)
	<-first
}
