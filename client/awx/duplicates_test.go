package awx_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

const ownList = "/api/v2/users/1/tokens/"

// listed is a token like those that made gives, as a list shows it.
func listed(id int, at time.Time, more string) string {
	return fmt.Sprintf(`{"id":%d,"created":%q,"description":"night watch","user":1,"token":"************","application":null,"scope":"read"%s}`,
		id, at.Format(time.RFC3339Nano), more)
}

// madeAt is the answer to a POST at a moment of the server's clock.
func madeAt(at time.Time) answer {
	return made("43", fmt.Sprintf(`,"created":%q`, at.Format(time.RFC3339Nano)))
}

func TestTokensThatAProxyMadeBesideOneAreSaid(t *testing.T) {
	for name, ahead := range map[string]time.Duration{"one clock": 0, "a clock that is ahead": time.Hour, "a clock that is behind": -time.Hour} {
		within(t, nil, func(t *testing.T, s *stage, api model.API) {
			now := time.Now().Add(ahead)
			s.answers["POST /api/v2/tokens/"] = []answer{madeAt(now)}
			s.answers["GET "+ownList] = []answer{ok(listOf(
				listed(46, now.Add(2*time.Second), ``),
				listed(45, now, `,"description":"another"`), listed(47, now, `,"scope":"write"`),
				listed(48, now, `,"application":9`), listed(49, now, `,"user":2`),
				listed(43, now, ``), listed(42, now.Add(-500*time.Millisecond), ``),
				listed(30, now.Add(-time.Minute), ``),
			))}
			o := order(model.Create, model.Token{}, map[string]string{"description": "night watch", "scope": "read"})
			o.At = time.Now().Add(-time.Second)
			issued := must(api.Do(t.Context(), o))(t)
			if !says(issued.Notes, "2 more tokens alike were made since: #46, #42; a proxy may have sent it more than once, or somebody else made it in the same moment.") {
				t.Errorf("%s: noted %q", name, issued.Notes)
			}
			if s.asked(ownList) != 1 || s.writes() != "POST /api/v2/tokens/" || issued.Key.Empty() || len(issued.Alike) != 2 || issued.Alike[1].ID != "42" {
				t.Errorf("%s: read the list %d times, sent %s", name, s.asked(ownList), s.writes())
			}
		})
	}
}

func TestOfAnApplicationOnlyTokensOfTheSameOneAreAlike(t *testing.T) {
	within(t, nil, func(t *testing.T, s *stage, api model.API) {
		now := time.Now()
		s.answers["POST /api/v2/tokens/"] = []answer{made("43", fmt.Sprintf(`,"application":9,"created":%q`, now.Format(time.RFC3339Nano)))}
		s.answers["GET "+ownList] = []answer{ok(listOf(listed(44, now, `,"application":9`), listed(45, now, `,"application":8`), listed(46, now, ``)))}
		issued := must(api.Do(t.Context(), order(model.Create, model.Token{}, map[string]string{"description": "night watch", "scope": "read", "application": "9"})))(t)
		if !says(issued.Notes, "1 more token alike was made since: #44;") {
			t.Errorf("noted %q", issued.Notes)
		}
	})
}

func TestTwoConsolesThatRegenerateOneTokenAreTold(t *testing.T) {
	within(t, nil, func(t *testing.T, s *stage, api model.API) {
		now := time.Now()
		s.answers["POST /api/v2/tokens/"] = []answer{madeAt(now)}
		s.answers["GET "+ownList] = []answer{ok(listOf(listed(44, now, ``), listed(43, now, ``), listed(42, now, ``)))}
		issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
		if !says(issued.Notes, "1 more token alike was made since: #44; a proxy may have sent it more than once, or somebody else regenerated it in the same moment.") || issued.Key.Empty() || len(issued.Alike) != 1 || issued.Alike[0].ID != "44" {
			t.Errorf("noted %q, alike are %v", issued.Notes, issued.Alike)
		}
	})
}

func TestANewKeyWaitsForNoListThatDoesNotCome(t *testing.T) {
	within(t, nil, func(t *testing.T, s *stage, api model.API) {
		s.silent = "GET " + ownList
		began := time.Now()
		issued := must(api.Do(t.Context(), order(model.Create, model.Token{}, nil)))(t)
		if issued.Key.Empty() || !says(issued.Notes, "Whether more than one was made could not be read: no answer in time.") || time.Since(began) > 5*time.Second {
			t.Errorf("after %s it noted %q", time.Since(began), issued.Notes)
		}
	})
}

