package waldur

import (
	"crypto/subtle"
	"net/http"
	"sync"
	"time"

	"authdeck/client/demo/stage"
)

const (
	maxGuesses  = 4 // wrong passwords, then
	lockoutTime = 10 * time.Minute
)

type signedInRow struct {
	Token string `json:"token"`
}

// lockout counts wrong passwords by username and address.
type lockout struct {
	mu    sync.Mutex
	wrong map[string]guesses
}

type guesses struct {
	times int
	last  time.Time
}

func (l *lockout) holds(who string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := l.wrong[who]
	if now.Sub(g.last) >= lockoutTime {
		delete(l.wrong, who)
		return false
	}
	return g.times >= maxGuesses
}

func (l *lockout) count(who string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.wrong == nil {
		l.wrong = map[string]guesses{}
	}
	l.wrong[who] = guesses{l.wrong[who].times + 1, now}
}

func (l *lockout) forget(who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.wrong, who)
}

func (h *server) signIn(w http.ResponseWriter, r *http.Request, _ *stage.User) {
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
	stage.Reply(w, http.StatusOK, signedInRow{Token: h.signedIn(u)})
}

func (h *server) byPassword(username, password string) *stage.User {
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
func (h *server) signedIn(u *stage.User) string {
	now := h.Today()
	a, _ := h.accounts.Change(h.byUser[u], func(a *account) string {
		if !a.alive(now) {
			a.key = h.keys.session()
		}
		a.used = now
		return a.key
	})
	return a.key
}

// signOut ends the user's one session, for the browser and the scripts too.
func (h *server) signOut(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	h.accounts.Change(h.byUser[caller], func(a *account) string {
		a.key = ""
		return ""
	})
	w.WriteHeader(http.StatusNoContent)
}
