package demo

import (
	"slices"
	"sync"
	"testing"
)

func TestAKeyFromAnotherAddressIsInvalid(t *testing.T) {
	tower := newTower(NewInside(awxTower).stage)
	s := tower.open(tower.users[0], towerCaller{host: "10.0.0.1", agent: "console/1"})
	if _, complaint := tower.holder(s.key, towerCaller{host: "10.0.0.2", agent: "console/1"}); complaint != "Invalid token" {
		t.Errorf("complaint %q", complaint)
	}
	if u, complaint := tower.holder(s.key, towerCaller{host: "10.0.0.1", agent: "console/1"}); u != tower.users[0] || complaint != "" {
		t.Errorf("complaint %q", complaint)
	}
}

func TestAKeyOfSomebodyInactiveSaysSo(t *testing.T) {
	tower := newTower(NewInside(awxTower).stage)
	gone := tower.users[slices.IndexFunc(tower.users, func(u *user) bool { return !u.active })]
	here := towerCaller{host: "10.0.0.1", agent: "console/1"}
	if _, complaint := tower.holder(tower.open(gone, here).key, here); complaint != "User inactive or deleted" {
		t.Errorf("complaint %q", complaint)
	}
}

func TestManySignInsAtOnceFromOnePlaceShareAKey(t *testing.T) {
	tower := newTower(NewInside(awxTower).stage)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() { tower.open(tower.users[0], towerCaller{host: "10.0.0.1", agent: "console/1"}) })
	}
	wg.Wait()
	if all := tower.sessions.all(); len(all) != 1 {
		t.Errorf("%d keys", len(all))
	}
}
