package client_test

import (
	"slices"
	"testing"
	"time"

	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/model"
)

// subject is one system as one server plays it and one operator enters it. The
// promises of the contract hold for each. What stands here, and in its dialect,
// is only what the system cannot say of itself.
type subject struct {
	name    string
	dialect dialect
	enter   func(*testing.T, demo.System) config.Profile
	options demo.Options
	missing []model.Action                // what it does not offer, though some say so only when asked
	instead map[model.Action]model.Action // what fails, and names another action in its place
	weak    weakness
	apart   bool // it signs in with another key than the demo names
	variant bool // of another subject: what takes time and cannot differ is left out
}

// weakness is what becomes of somebody without rights.
type weakness struct {
	tokens model.Kind // of the error when asking for the tokens; [fine] for a list that is shorter
	alike  bool       // that list is no shorter: it is the console's own, or everybody sees all
	create model.Kind
}

// fine stands for no error where a kind is wanted.
const fine = model.Kind(-1)

// forEverySystem runs a promise against every subject, each with a server of
// its own. Whatever the promise is: no key gets into the log, into a query, or
// onto a path that does not exist.
func forEverySystem(t *testing.T, promise func(t *testing.T, w *world)) {
	t.Helper()
	forThose(t, func(subject) bool { return true }, promise)
}

// forThose runs a promise against the subjects to which it applies.
func forThose(t *testing.T, applies func(subject) bool, promise func(t *testing.T, w *world)) {
	t.Helper()
	forThoseWith(t, canary, applies, promise)
}

// forThoseWith is the same with keys that begin with something, or with nothing.
func forThoseWith(t *testing.T, prefix string, applies func(subject) bool, promise func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for _, s := range subjects() {
		if !applies(s) {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			promise(t, s.startWith(t, prefix))
		})
	}
}

// inEarnest are the subjects that are no variants.
func inEarnest(s subject) bool { return !s.variant }

// withTokens are the subjects that keep a list of tokens at all.
func withTokens(s subject) bool { return s.dialect.tokens > 0 }

// least is how many tokens a subject's list has at the least.
func (s subject) least() int {
	if s.variant {
		return s.dialect.tokens / 3
	}
	return s.dialect.tokens
}

// firstOfItsKind is one subject for each kind.
func firstOfItsKind(s subject) bool {
	all := subjects()
	i := slices.IndexFunc(all, func(other subject) bool { return other.dialect.kind == s.dialect.kind })
	return all[i].name == s.name
}

// withTokensInEarnest are those of both sorts.
func withTokensInEarnest(s subject) bool { return withTokens(s) && inEarnest(s) }

// offering are the subjects that offer an action.
func offering(wanted model.Action) func(subject) bool {
	return func(s subject) bool { return s.offers(wanted) }
}

// start plays the system on a server of its own and opens it.
func (s subject) start(t *testing.T) *world {
	t.Helper()
	return s.startWith(t, canary)
}

// startWith is the same with keys that begin with a prefix; without one they have the form
// that they have in earnest.
func (s subject) startWith(t *testing.T, prefix string) *world {
	t.Helper()
	o := s.options
	o.Seed, o.KeyPrefix, o.Users, o.Tokens = 7, prefix, max(130, s.options.Users), max(105, s.options.Tokens)
	if s.variant { // what differs, differs in few rows too
		o.Users, o.Tokens = max(70, s.options.Users), 45
	}
	began := time.Now()
	server, err := demo.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	w := &world{subject: s, demo: server, log: &logBook{}, began: began}
	for _, system := range server.Systems() {
		if system.Kind == s.dialect.kind {
			w.system = system
		}
	}
	w.api = open(t, s.enter(t, w.system), w.log)
	must(w.api.WhoAmI(t.Context()))(t) // signed in, and found out what it is
	t.Cleanup(func() { w.hold(t) })
	return w
}
