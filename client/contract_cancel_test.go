package client_test

import (
	"context"
	"net/http"
	"runtime"
	"sync/atomic"
	"testing"

	"authdeck/client/demo"
	"authdeck/model"
)

// leash is a network on which somebody gives up at the moment at which a request
// that is waited for has come to the server. That it was written says less: net/http
// says so before the bytes leave, and who gives up then may send nothing.
type leash struct {
	http.RoundTripper
	demo   *demo.Server
	awaits func(*http.Request) bool
	giveUp atomic.Pointer[context.CancelFunc]
	left   atomic.Int32 // how many such requests there were
}

func newLeash(t *testing.T, w *world, awaits func(*http.Request) bool) *leash {
	t.Helper()
	network := &http.Transport{}
	t.Cleanup(network.CloseIdleConnections)
	return &leash{RoundTripper: network, demo: w.demo, awaits: awaits}
}

// RoundTrip implements [http.RoundTripper].
func (l *leash) RoundTrip(r *http.Request) (*http.Response, error) {
	if giveUp := l.giveUp.Load(); giveUp != nil && l.awaits(r) {
		l.left.Add(1)
		before := l.demo.Served("any")
		go func() {
			for l.demo.Served("any") == before && r.Context().Err() == nil {
				runtime.Gosched()
			}
			(*giveUp)()
		}()
	}
	return l.RoundTripper.RoundTrip(r)
}

// during gives up what is done in it.
func (l *leash) during(t *testing.T, do func(context.Context) error) error {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	l.left.Store(0)
	l.giveUp.Store(&cancel)
	defer l.giveUp.Store(nil)
	return do(ctx)
}

func TestAReadThatNobodyWaitsForAnyMoreIsCancelled(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		l := newLeash(t, w, func(*http.Request) bool { return true })
		api := openThrough(t, l, w.subject.enter(t, w.system), w.log)
		for endpoint, read := range w.reads(t, api) {
			if err := read(t.Context()); err != nil { // signed in, and looked around
				t.Errorf("%s: %v", endpoint, err)
			}
			w.breaks(t, endpoint+":silent")
			meets(t, endpoint, l.during(t, read), model.Cancelled, 0)
			w.breaks(t, "")
		}
	})
}

func TestAWriteThatNobodyWaitsForAnyMoreMayHaveHappened(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		l := newLeash(t, w, func(r *http.Request) bool { return r.Method != http.MethodGet })
		w.api = openThrough(t, l, w.subject.enter(t, w.system), w.log)
		must(w.api.WhoAmI(t.Context()))(t)
		for _, a := range model.Actions() {
			if !w.subject.offers(a) || !a.Writes() {
				continue
			}
			s := w.targets(t, a)[0]
			at := w.deedOf(t, a, s)
			o, _ := w.target(t, a, s)
			w.breaks(t, at+":silent")
			arrived := w.demo.Served(at) + 1
			err := l.during(t, func(ctx context.Context) error { _, err := w.api.Do(ctx, o); return err })
			if w.demo.Served(at) != arrived {
				t.Errorf("%s was asked %d times more", at, w.demo.Served(at)-arrived+1)
			}
			w.breaks(t, "")
			meets(t, a.String(), err, model.Uncertain, 0)
			if sent := l.left.Load(); sent != 1 {
				t.Errorf("%s: %d writes were sent", a, sent)
			}
		}
	})
}

// deedOf is the endpoint of an order's first change.
func (w *world) deedOf(t *testing.T, a model.Action, s source) string {
	t.Helper()
	for _, p := range w.parts(t, a, s) {
		if p.when == deed {
			return p.endpoint
		}
	}
	t.Fatalf("%s changes nothing", a)
	return ""
}

func TestWhatWasGivenUpBeforeItBeganIsNotSent(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		questions := w.reads(t, w.api)
		moment := w.now()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for endpoint, read := range questions {
			meets(t, endpoint, read(ctx), model.Cancelled, 0)
		}
		for _, r := range w.since(moment) {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	})
}
