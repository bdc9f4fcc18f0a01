package client_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"authdeck/client"
	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func changing(method string) bool { return method != http.MethodGet && method != http.MethodHead }

// keysInUse are some of other people's.
func (w *world) keysInUse(t *testing.T) []string {
	t.Helper()
	return []string{w.system.Weak, w.system.WeakPassword}
}

// through is the system by way of a proxy.
func (w *world) through(m *mangler) demo.System {
	s := w.system
	s.URL = m.address()
	return s
}

func TestNoBrokenAnswerToAWriteIsSentTwiceMisreadOrQuoted(t *testing.T) {
	t.Parallel()
	for _, s := range subjects() {
		if !firstOfItsKind(s) {
			continue
		}
		s.options.Users, s.options.Tokens = 200, 150 // some of these answers come when it is done, and use up whom it was done for
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.start(t).survivesAll(t)
		})
	}
}

// survivesAll tries every order with every second answer, each system and order
// beginning with another: at least sixty for each.
func (w *world) survivesAll(t *testing.T) {
	t.Helper()
	m := inFrontOf(t, w.system.URL, w.keysInUse(t)...)
	w.api = open(t, w.subject.enter(t, w.through(m)), w.log)
	tried := len(w.subject.name)
	for _, a := range model.Actions() {
		if !a.Writes() || !w.subject.offers(a) {
			continue
		}
		s := w.targets(t, a)[0]
		for _, b := range answers() {
			if tried++; tried%2 == 0 {
				w.survives(t, m, a, s, b)
			}
		}
		tried++
	}
	squawks(t, "the log", w.log.String())
}

// survives carries an order out whose first write is answered in a broken way.
func (w *world) survives(t *testing.T, m *mangler, a model.Action, s source, b broken) {
	t.Helper()
	o, ok := w.target(t, a, s)
	if !ok {
		t.Fatalf("no token is left for %s", a)
	}
	where := fmt.Sprintf("%s, %s", a, b.name)
	m.arm(&b, changing)
	issued, err := w.carry(t, w.api, o)
	for what, times := range m.disarm() {
		if times != 1 {
			t.Errorf("%s: %s was sent %d times", where, what, times)
		}
	}
	redacttest.TellsNoKey(t, err)
	squawks(t, where, fmt.Sprintf("%v %+v", err, issued.Notes))
	if !b.allows(t, w, o, issued, err) {
		t.Errorf("%s: it ended with %q %v", where, issued.Notes, err)
	}
	if _, lost := w.api.Info().Missing[a]; lost { // the answer taught the client that it is not there
		w.api = open(t, w.subject.enter(t, w.through(m)), w.log)
	}
}

// allows reports whether that may be the end of an order after such an answer. A
// success has to be one in any case.
func (b broken) allows(t *testing.T, w *world, o model.Order, issued model.Issued, err error) bool {
	t.Helper()
	if err == nil {
		return b.means != no && (w.holdsTrue(t, o, issued) || b.means == yes && len(issued.Notes) > 0)
	}
	switch kind := model.KindOf(err); b.means {
	case unclear:
		return kind == model.Uncertain || kind == model.Partial && b.done
	case no:
		return kind != model.Internal && kind != model.Unavailable && kind != model.Malformed
	default:
		return slices.Contains([]model.Kind{model.Uncertain, model.Contradicted, model.Partial}, kind)
	}
}

// squawks fails when a text holds the canary in whatever capitals.
func squawks(t *testing.T, where, text string) {
	t.Helper()
	if at := strings.Index(strings.ToLower(text), strings.TrimSuffix(canary, "-")); at >= 0 {
		t.Errorf("%s shows a key: %.120s", where, text[max(0, at-60):])
	}
}

func TestTheDoctorQuotesNothingOfABrokenAnswer(t *testing.T) {
	forThose(t, firstOfItsKind, func(t *testing.T, w *world) {
		keys := w.keysInUse(t)
		var waiting sync.WaitGroup // what fails in passing is asked for again after a pause
		for _, b := range answers() {
			m := inFrontOf(t, w.system.URL, keys...)
			m.arm(&b, func(string) bool { return true })
			p := w.subject.enter(t, w.through(m))
			waiting.Go(func() {
				book := &logBook{}
				var printed strings.Builder
				for _, check := range client.Diagnose(t.Context(), p, env(book)) {
					_, _ = fmt.Fprintf(&printed, "%+v\n", check)
				}
				squawks(t, "doctor, "+b.name, printed.String())
				squawks(t, "the log, "+b.name, book.String())
			})
		}
		waiting.Wait()
	})
}
