package saymon_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"testing"

	"authdeck/client/demo"
)

func TestACreatedPultTokenIsAJSONStringThatWorks(t *testing.T) {
	p := startPult(t, demo.Options{})
	for name, fits := range map[string]func(map[string]any) bool{"never held": neverHeld, "cleared": cleared} {
		id := mustFind(t, p.list(t, p.asAdmin()), fits)
		a := p.ask(t, "POST", tokenPath(id), "", p.asAdmin())
		var key string
		if err := json.Unmarshal([]byte(a.Body), &key); err != nil || a.Status != 200 ||
			a.Header.Get("Content-Type") != "application/json" || a.Body != `"`+key+`"` {
			t.Fatalf("%s: %d %q %v", name, a.Status, a.Body, a.Header)
		}
		if p.list(t, p.asAdmin())[id]["authenticationToken"] != key {
			t.Errorf("%s: the new token is not listed", name)
		}
		if me := p.ask(t, "GET", pultUsers+"/current?api-token="+key, ""); me.Object(t)["id"] != id {
			t.Errorf("%s: the new token is that of %s", name, me.Body)
		}
		if p.ask(t, "DELETE", tokenPath(id), "", p.asAdmin()); !cleared(p.list(t, p.asAdmin())[id]) {
			t.Errorf("%s: the deleted token leaves no null", name)
		}
	}
}

func TestASecondCreationAtThePultReplacesTheFirstAtOnce(t *testing.T) {
	p := startPult(t, demo.Options{})
	id := mustFind(t, p.list(t, p.asAdmin()), called("desk.staff"))
	a := p.ask(t, "POST", tokenPath(id), "", p.asAdmin())
	key := strings.Trim(a.Body, `"`)
	if a.Status != 200 || key == p.Weak {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	p.ask(t, "GET", pultUsers+"/current?api-token="+p.Weak, "").wants(t, "the old key", 401, "Unauthorized", "Invalid API token.")
	if a := p.ask(t, "GET", pultUsers+"/current?api-token="+key, ""); a.Status != 200 {
		t.Errorf("the new key: %d", a.Status)
	}
}

func TestADeletedPultTokenIsNullAndItsKeySignsNobodyIn(t *testing.T) {
	p := startPult(t, demo.Options{})
	id := mustFind(t, p.list(t, p.asAdmin()), called("desk.staff"))
	for range 2 { // the second time there is none
		if a := p.ask(t, "DELETE", tokenPath(id), "", p.asAdmin()); a.Status != 200 || a.Body != "" {
			t.Errorf("delete: %d %q", a.Status, a.Body)
		}
		if u := p.list(t, p.asAdmin())[id]; !cleared(u) {
			t.Errorf("after the deletion: %v", u)
		}
	}
	p.ask(t, "GET", pultUsers+"/current?api-token="+p.Weak, "").wants(t, "the key", 401, "Unauthorized", "Invalid API token.")
	none := mustFind(t, p.list(t, p.asAdmin()), neverHeld)
	if a := p.ask(t, "DELETE", tokenPath(none), "", p.asAdmin()); a.Status != 200 {
		t.Errorf("a deletion where there never was a token: %d", a.Status)
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
	p := startPult(t, demo.Options{KeyPrefix: canary})
	shape := regexp.MustCompile(`^CANARY-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	keys := []string{p.Token, p.Weak}
	for id, u := range p.list(t, p.asAdmin()) {
		if key, held := u["authenticationToken"].(string); held {
			keys = append(keys, key)
		}
		if id == oid("64b", 1) {
			keys = append(keys, strings.Trim(p.ask(t, "POST", tokenPath(id), "", p.asAdmin()).Body, `"`))
		}
	}
	for _, key := range keys {
		if !shape.MatchString(key) {
			t.Errorf("key %q", key)
		}
	}
}

func TestManyClientsOfThePultAtOnceLeaveOneTokenAUser(t *testing.T) {
	p := startPult(t, demo.Options{Users: 30, Tokens: 10})
	id := mustFind(t, p.list(t, p.asAdmin()), neverHeld)
	login, _ := json.Marshal(map[string]string{"login": p.Username, "password": p.Password})
	var mu sync.Mutex
	var keys []string
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 8 {
				a, err := p.send(t.Context(), "POST", tokenPath(id), "", p.asAdmin())
				if err != nil || a.Status != 200 {
					t.Errorf("create: %d %v", a.Status, err)
				}
				mu.Lock()
				keys = append(keys, strings.Trim(a.Body, `"`))
				mu.Unlock()
				_, _ = p.send(t.Context(), "DELETE", tokenPath(id), "", p.asAdmin())
				_, _ = p.send(t.Context(), "POST", pultUsers+"/session", string(login))
				_, _ = p.send(t.Context(), "GET", pultUsers, "", p.asWeak())
			}
		})
	}
	wg.Wait()
	last := strings.Trim(p.ask(t, "POST", tokenPath(id), "", p.asAdmin()).Body, `"`)
	for _, key := range append(keys, last) {
		a := p.ask(t, "GET", pultUsers+"/current?api-token="+key, "")
		if (a.Status == 200) != (key == last) {
			t.Errorf("a key that is the last one, %v: %d", key == last, a.Status)
		}
	}
}
