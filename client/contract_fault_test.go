package client_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/model"
)

// mishap is a fault of a server and what it means: for what asks and for what
// changes something. Sent is how often a read goes out.
type mishap struct {
	fault string
	read  model.Kind
	write model.Kind
	sent  int
	wait  time.Duration
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
		{fault: "cut", read: model.Malformed, write: model.Uncertain, sent: 1},
		{fault: "redirect", read: model.Malformed, write: model.Uncertain, sent: 1},
		{fault: "lost", read: model.Unavailable, write: model.Uncertain, sent: 2},
		{fault: "wrongtype", read: model.Malformed, write: model.Uncertain, sent: 1},
		{fault: "empty", read: model.Malformed, write: model.Uncertain, sent: 1},
	}
}

func TestEachFaultOfAReadHasItsKind(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		user := must(w.api.Users(t.Context(), model.Query{Size: 1}))(t).Items[0]
		reads := map[string]func() error{
			"me":     func() error { _, err := w.api.WhoAmI(t.Context()); return err },
			"tokens": func() error { _, err := w.api.Tokens(t.Context(), model.Query{Size: 7}); return err },
			"users":  func() error { _, err := w.api.Users(t.Context(), model.Query{Size: 7}); return err },
			"user": func() error {
				_, err := w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: user}})
				return err
			},
		}
		for _, m := range mishaps() {
			for endpoint, read := range reads {
				if m.sent > 1 && (w.subject.variant || endpoint != "me") {
					continue // each of these waits before its second try
				}
				w.breaks(t, endpoint+":"+m.fault)
				before := w.demo.Served(endpoint)
				err := read()
				meets(t, endpoint+" "+m.fault, err, m.read, m.wait)
				sent := w.demo.Served(endpoint) - before
				if m.fault == "lost" && sent == 3 {
					sent = 2 // net/http itself asks again when a connection that it kept was closed
				}
				if sent != m.sent {
					t.Errorf("%s %s: sent %d times, want %d", endpoint, m.fault, sent, m.sent)
				}
			}
		}
	})
}

// meets is failsAs for a table.
func meets(t *testing.T, where string, err error, want model.Kind, wait time.Duration) {
	t.Helper()
	if err == nil || model.KindOf(err) != want {
		t.Errorf("%s: got %v, want %s", where, err, want)
		return
	}
	tellsNoKey(t, err)
	if e, ok := errors.AsType[*model.Error](err); !ok || e.RetryAfter != wait || e.Message.Empty() {
		t.Errorf("%s: the error is %#v, want a sentence and to wait %s", where, err, wait)
	}
}

func TestEachFaultOfAWriteHasItsKindAndItIsSentOnce(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, m := range mishaps() {
			owner := w.freeUser(t)
			w.breaks(t, "create:"+m.fault)
			before := w.demo.Served("create")
			_, err := w.api.Create(t.Context(), model.Draft{Owner: owner})
			want, times := m.write, 1
			if slices.Contains(w.subject.options.Quirks, demo.HamgamOldCreate) {
				want, times = olderCreate(m)
			}
			meets(t, "create "+m.fault, err, want, m.wait)
			if sent := w.demo.Served("create") - before; sent != times {
				t.Errorf("create %s: sent %d times, want %d", m.fault, sent, times)
			}
			w.breaks(t, "")
		}
	})
}

// olderCreate is what becomes of a create that a server of the older pages
// refuses first, because the user has another name there: a spoilt answer is a
// spoilt refusal.
func olderCreate(m mishap) (model.Kind, int) {
	switch m.fault {
	case "cut":
		return model.Invalid, 1
	case "wrongtype":
		return m.write, 2
	}
	return m.write, 1
}

func TestEachFaultOfARegenerationHasItsKindAndItIsSentOnce(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, m := range mishaps() {
			token := w.someToken(t)
			w.breaks(t, "regenerate:"+m.fault)
			before := w.demo.Served("regenerate")
			_, err := w.api.Regenerate(t.Context(), token)
			meets(t, "regenerate "+m.fault, err, m.write, m.wait)
			if sent := w.demo.Served("regenerate") - before; sent != 1 {
				t.Errorf("regenerate %s: sent %d times", m.fault, sent)
			}
			w.breaks(t, "")
		}
	})
}

