package waldur

import (
	"sync"
	"time"
)

const (
	ownGuesses  = 4 // wrong passwords of a name from one address, then
	axesGuesses = 5 // those of a name from everywhere, then
	lockoutTime = 10 * time.Minute
)

// lockout counts refused sign-ins, which are forgotten ten minutes after the last one.
type lockout struct {
	mu    sync.Mutex
	wrong map[string]guesses
}

type guesses struct {
	times int
	last  time.Time
}

func (l *lockout) holds(who string, most int, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := l.wrong[who]
	if now.Sub(g.last) >= lockoutTime {
		delete(l.wrong, who)
		return false
	}
	return g.times >= most
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
