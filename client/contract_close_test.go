package client_test

import (
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestClosingEndsWhatTheConsoleOpenedAndNothingElse(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		p := w.subject.enter(t, w.system)
		api := open(t, p, w.log)
		must(api.WhoAmI(t.Context()))(t)
		before, kept := w.now(), w.api.Info()
		if err := api.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		ends := w.subject.dialect.ends
		if sent, opened := len(w.since(before)), ends != nil && ends(wire.Way(p.Way)); (sent > 0) != opened {
			t.Errorf("the console had something of its own to end: %t, and sent %d requests", opened, sent)
		}
		if w.system.Token != "" && !w.accepts(t, w.system.Token) && !w.keyless() {
			t.Error("a key that is not the console's own to end has ended")
		}
		if w.subject.dialect.remembers { // from one place a server gives all consoles one session
			return
		}
		must(w.api.WhoAmI(t.Context()))(t)
		if now := w.api.Info(); len(now.Missing) != len(kept.Missing) {
			t.Errorf("another console offers something else now: %+v", now)
		}
	})
}

// keyless reports whether no key opens this system.
func (w *world) keyless() bool {
	opening := w.subject.dialect.opening
	return opening != nil && !opening(model.Token{})
}
