package demo

import "sync"

// stage is what a mirror plays on: the people, its two ways in, and numbers of
// its own.
type stage struct {
	*company
	o      settings
	in     entries
	seeder *seeder
	mint   func() string // the next key
	watch  func(refusal) guard
}

// entries are the keys of the two users that the demo signs in as, where a system
// has keys that last.
type entries struct{ admin, weak string }

// oneByOne makes a source of keys safe for concurrent use.
func oneByOne(mint func() string) func() string {
	var mu sync.Mutex
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		return mint()
	}
}

// keyOf is the key that a user's first token has.
func (on stage) keyOf(u *user) string {
	switch u.username {
	case adminName:
		return on.in.admin
	case weakName:
		return on.in.weak
	}
	return on.mint()
}

// oneEach is a store in which n users hold one token each.
func (on stage) oneEach(n int) *store {
	st := newStore(on.users, on.mint, on.now)
	for _, t := range on.seeder.tokens(on.seeder.holders(on.users)[:n]) {
		st.put(t, on.keyOf(t.owner))
	}
	return st
}