func TestARegenerationWithoutAnAnswerSaysWhatWasNotTouched(t *testing.T) {
	for _, status := range []int{502, 503, 504} {
		within(t, map[string][]answer{"POST /api/v2/tokens/": {html(status, "Gateway")}}, func(t *testing.T, s *stage, api model.API) {
			_, err := api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil))
			failsAs(t, err, model.Uncertain, "the old token, #42, has not been touched and its key opens as before")
			failsAs(t, err, model.Uncertain, "nobody has its key")
			if s.writes() != "POST /api/v2/tokens/" {
				t.Errorf("sent %s", s.writes())
			}
		})
	}
	within(t, map[string][]answer{"POST /api/v2/tokens/": {html(504, "Gateway")}}, func(t *testing.T, _ *stage, api model.API) {
		_, err := api.Do(t.Context(), order(model.Create, model.Token{}, nil))
		failsAs(t, err, model.Uncertain, "nobody has its key")
	})
}

func TestAnOldTokenThatSomebodyEndedMeanwhileIsSaidWithWhatToDo(t *testing.T) {
	within(t, map[string][]answer{
		"GET " + one: {ok(token42), {status: 404, body: noSuchToken}}, deletion: {{status: 404, body: noSuchToken}},
	}, func(t *testing.T, s *stage, api model.API) {
		issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
		if issued.Key.Empty() || !says(issued.Notes, "#42 was gone already") || !says(issued.Notes, "if that was meant, delete the successor too") {
			t.Errorf("noted %q", issued.Notes)
		}
	})
}

func TestAnOldTokenThatIsWrittenBackIsSaidToBeValidStill(t *testing.T) {
	within(t, nil, func(t *testing.T, s *stage, api model.API) {
		s.keeps = true
		issued, err := api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil))
		failsAs(t, err, model.Partial, "#42, IS STILL VALID and must be deleted (the server said that it is deleted, and it is there")
		if issued.Key.Empty() {
			t.Error("the new key is lost")
		}
	})
}

