package client_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// mishap is a fault of a server and what it means: for what asks and for what
// changes something. Sent is how often a read goes out.
type mishap struct {
	fault   string
	read    model.Kind
	write   model.Kind
	sent    int
	wait    time.Duration
	spoiled bool // it was done, and only the answer is damaged
}

func mishaps() []mishap {
	return []mishap{
		{fault: "401", read: model.Unauthorized, write: model.Unauthorized, sent: 1},
		{fault: "403", read: model.Forbidden, write: model.Forbidden, sent: 1},
		{fault: "404", read: model.NotFound, write: model.NotFound, sent: 1},
		{fault: "429=30", read: model.RateLimited, write: model.RateLimited, sent: 1, wait: 30 * time.Second},
		{fault: "500", read: model.Unavailable, write: model.Uncertain, sent: 1},
		{fault: "502", read: model.Unavailable, write: model.Uncertain, sent: 2},
		{fault: "503", read: model.Unavailable, write: model.Uncertain, sent: 2},
		{fault: "html", read: model.Malformed, write: model.Uncertain, sent: 1},
		{fault: "cut", read: model.Malformed, write: model.Uncertain, sent: 1, spoiled: true},
		{fault: "redirect", read: model.Malformed, write: model.Uncertain, sent: 1},
		{fault: "lost", read: model.Unavailable, write: model.Uncertain, sent: 2},
		{fault: "wrongtype", read: model.Malformed, write: model.Uncertain, sent: 1, spoiled: true},
		{fault: "empty", read: model.Malformed, write: model.Uncertain, sent: 1, spoiled: true},
	}
}

// breaksAt puts a fault into one endpoint. A credential that is refused is
// refused to whoever asks, too: a system may have no other way to say so.
func (w *world) breaksAt(t *testing.T, endpoint, fault string) {
	t.Helper()
	spec := endpoint + ":" + fault
	if fault == "401" && endpoint != "me" {
		spec += ",me:401"
	}
	w.breaks(t, spec)
}

// reads are the questions of a system, by the endpoint that answers them.
func (w *world) reads(t *testing.T, api model.API) map[string]func(context.Context) error {
	t.Helper()
	user := w.somebody(t, w.system.WeakUsername)
	list, d := model.Query{Size: 7}, w.subject.dialect
	questions := map[string]func(context.Context) error{
		"me":    func(ctx context.Context) error { _, err := api.WhoAmI(ctx); return err },
		"users": func(ctx context.Context) error { _, err := api.Users(ctx, list); return err },
		d.endpoint("user"): func(ctx context.Context) error {
			_, err := api.Users(ctx, model.Query{Size: 7, Filter: model.Filter{Only: user}})
			return err
		},
	}
	if withTokens(w.subject) && !d.remembers {
		questions[d.endpoint("tokens")] = func(ctx context.Context) error { _, err := api.Tokens(ctx, list); return err }
	}
	return questions
}

func TestEachFaultOfAReadHasItsKind(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for endpoint, read := range w.reads(t, w.api) {
			if err := read(t.Context()); err != nil {
				t.Errorf("%s without a fault: %v", endpoint, err)
			}
			for _, m := range mishaps() {
				if m.sent > 1 && (w.subject.variant || endpoint != "me") {
					continue // each of these waits before its second try
				}
				w.breaksAt(t, endpoint, m.fault)
				before := w.demo.Served(endpoint)
				w.ends(t, endpoint, m.fault, read(t.Context()), w.readKind(endpoint, m), m.wait)
				sent := w.demo.Served(endpoint) - before
				if m.fault == "lost" && sent == 3 {
					sent = 2 // net/http itself asks again when a connection that it kept was closed
				}
				again := w.subject.dialect.oneRefusal && endpoint == "me" || w.subject.dialect.allows(endpoint, m.fault, twice)
				if sent != m.sent && (!again || m.sent > 1) {
					t.Errorf("%s %s: sent %d times, want %d", endpoint, m.fault, sent, m.sent)
				}
				w.breaks(t, "")
			}
		}
	})
}

// readKind is what a fault of a read means in this system.
func (w *world) readKind(endpoint string, m mishap) model.Kind {
	if w.subject.dialect.oneRefusal && endpoint == "me" && m.read == model.Forbidden {
		return model.Unauthorized
	}
	return m.read
}

// ends is [meets] with the kinds that this system's dialect tolerates.
func (w *world) ends(t *testing.T, endpoint, fault string, err error, want model.Kind, wait time.Duration) {
	t.Helper()
	got := fine
	if err != nil {
		got = model.KindOf(err)
	}
	if got != want && w.subject.dialect.allows(endpoint, fault, got) {
		redacttest.TellsNoKey(t, err)
		return
	}
	meets(t, endpoint+" "+fault, err, want, wait)
}

// meets is failsAs for a table.
func meets(t *testing.T, where string, err error, want model.Kind, wait time.Duration) {
	t.Helper()
	if err == nil || model.KindOf(err) != want {
		t.Errorf("%s: got %v, want %s", where, err, want)
		return
	}
	redacttest.TellsNoKey(t, err)
	if e, ok := errors.AsType[*model.Error](err); !ok || e.RetryAfter != wait || e.Message.Empty() {
		t.Errorf("%s: the error is %#v, want a sentence and to wait %s", where, err, wait)
	}
}

func TestAnEndlessAnswerIsGivenUp(t *testing.T) {
	forThose(t, firstOfItsKind, func(t *testing.T, w *world) {
		must(w.api.Users(t.Context(), model.Query{Size: 7}))(t)
		w.breaks(t, "users:endless")
		before := w.demo.Served("users")
		_, err := w.api.Users(t.Context(), model.Query{Size: 7})
		meets(t, "users endless", err, model.Malformed, 0)
		if sent := w.demo.Served("users") - before; sent != 1 {
			t.Errorf("an endless answer was asked for %d times", sent)
		}
	})
}

func TestAReadThatFailsInPassingIsTriedOnceMore(t *testing.T) {
	forThose(t, firstOfItsKind, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		for _, fault := range []string{"lost", "502", "503"} {
			w.breaks(t, "me:"+fault+":once")
			if _, err := w.api.WhoAmI(t.Context()); err != nil {
				t.Errorf("%s: %v", fault, err)
			}
		}
	})
}
