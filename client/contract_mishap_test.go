package client_test

import (
	"errors"
	"slices"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// part is one endpoint that an order makes use of, and when.
type part struct {
	endpoint string
	when     moment
	changes  bool
}

// moment is where in an order a request stands.
type moment int

const (
	question moment = iota // of an order that changes nothing
	before                 // what is asked before anything is changed
	deed                   // the first change
	after                  // what follows it: the other half, or a proof
)

func TestEachFaultOfAnOrderHasItsKindAndNothingIsSentTwice(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, a := range model.Actions() {
			if !w.subject.offers(a) {
				continue
			}
			for i, s := range w.targets(t, a) {
				w.suffersAll(t, a, s, i > 0 || w.subject.variant)
			}
		}
	})
}

// suffersAll carries an order out once for each fault of each of its parts, or for
// a few of them, as long as there are tokens left.
func (w *world) suffersAll(t *testing.T, a model.Action, s source, few bool) {
	t.Helper()
	for _, p := range w.parts(t, a, s) {
		for _, m := range p.mishaps(few) {
			o, ok := w.target(t, a, s)
			if !ok {
				return
			}
			w.suffers(t, o, p, m)
			if _, lost := w.api.Info().Missing[a]; lost { // the fault taught the client that it is not there
				w.api = open(t, w.subject.enter(t, w.system), w.log)
			}
		}
	}
}

// targets are the sorts of token that an action is tried on; of one that is about
// none there is one.
func (w *world) targets(t *testing.T, a model.Action) []source {
	t.Helper()
	if !a.AboutOne() {
		return []source{{}}
	}
	return w.sourcesOf(t, a)
}

// target prepares an order that nothing was done for yet.
func (w *world) target(t *testing.T, a model.Action, s source) (model.Order, bool) {
	t.Helper()
	if !a.AboutOne() {
		return w.order(t, w.api, a, model.Token{}), true
	}
	token, ok := w.left(t, a, s)
	if !ok {
		return model.Order{}, false
	}
	return w.order(t, w.api, a, token), true
}

// parts are the endpoints of an order that goes well, in their order.
func (w *world) parts(t *testing.T, a model.Action, s source) []part {
	t.Helper()
	o, _ := w.target(t, a, s)
	moment := w.now()
	if _, err := w.carry(t, w.api, o); err != nil {
		t.Fatalf("%s: %v", a, err)
	}
	var parts []part
	when := before
	if len(w.writes(moment)) == 0 {
		when = question
	}
	seen := map[string]bool{}
	for _, r := range w.since(moment) {
		at := when
		if w.changes(r) && when == before {
			at, when = deed, after
		}
		if !seen[r.Endpoint] && r.Endpoint != "" {
			parts = append(parts, part{r.Endpoint, at, w.changes(r)})
		}
		seen[r.Endpoint] = true
	}
	return parts
}

// mishaps leaves out what waits before a second try and, where a few will do, what
// cannot differ.
func (p part) mishaps(few bool) []mishap {
	var some []mishap
	for _, m := range mishaps() {
		waits := m.sent > 1 && !p.changes
		if !waits && (!few || m.fault == "lost" || m.fault == "403" || m.fault == "cut") {
			some = append(some, m)
		}
	}
	return some
}

// suffers carries an order out while one endpoint has a fault.
func (w *world) suffers(t *testing.T, o model.Order, p part, m mishap) {
	t.Helper()
	w.breaksAt(t, p.endpoint, m.fault)
	moment := w.now()
	issued, err := w.carry(t, w.api, o)
	w.breaks(t, "")
	redacttest.TellsNoKey(t, err)
	where := o.Action.String() + ", " + p.endpoint
	sent := w.writes(moment)
	switch {
	case p.when == before && err == nil && w.subject.dialect.allows(p.endpoint+" first", m.fault, fine) && w.holdsTrue(t, o, issued):
	case p.when < deed, p.when == after && len(sent) == 0:
		w.ends(t, p.endpoint, m.fault, err, w.readKind(p.endpoint, m), m.wait)
		if len(sent) > 0 && err != nil {
			t.Errorf("%s %s: %d writes were sent all the same", where, m.fault, len(sent))
		}
	case p.when == deed:
		if m.spoiled && err == nil && w.holdsTrue(t, o, issued) {
			break // an answer without content has nothing to spoil
		}
		w.ends(t, p.endpoint, m.fault, err, m.write, m.wait)
	default:
		w.halfDone(t, where+" "+m.fault, o, issued, err)
		if p.changes && !m.spoiled && err == nil && len(issued.Notes) == 0 {
			t.Errorf("%s %s: nobody is told that it did not go to its end", where, m.fault)
		}
	}
	counts := map[string]int{}
	for _, r := range sent {
		if counts[r.Method+r.Path]++; counts[r.Method+r.Path] > 1 && !w.subject.dialect.allows(p.endpoint, m.fault, twice) {
			t.Errorf("%s %s: %s %s was sent %d times", where, m.fault, r.Method, r.Path, counts[r.Method+r.Path])
		}
	}
}

// twice stands for a write that is sent again in other words, where a kind is
// wanted.
const twice = model.Kind(-2)

// halfDone wants that nobody says after a change that there was none.
func (w *world) halfDone(t *testing.T, where string, o model.Order, issued model.Issued, err error) {
	t.Helper()
	switch model.KindOf(err) {
	case model.Partial, model.Uncertain:
		if e, ok := errors.AsType[*model.Error](err); !ok || e.Message.Empty() {
			t.Errorf("%s: nobody is told what was done: %v", where, err)
		}
	default:
		if err != nil || !w.holdsTrue(t, o, issued) {
			t.Errorf("%s: after a change it ended with %v", where, err)
		}
	}
}

// holdsTrue reports whether a success is one: the key that was given opens, and what
// was to end has ended.
func (w *world) holdsTrue(t *testing.T, o model.Order, issued model.Issued) bool {
	t.Helper()
	if !issued.Key.Empty() && !w.opens(t, issued.Token, issued.Key.Reveal()) {
		return false
	}
	switch o.Action {
	case model.Delete:
		left, there := w.listed(t, o.Token.ID)
		return !there || left.State == model.Revoked
	case model.Revoke:
		return !w.accepts(t, o.Password.Reveal())
	default:
		return true
	}
}

func TestAWriteWhoseAnswerWasLostIsNotRepeatedUnseen(t *testing.T) {
	forThose(t, offering(model.Regenerate), func(t *testing.T, w *world) {
		for _, s := range w.sourcesOf(t, model.Regenerate) {
			at := w.deedOf(t, model.Regenerate, s)
			o, _ := w.target(t, model.Regenerate, s)
			w.breaks(t, at+":lost:once")
			_, err := w.carry(t, w.api, o)
			w.breaks(t, "")
			w.ends(t, at, "lost", err, model.Uncertain, 0)
			somebodyElse := w.stranger(t)
			now := everyToken(t, somebodyElse, model.Query{Size: 100})
			_, err = w.carry(t, w.api, o)
			if err == nil && !slices.Contains(now, o.Token) { // it did happen, and shows
				t.Error("a token that has changed since it was read was changed once more")
			}
			if err != nil && model.KindOf(err) != model.NotFound {
				redacttest.FailsAs(t, err, model.Conflict)
			}
		}
	})
}