func TestEachFaultOfADeletionHasItsKindAndItIsSentOnce(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		if slices.Contains(w.subject.options.Quirks, demo.HamgamNoDelete) {
			t.Skip("this server has no delete")
		}
		for _, m := range mishaps() {
			token := w.someToken(t)
			w.breaks(t, "delete:"+m.fault)
			before := w.demo.Served("delete")
			err := w.api.Delete(t.Context(), token)
			switch m.fault {
			case "404": // the token has just been read, so the route is missing
				meets(t, "delete 404", err, model.Unsupported, 0)
			case "cut", "wrongtype", "empty": // an answer without content has nothing to spoil
				if err != nil {
					t.Errorf("delete %s: %v", m.fault, err)
				}
			default:
				meets(t, "delete "+m.fault, err, m.write, m.wait)
			}
			if sent := w.demo.Served("delete") - before; sent != 1 {
				t.Errorf("delete %s: sent %d times", m.fault, sent)
			}
			w.breaks(t, "")
		}
	})
}

func TestAnEndlessAnswerIsGivenUp(t *testing.T) {
	t.Parallel()
	w := subjects()[0].start(t)
	token := w.someToken(t)
	w.breaks(t, "tokens:endless,regenerate:endless")
	_, err := w.api.Tokens(t.Context(), model.Query{Size: 7})
	meets(t, "tokens endless", err, model.Malformed, 0)
	_, err = w.api.Regenerate(t.Context(), token)
	meets(t, "regenerate endless", err, model.Uncertain, 0)
	if w.demo.Served("tokens") != 2 || w.demo.Served("regenerate") != 1 {
		t.Error("an endless answer was asked for again")
	}
}

func TestAReadThatFailsInPassingIsTriedOnceMore(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		if w.subject.variant {
			t.Skip("the second try is the transport's, whatever the variant")
		}
		for _, fault := range []string{"lost", "502", "503"} {
			w.breaks(t, "me:"+fault+":once")
			if _, err := w.api.WhoAmI(t.Context()); err != nil {
				t.Errorf("%s: %v", fault, err)
			}
		}
	})
}

func TestAReadBeforeAWriteThatFailsStopsTheWrite(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		token := w.someToken(t)
		for _, m := range mishaps() {
			if m.sent > 1 {
				continue // each of these waits before its second try
			}
			w.breaks(t, "token:"+m.fault)
			_, err := w.api.Regenerate(t.Context(), token)
			meets(t, "regenerate after "+m.fault, err, m.read, m.wait)
			meets(t, "delete after "+m.fault, w.api.Delete(t.Context(), token), m.read, m.wait)
		}
		if n := w.demo.Served("regenerate") + w.demo.Served("delete"); n != 0 {
			t.Errorf("%d writes were sent", n)
		}
	})
}

func TestAWriteWhoseAnswerWasLostMayHaveHappened(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		read := w.someToken(t)
		w.breaks(t, "regenerate:lost:once")
		_, err := w.api.Regenerate(t.Context(), read)
		failsAs(t, err, model.Uncertain)
		if n := w.demo.Served("regenerate"); n != 1 {
			t.Errorf("it was sent %d times", n)
		}
		_, err = w.api.Regenerate(t.Context(), read)
		failsAs(t, err, model.Conflict) // it did happen, and nobody overwrites it unseen
	})
}

// nowhere is an address at which nobody listens.
func nowhere(t *testing.T) string {
	t.Helper()
	w := subjects()[0].start(t)
	address := w.system.URL
	if err := w.demo.Close(); err != nil {
		t.Fatal(err)
	}
	return address
}

func TestWhereNobodyListensAWriteCertainlyDidNotHappen(t *testing.T) {
	t.Parallel()
	api := open(t, profile(t, nowhere(t), canary+"key"), &logBook{})
	_, read := api.WhoAmI(t.Context())
	_, write := api.Create(t.Context(), model.Draft{Owner: model.User{ID: "7"}})
	for what, err := range map[string]error{"read": read, "write": write} {
		meets(t, what, err, model.Unavailable, 0)
		if got := fmt.Sprint(err); got != "unavailable: nothing listens there (connection refused)" {
			t.Errorf("%s: %s", what, got)
		}
	}
}

func TestAnErrorDoesNotTellWhatWasSearchedFor(t *testing.T) {
	t.Parallel()
	server := answering(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	for name, address := range map[string]string{"nobody there": nowhere(t), "broken off": server.URL} {
		book := &logBook{}
		_, err := open(t, profile(t, address, canary+"key"), book).Users(t.Context(), model.Query{Size: 7, Search: "needle"})
		meets(t, name, err, model.Unavailable, 0)
		for ; err != nil; err = errors.Unwrap(err) {
			if printed := fmt.Sprintf("%+v %#v", err, err); strings.Contains(printed, "needle") || strings.Contains(printed, "ordering") {
				t.Errorf("%s: the error tells what was asked: %s", name, printed)
			}
		}
		if strings.Contains(book.String(), "needle") {
			t.Errorf("%s: the log tells what was searched for: %s", name, book)
		}
	}
}
