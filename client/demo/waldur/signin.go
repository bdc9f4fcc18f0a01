package waldur

import (
	"crypto/subtle"
	"net/http"
	"sync"
	"time"

	"authdeck/client/demo/stage"
)

const (
	waldurGuesses = 4 // wrong passwords, then
	waldurPenalty = 10 * time.Minute
)

type waldurSignedIn struct {
	Token string `json:"token"`
}

// waldurLockout counts wrong passwords by username and address.
type waldurLockout struct {
	mu    sync.Mutex
	wrong map[string]waldurGuess
}

type waldurGuess struct {
	times int
	last  time.Time
}

func (l *waldurLockout) holds(who string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := l.wrong[who]
	if now.Sub(g.last) >= waldurPenalty {
		delete(l.wrong, who)
		return false
	}
	return g.times >= waldurGuesses
}

func (l *waldurLockout) count(who string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.wrong == nil {
		l.wrong = map[string]waldurGuess{}
	}
	l.wrong[who] = waldurGuess{l.wrong[who].times + 1, now}
}

func (l *waldurLockout) forget(who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.wrong, who)
}

func (h *waldur) signIn(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	fields, ok := stage.ReadFields(w, r)
	if !ok {
		return
	}
	wrong := stage.Complaints{}
	username, password := stage.TextField(fields, "username", wrong), stage.TextField(fields, "password", wrong)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	who, now := username+"\n"+callerAddress(r).String(), h.Now()
	if h.lockout.holds(who, now) {
		stage.Detail(w, http.StatusUnauthorized, "Username is locked out. Try in 10 minutes.")
		return
	}
	u := h.byPassword(username, password)
	if u == nil {
		h.lockout.count(who, now)
		stage.Detail(w, http.StatusUnauthorized, "Invalid username/password.")
		return
	}
	h.lockout.forget(who)
	stage.Reply(w, http.StatusOK, waldurSignedIn{Token: h.signedIn(u)})
}

func (h *waldur) byPassword(username, password string) *stage.User {
	for _, u := range h.Users {
		if u.Password != "" && u.Username == username &&
			subtle.ConstantTimeCompare([]byte(u.Password), []byte(password)) == 1 {
			return u
		}
	}
	return nil
}

// signedIn is the key that the user's browser and scripts have already, unless
// it has expired.
func (h *waldur) signedIn(u *stage.User) string {
	now := h.Today()
	a, _ := h.accounts.Change(h.byUser[u], func(a *waldurAccount) string {
		if !a.alive(now) {
			a.key = h.keys.session()
		}
		a.used = now
		return a.key
	})
	return a.key
}

// signOut ends the user's one session, for the browser and the scripts too.
func (h *waldur) signOut(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	h.accounts.Change(h.byUser[caller], func(a *waldurAccount) string {
		a.key = ""
		return ""
	})
	w.WriteHeader(http.StatusNoContent)
}
