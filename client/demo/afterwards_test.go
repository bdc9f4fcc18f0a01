package demo_test

import (
	"testing"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

func TestWhatIsDoneTwiceGetsTheSecondAnswer(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "delete:twice:once,create:twice:once"})
	if a := demotest.Ask(t, s, "DELETE", tokensPath+"1001/", ""); a.Status != 404 {
		t.Errorf("the second deletion says %d, want 404", a.Status)
	}
	if a := demotest.Ask(t, s, "GET", tokensPath+"1001/", ""); a.Status != 404 {
		t.Error("the token is still there")
	}
	free := demotest.Ask(t, s, "GET", usersPath+"?has_token=false&is_active=true&limit=1", "").Rows(t)[0]
	body := string(demotest.MustJSON(map[string]any{"user": free["id"]}))
	if a := demotest.Ask(t, s, "POST", tokensPath, body); a.Status != 400 {
		t.Errorf("the second creation for one user says %d, want 400: %s", a.Status, a.Body)
	}
	if made := demotest.Ask(t, s, "GET", tokensPath+"?ordering=-id&limit=1", "").Rows(t)[0]; owner(made)["id"] != free["id"] {
		t.Error("the first creation was not done")
	}
	if got := s.Served("delete") + s.Served("create"); got != 2 {
		t.Errorf("the journal counts %d writes, want the 2 that a client sent", got)
	}
}

func TestWhatIsLateIsDoneAfterItsAnswer(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "delete:late=300ms:once"})
	if a := demotest.Ask(t, s, "DELETE", tokensPath+"1001/", ""); a.Status != 504 {
		t.Errorf("it says %d, want 504", a.Status)
	}
	if a := demotest.Ask(t, s, "GET", tokensPath+"1001/", ""); a.Status != 200 {
		t.Errorf("right after it the token is gone already: %d", a.Status)
	}
	s.Settle()
	if a := demotest.Ask(t, s, "GET", tokensPath+"1001/", ""); a.Status != 404 {
		t.Errorf("after it was done the token is still there: %d", a.Status)
	}
}

func TestAServerThatEndsWaitsForNothingLate(t *testing.T) {
	s := demotest.Start(t, demo.Options{Faults: "delete:late=23h"})
	demotest.Ask(t, s, "DELETE", tokensPath+"1001/", "")
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
