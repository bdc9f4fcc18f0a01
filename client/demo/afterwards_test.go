package demo

import "testing"

func TestWhatIsDoneTwiceGetsTheSecondAnswer(t *testing.T) {
	s := start(t, Options{Faults: "delete:twice:once,create:twice:once"})
	if a := ask(t, s, "DELETE", tokensPath+"1001/", ""); a.status != 404 {
		t.Errorf("the second deletion says %d, want 404", a.status)
	}
	if a := ask(t, s, "GET", tokensPath+"1001/", ""); a.status != 404 {
		t.Error("the token is still there")
	}
	free := ask(t, s, "GET", usersPath+"?has_token=false&is_active=true&limit=1", "").rows(t)[0]
	body := string(mustJSON(map[string]any{"user": free["id"]}))
	if a := ask(t, s, "POST", tokensPath, body); a.status != 400 {
		t.Errorf("the second creation for one user says %d, want 400: %s", a.status, a.body)
	}
	if made := ask(t, s, "GET", tokensPath+"?ordering=-id&limit=1", "").rows(t)[0]; owner(made)["id"] != free["id"] {
		t.Error("the first creation was not done")
	}
	if got := s.Served("delete") + s.Served("create"); got != 2 {
		t.Errorf("the journal counts %d writes, want the 2 that a client sent", got)
	}
}

func TestWhatIsLateIsDoneAfterItsAnswer(t *testing.T) {
	s := start(t, Options{Faults: "delete:late=300ms:once"})
	if a := ask(t, s, "DELETE", tokensPath+"1001/", ""); a.status != 504 {
		t.Errorf("it says %d, want 504", a.status)
	}
	if a := ask(t, s, "GET", tokensPath+"1001/", ""); a.status != 200 {
		t.Errorf("right after it the token is gone already: %d", a.status)
	}
	s.Settle()
	if a := ask(t, s, "GET", tokensPath+"1001/", ""); a.status != 404 {
		t.Errorf("after it was done the token is still there: %d", a.status)
	}
}

func TestAServerThatEndsWaitsForNothingLate(t *testing.T) {
	s := start(t, Options{Faults: "delete:late=23h"})
	ask(t, s, "DELETE", tokensPath+"1001/", "")
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
