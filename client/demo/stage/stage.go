// Package stage is what every mirror stands on: the people and their tokens, the
// seed that makes them up, routes, answers and filters. It knows no mirror, neither
// the server that plays them nor what goes wrong there, and shares nothing with the
// client.
package stage

import "sync"

// Stage is what a mirror plays on: the people, its two ways in, and numbers of
// its own.
type Stage struct {
	*People
	Settings   Settings
	Keys       Keys
	Seeder     *Seeder
	NewKey     func() string // the next key
	Middleware func(Refusal) Middleware
}

// Keys are the keys of the two users that the demo signs in as, where a system
// has keys that last.
type Keys struct{ Admin, Weak string }

// oneByOne makes a source of keys safe for concurrent use.
func oneByOne(newKey func() string) func() string {
	var mu sync.Mutex
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		return newKey()
	}
}

// KeyOf is the key that a user's first token has.
func (on Stage) KeyOf(u *User) string {
	switch u.Username {
	case AdminName:
		return on.Keys.Admin
	case WeakName:
		return on.Keys.Weak
	}
	return on.NewKey()
}

// OneTokenEach is a store in which n users hold one token each.
func (on Stage) OneTokenEach(n int) *Store {
	st := newStore(on.Users, on.NewKey, on.Now)
	for _, t := range on.Seeder.tokens(on.Seeder.Holders(on.Users)[:n]) {
		st.put(t, on.KeyOf(t.Owner))
	}
	return st
}
