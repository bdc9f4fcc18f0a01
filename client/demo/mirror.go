package demo

import (
	"net/http"
	"sync"
)

// mirror is one system that can be played.
type mirror struct {
	name, kind string
	key        func(*seeder) string // makes a key in the system's own form
	play       func(stage) http.Handler
	keyless    bool             // there is no key before somebody signs in
	fails      http.HandlerFunc // what it answers when it fails; nil for an HTML page
}

func hexOf(length int) func(*seeder) string {
	return func(s *seeder) string { return s.hex(length) }
}

// keys are those of the two users that the demo signs in as, and the numbers that a
// mirror goes on with.
func (m mirror) keys(o settings, index int) (entries, *seeder) {
	s := newSeeder(o, mirrorStream+uint64(index)) //nolint:gosec // a handful
	in := entries{admin: m.key(s), weak: m.key(s)}
	if m.keyless {
		in = entries{}
	}
	return in, s
}

// prefix is where a mirror stands on the server.
func (m mirror) prefix() string { return "/" + m.kind }

// stage is what a mirror plays on that is the index-th of all.
func (m mirror) stage(o settings, index int, people *company, watch func(manners) guard) stage {
	fails := m.fails
	if fails == nil {
		fails = failing
	}
	in, s := m.keys(o, index)
	return stage{
		company: people, o: o, in: in, seeder: s,
		mint:  oneByOne(func() string { return m.key(s) }),
		watch: func(r refusal) guard { return watch(manners{r, fails}) },
	}
}

// handler is a mirror below its prefix. The people take a moment to make up, so it is
// made when it is first asked for.
func (m mirror) handler(o settings, index int, people func() *company, watch func(manners) guard) http.Handler {
	play := sync.OnceValue(func() http.Handler { return m.play(m.stage(o, index, people(), watch)) })
	return http.StripPrefix(m.prefix(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { play().ServeHTTP(w, r) }))
}

// guard puts the journal and the faults before a handler of a dialect.
type guard func(endpoint string, next http.Handler) http.Handler

// refusal is how a dialect says no to a request it did not even look at.
type refusal func(w http.ResponseWriter, status int)

// manners are how a dialect answers where the faults speak for it.
type manners struct {
	refuse refusal
	fails  http.HandlerFunc // what it answers when it fails itself
}

// failing is what most servers answer when they fail.
func failing(w http.ResponseWriter, _ *http.Request) { page(w, http.StatusInternalServerError) }