func TestALookFindsWhatALostOrderMade(t *testing.T) {
	created := order(model.Create, model.Token{}, map[string]string{"description": "night watch", "scope": "read"})
	renewed := order(model.Regenerate, model.Token{}, nil)
	missing := answer{status: 404, body: noSuchToken}
	for name, c := range map[string]struct {
		order model.Order
		old   answer
		alike int
		end   model.End
		words string
	}{
		"a creation, nothing":         {created, ok(token42), 0, model.Unseen, "No token like it is listed that was made since."},
		"a creation, one":             {created, ok(token42), 1, model.Visible, "Made since, and like it: #50. If it is this order's, nobody has its key"},
		"a creation, four":            {created, ok(token42), 4, model.Visible, "#50, #51, #52, #53. A proxy may have sent the order more than once"},
		"a regeneration, nothing":     {renewed, ok(token42), 0, model.Unseen, "The old token, #42, is there and has not been touched. No successor is listed."},
		"a regeneration, one":         {renewed, ok(token42), 1, model.Visible, "has not been touched. Made since, and like it: #50."},
		"a regeneration, and no old":  {renewed, missing, 1, model.Visible, "#42, is not there any more. Made since, and like it: #50."},
		"a regeneration, and nothing": {renewed, missing, 0, model.Untold, "#42, is not there any more. No successor is listed."},
	} {
		within(t, map[string][]answer{"GET " + one: {c.old}}, func(t *testing.T, s *stage, api model.API) {
			if c.order.Action == model.Regenerate {
				c.order.Token = read(t, api, s)
			}
			c.order.At = time.Now().Add(-2 * time.Second)
			server := time.Now().Add(time.Hour) // its clock is ahead of ours
			rows := []string{listed(42, server, ``), listed(41, server.Add(-time.Minute), ``), listed(40, server, `,"description":"x"`)}
			for n := range c.alike {
				rows = append(rows, listed(50+n, server.Add(-time.Second), ``))
			}
			if c.order.Action == model.Create {
				rows = rows[1:]
			}
			s.answers["GET "+ownList] = []answer{{200, listOf(rows...), map[string]string{"Date": server.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")}}}
			found := must(api.Look(t.Context(), c.order))(t)
			if found.End != c.end || !strings.Contains(found.Words, c.words) {
				t.Errorf("%s: found %+v", name, found)
			}
			if s.writes() != "" {
				t.Errorf("%s: a look sent %s", name, s.writes())
			}
		})
	}
}

func TestALookSaysWhatBecameOfALostChangeOrDeletion(t *testing.T) {
	changed := map[string]string{"description": "day watch"}
	missing, day := answer{status: 404, body: noSuchToken}, ok(strings.Replace(token42, "night", "day", 1))
	for name, c := range map[string]struct {
		action model.Action
		now    answer
		end    model.End
		words  string
	}{
		"a change, done":            {model.Edit, day, model.Visible, "#42 is as it was to be"},
		"a change, not done":        {model.Edit, ok(token42), model.Unseen, "#42 is as it was before"},
		"a change, to another":      {model.Edit, ok(strings.Replace(token42, "night", "late", 1)), model.Untold, "neither"},
		"a change of what is gone":  {model.Edit, missing, model.Untold, "not there any more"},
		"a deletion, done":          {model.Delete, missing, model.Visible, "#42 is gone: by this, or by somebody else"},
		"a deletion, not done":      {model.Delete, ok(token42), model.Unseen, "It is still there: token #42 of root, as it was."},
		"a deletion, and a change":  {model.Delete, day, model.Unseen, "with another description"},
		"a deletion, a proxy's 404": {model.Delete, html(404, "404 Not Found"), -1, ""},
	} {
		within(t, map[string][]answer{"GET " + one: {c.now}}, func(t *testing.T, s *stage, api model.API) {
			found, err := api.Look(t.Context(), order(c.action, read(t, api, s), changed))
			if (err != nil) != (c.end < 0) || err == nil && (found.End != c.end || !strings.Contains(found.Words, c.words)) {
				t.Errorf("%s: found %+v, %v", name, found, err)
			}
			if s.writes() != "" {
				t.Errorf("%s: a look sent %s", name, s.writes())
			}
		})
	}
}

func TestARefusedKeyOfAuthdecksOwnProvesTheEndOfNoOtherToken(t *testing.T) {
	within(t, map[string][]answer{"GET " + one: {{status: 401, body: gone}}}, func(t *testing.T, s *stage, api model.API) {
		row := read(t, api, s)
		must(api.WhoAmI(t.Context()))(t)
		for _, a := range []model.Action{model.Delete, model.Edit, model.Regenerate} {
			_, err := api.Look(t.Context(), order(a, row, nil))
			failsAs(t, err, model.Unauthorized, "not accepted")
		}
		row.Own = true
		if found := must(api.Look(t.Context(), order(model.Delete, row, nil)))(t); found.End != model.Visible {
			t.Errorf("found %+v", found)
		}
	})
}

func TestALookAtATowerAsksWithTheKeysThatAuthdeckHolds(t *testing.T) {
	leaked := strings.Repeat("7", 40)
	d := openDoor(t)
	d.keys[leaked] = "carol"
	api := d.byToken(t, "tower")
	row := must(api.Do(t.Context(), sign("alice", secret)))(t).Token
	deleted := order(model.Delete, row, nil)
	renewed := order(model.Regenerate, row, nil)
	looks := func(o model.Order, end model.End, words string) {
		t.Helper()
		if found := must(api.Look(t.Context(), o))(t); found.End != end || !strings.Contains(found.Words, words) {
			t.Errorf("%s: found %+v", o.Action, found)
		}
	}
	looks(sign("alice", secret), model.Untold, "the server gives its key again")
	looks(deleted, model.Unseen, "still opens as alice")
	looks(renewed, model.Unseen, "still opens as alice")
	looks(revoke(leaked), model.Unseen, "still opens as carol")
	looks(revoke(""), model.Untold, "does not hold")
	looks(order(model.Delete, model.Token{ID: "99"}, nil), model.Untold, "does not hold")
	looks(order(model.Regenerate, model.Token{ID: "99"}, nil), model.Untold, "The old key has ended")
	sent := d.writes()
	for key := range d.keys {
		d.keys[key] = ""
	}
	looks(deleted, model.Visible, "refuses the key")
	looks(renewed, model.Visible, "was not asked for a new one yet: create a token for alice")
	looks(revoke(leaked), model.Untold, "shows only there") // it was not tried before it was ended
	if d.writes() != sent {
		t.Errorf("a look sent %s", d.writes())
	}
	_, err := d.byToken(t, "none").Look(t.Context(), deleted)
	failsAs(t, err, model.Unsupported, "no token endpoints")
}
