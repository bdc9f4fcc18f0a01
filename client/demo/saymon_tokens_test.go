package demo

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"testing"
)

func TestACreatedPultTokenIsAJSONStringThatWorks(t *testing.T) {
	p := startPult(t, Options{})
	for name, fits := range map[string]func(map[string]any) bool{"never held": neverHeld, "cleared": cleared} {
		id := mustFind(t, p.list(t, p.asAdmin()), fits)
		a := p.ask(t, "POST", tokenPath(id), "", p.asAdmin())
		var key string
		if err := json.Unmarshal([]byte(a.body), &key); err != nil || a.status != 200 ||
			a.header.Get("Content-Type") != "application/json" || a.body != `"`+key+`"` {
			t.Fatalf("%s: %d %q %v", name, a.status, a.body, a.header)
		}
		if p.list(t, p.asAdmin())[id]["authenticationToken"] != key {
			t.Errorf("%s: the new token is not listed", name)
		}
		if me := p.ask(t, "GET", pultUsers+"/current?api-token="+key, ""); me.object(t)["id"] != id {
			t.Errorf("%s: the new token is that of %s", name, me.body)
		}
		if p.ask(t, "DELETE", tokenPath(id), "", p.asAdmin()); !cleared(p.list(t, p.asAdmin())[id]) {
			t.Errorf("%s: the deleted token leaves no null", name)
		}
	}
}

func TestASecondCreationAtThePultReplacesTheFirstAtOnce(t *testing.T) {
	p := startPult(t, Options{})
	id := mustFind(t, p.list(t, p.asAdmin()), called("desk.staff"))
	a := p.ask(t, "POST", tokenPath(id), "", p.asAdmin())
	key := strings.Trim(a.body, `"`)
	if a.status != 200 || key == p.Weak {
		t.Fatalf("%d %s", a.status, a.body)
	}
	p.ask(t, "GET", pultUsers+"/current?api-token="+p.Weak, "").wants(t, "the old key", 401, "Unauthorized", "Invalid API token.")
	if a := p.ask(t, "GET", pultUsers+"/current?api-token="+key, ""); a.status != 200 {
		t.Errorf("the new key: %d", a.status)
	}
}

func TestADeletedPultTokenIsNullAndItsKeySignsNobodyIn(t *testing.T) {
	p := startPult(t, Options{})
	id := mustFind(t, p.list(t, p.asAdmin()), called("desk.staff"))
	for range 2 { // the second time there is none
		if a := p.ask(t, "DELETE", tokenPath(id), "", p.asAdmin()); a.status != 200 || a.body != "" {
			t.Errorf("delete: %d %q", a.status, a.body)
		}
		if u := p.list(t, p.asAdmin())[id]; !cleared(u) {
			t.Errorf("after the deletion: %v", u)
		}
	}
	p.ask(t, "GET", pultUsers+"/current?api-token="+p.Weak, "").wants(t, "the key", 401, "Unauthorized", "Invalid API token.")
	none := mustFind(t, p.list(t, p.asAdmin()), neverHeld)
	if a := p.ask(t, "DELETE", tokenPath(none), "", p.asAdmin()); a.status != 200 {
		t.Errorf("a deletion where there never was a token: %d", a.status)
	}
	if !neverHeld(p.list(t, p.asAdmin())[none]) {
		t.Error("a deletion where there never was a token leaves a null")
	}
	for _, r := range p.Requests() {
		if r.Status == 0 {
			t.Errorf("the journal has no answer to %+v", r)
		}
	}
}

func TestEveryPultKeyCarriesThePrefix(t *testing.T) {
	const canary = "CANARY-"
	p := startPult(t, Options{KeyPrefix: canary})
	shape := regexp.MustCompile(`^CANARY-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	keys := []string{p.Token, p.Weak}
	for id, u := range p.list(t, p.asAdmin()) {
		if key, held := u["authenticationToken"].(string); held {
			keys = append(keys, key)
		}
		if id == oid("64b", 1) {
			keys = append(keys, strings.Trim(p.ask(t, "POST", tokenPath(id), "", p.asAdmin()).body, `"`))
		}
	}
	for _, key := range keys {
		if !shape.MatchString(key) {
			t.Errorf("key %q", key)
		}
	}
}

func TestManyClientsOfThePultAtOnceLeaveOneTokenAUser(t *testing.T) {
	p := startPult(t, Options{Users: 30, Tokens: 10})
	id := mustFind(t, p.list(t, p.asAdmin()), neverHeld)
	login, _ := json.Marshal(map[string]string{"login": p.Username, "password": p.Password})
	var mu sync.Mutex
	var keys []string
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 8 {
				a, err := p.send(t.Context(), "POST", tokenPath(id), "", p.asAdmin())
				if err != nil || a.status != 200 {
					t.Errorf("create: %d %v", a.status, err)
				}
				mu.Lock()
				keys = append(keys, strings.Trim(a.body, `"`))
				mu.Unlock()
				_, _ = p.send(t.Context(), "DELETE", tokenPath(id), "", p.asAdmin())
				_, _ = p.send(t.Context(), "POST", pultUsers+"/session", string(login))
				_, _ = p.send(t.Context(), "GET", pultUsers, "", p.asWeak())
			}
		})
	}
	wg.Wait()
	last := strings.Trim(p.ask(t, "POST", tokenPath(id), "", p.asAdmin()).body, `"`)
	for _, key := range append(keys, last) {
		a := p.ask(t, "GET", pultUsers+"/current?api-token="+key, "")
		if (a.status == 200) != (key == last) {
			t.Errorf("a key that is the last one, %v: %d", key == last, a.status)
		}
	}
}
