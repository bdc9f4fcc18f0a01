package stage

import (
	"net/http"
	"sync"
)

// Mirror is one system that can be played.
type Mirror struct {
	Name, Kind string
	NewKey     func(*Seeder) string // makes a key in the system's own form
	Play       func(Stage) http.Handler
	Keyless    bool             // there is no key before somebody signs in
	Fail       http.HandlerFunc // what it answers when it fails; nil for an HTML page
}

// HexKey makes keys that are so many hexadecimal digits.
func HexKey(length int) func(*Seeder) string {
	return func(s *Seeder) string { return s.Hex(length) }
}

// Keys are those of the two users that the demo signs in as, and the numbers that a
// mirror goes on with.
func (m Mirror) Keys(o Settings, index int) (Keys, *Seeder) {
	s := newSeeder(o, mirrorStream+uint64(index)) //nolint:gosec // a handful
	keys := Keys{Admin: m.NewKey(s), Weak: m.NewKey(s)}
	if m.Keyless {
		keys = Keys{}
	}
	return keys, s
}

// Prefix is where a mirror stands on the server.
func (m Mirror) Prefix() string { return "/" + m.Kind }

// Stage is what a mirror plays on that is the index-th of all.
func (m Mirror) Stage(o Settings, index int, people *People, wrap func(ErrorResponses) Middleware) Stage {
	fails := m.Fail
	if fails == nil {
		fails = ServerError
	}
	keys, s := m.Keys(o, index)
	return Stage{
		People: people, Settings: o, Keys: keys, Seeder: s,
		NewKey:     oneByOne(func() string { return m.NewKey(s) }),
		Middleware: func(r Refusal) Middleware { return wrap(ErrorResponses{r, fails}) },
	}
}

// Handler is a mirror, for paths without its prefix. The people take a moment to make up, so it is
// made when it is first asked for.
func (m Mirror) Handler(o Settings, index int, people func() *People, wrap func(ErrorResponses) Middleware) http.Handler {
	play := sync.OnceValue(func() http.Handler { return m.Play(m.Stage(o, index, people(), wrap)) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { play().ServeHTTP(w, r) })
}

// Middleware puts the journal and the faults before a handler of a dialect.
type Middleware func(endpoint string, next http.Handler) http.Handler

// Refusal is how a dialect says no to a request it did not even look at.
type Refusal func(w http.ResponseWriter, status int)

// ErrorResponses are how a dialect answers where the faults speak for it.
type ErrorResponses struct {
	Refuse Refusal
	Fail   http.HandlerFunc // what it answers when it fails itself
}

// ServerError is what most servers answer when they fail.
func ServerError(w http.ResponseWriter, _ *http.Request) { HTMLPage(w, http.StatusInternalServerError) }
