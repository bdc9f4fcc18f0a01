package awx

import (
	"slices"
	"sync"
	"testing"

	"authdeck/client/demo/stage"
)

func TestAKeyFromAnotherAddressIsInvalid(t *testing.T) {
	tower := newTower(NewInside(Tower).Stage)
	s := tower.open(tower.Users[0], towerCaller{host: "10.0.0.1", agent: "console/1"})
	if _, complaint := tower.holder(s.key, towerCaller{host: "10.0.0.2", agent: "console/1"}); complaint != "Invalid token" {
		t.Errorf("complaint %q", complaint)
	}
	if u, complaint := tower.holder(s.key, towerCaller{host: "10.0.0.1", agent: "console/1"}); u != tower.Users[0] || complaint != "" {
		t.Errorf("complaint %q", complaint)
	}
}

func TestAKeyOfSomebodyInactiveSaysSo(t *testing.T) {
	tower := newTower(NewInside(Tower).Stage)
	gone := tower.Users[slices.IndexFunc(tower.Users, func(u *stage.User) bool { return !u.Active })]
	here := towerCaller{host: "10.0.0.1", agent: "console/1"}
	if _, complaint := tower.holder(tower.open(gone, here).key, here); complaint != "User inactive or deleted" {
		t.Errorf("complaint %q", complaint)
	}
}

func TestManySignInsAtOnceFromOnePlaceShareAKey(t *testing.T) {
	tower := newTower(NewInside(Tower).Stage)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() { tower.open(tower.Users[0], towerCaller{host: "10.0.0.1", agent: "console/1"}) })
	}
	wg.Wait()
	if all := tower.sessions.All(); len(all) != 1 {
		t.Errorf("%d keys", len(all))
	}
}
