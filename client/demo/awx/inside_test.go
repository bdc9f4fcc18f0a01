package awx

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"authdeck/client/demo/stage"
)

func TestATokenOfSomebodyWhoIsSwitchedOffWorksAndAnExpiredOneDoesNot(t *testing.T) {
	a := NewInside(OAuth2)
	off := a.Users[slices.IndexFunc(a.Users, func(u *stage.User) bool { return !u.Active })]
	if got := a.As(t, off, "GET", "/api/v2/me/", ""); got.Code != 200 {
		t.Errorf("switched off: %d", got.Code)
	}
	a.Now = func() time.Time { return time.Now().Add(-2 * stage.Day) }
	key := a.NewKey()
	a.tokens.Add(key, func(id int) token {
		return token{id: id, owner: a.Users[0], scope: "write", expires: time.Now().Add(-stage.Day)}
	})
	req, _ := http.NewRequestWithContext(t.Context(), "GET", "/api/v2/me/", nil)
	req.Header.Set("Authorization", "Bearer "+key)
	for hours, want := range map[time.Duration]int{-48: 200, 0: 401} {
		a.Now = func() time.Time { return time.Now().Add(hours * time.Hour) }
		if caller, _, _ := a.caller(req); (caller != nil) != (want == 200) {
			t.Errorf("after %d hours: %v", hours, caller)
		}
	}
}

func TestKeysMadeAtOnceDiffer(t *testing.T) {
	a := NewInside(OAuth2)
	var wg sync.WaitGroup
	var met sync.Map
	for range 8 {
		wg.Go(func() {
			for range 200 {
				key := a.NewKey()
				if _, again := met.LoadOrStore(key, true); again {
					t.Errorf("%s is made twice", key)
				}
			}
		})
	}
	wg.Wait()
}
