package demo

import (
	"net/http"
	"sync"
	"time"
)

// company is the people behind all systems: one truth, told in several dialects.
type company struct {
	users []*user // by id; the first is the administrator, the second the one without rights
	base  time.Time
	now   func() time.Time
}

// passwords are those of the two users that the demo signs in as. They have a
// source of numbers of their own, so that they are known before the people are.
type passwords struct{ admin, weak string }

// Streams of random numbers: each mirror has one of its own after these.
const (
	peopleStream uint64 = iota
	passwordStream
	mirrorStream
)

func newPasswords(o Options) passwords {
	s := newSeeder(o, passwordStream)
	return passwords{admin: s.hex(longPrefix + 8), weak: s.hex(longPrefix + 8)}
}

func newCompany(o Options, p passwords) *company {
	s := newSeeder(o, peopleStream)
	c := &company{now: o.Now, base: s.base, users: s.people(o.Users)}
	if c.now == nil {
		c.now = time.Now
	}
	c.users[0].password, c.users[1].password = p.admin, p.weak
	return c
}

// mirror is one system that the demo plays.
type mirror struct {
	name, kind string
	key        func(*seeder) string // makes a key in the system's own form
	play       func(stage) http.Handler
	keyless    func(Options) bool // whether there is no key before somebody signs in; nil is no
	fails      http.HandlerFunc   // what it answers when it fails; nil for an HTML page
}

// mirrors is the one list of the systems that can be played, in the order in
// which they are shown.
func mirrors() []mirror {
	return []mirror{
		{name: "shop", kind: "hamgam", key: hexOf(hamgamKeyLength), play: playHamgam},
		{name: "idp", kind: "authentik", key: authentikKey, play: playAuthentik, fails: authentikFails},
		{
			name: "tower", kind: "awx", key: awxKey, play: playAWX,
			keyless: func(o Options) bool { return !o.AWX.hasOAuth2() },
		},
		{name: "cloud", kind: "waldur", key: hexOf(waldurKeyLength), play: playWaldur},
		{name: "pult", kind: "saymon", key: saymonKey, play: playSaymon},
	}
}

func hexOf(length int) func(*seeder) string {
	return func(s *seeder) string { return s.hex(length) }
}

// stage is what a mirror plays on: the people, its two ways in, and numbers of
// its own.
type stage struct {
	*company
	o      Options
	in     entries
	seeder *seeder
	mint   func() string // the next key
	watch  func(refusal) guard
}

// entries are the keys of the two users that the demo signs in as, where a system
// has keys that last.
type entries struct{ admin, weak string }

// ways are the ways in to a mirror, and the numbers that it goes on with.
func (m mirror) ways(o Options, index int) (entries, *seeder) {
	s := newSeeder(o, mirrorStream+uint64(index)) //nolint:gosec // a handful
	in := entries{admin: m.key(s), weak: m.key(s)}
	if m.keyless != nil && m.keyless(o) {
		in = entries{}
	}
	return in, s
}

// prefix is where a mirror stands on the server.
func (m mirror) prefix() string { return "/" + m.kind }

// opened is a mirror's handler. The people take a moment to make up, so it is
// made when it is first asked for.
func (m mirror) opened(o Options, index int, people func() *company, watch func(manners) guard) http.Handler {
	fails := m.fails
	if fails == nil {
		fails = failing
	}
	play := sync.OnceValue(func() http.Handler {
		in, s := m.ways(o, index)
		return m.play(stage{
			company: people(), o: o, in: in, seeder: s,
			mint:  oneByOne(func() string { return m.key(s) }),
			watch: func(r refusal) guard { return watch(manners{r, fails}) },
		})
	})
	return http.StripPrefix(m.prefix(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { play().ServeHTTP(w, r) }))
}

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
