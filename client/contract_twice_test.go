package client_test

import (
	"slices"
	"testing"
	"time"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// Promises about what stands between: a proxy that sends a write twice gives the
// second answer, and one that gives up speaks before the server has done the work.

// writesOf are the writes of an order that goes well, in their order.
func (w *world) writesOf(t *testing.T, a model.Action, s source) []part {
	t.Helper()
	return slices.DeleteFunc(w.parts(t, a, s), func(p part) bool { return !p.changes })
}

// forEveryWrite carries out each order that a subject offers, once for each of its
// writes, while something is wrong with that write.
func forEveryWrite(t *testing.T, fault string, promise func(t *testing.T, w *world, p part, o model.Order)) {
	t.Helper()
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, a := range model.Actions() {
			if !w.subject.offers(a) || !a.Writes() {
				continue
			}
			for _, s := range w.targets(t, a) {
				for _, p := range w.writesOf(t, a, s) {
					o, ok := w.target(t, a, s)
					if !ok {
						t.Fatalf("no %q token is left for %s", s.kind, a)
					}
					o.At = time.Now()
					w.breaks(t, p.endpoint+":"+fault)
					promise(t, w, p, o)
					w.breaks(t, "")
				}
			}
		}
	})
}

func TestAWriteThatAProxySendsTwiceIsNeverSaidToHaveChangedNothing(t *testing.T) {
	forEveryWrite(t, "twice", func(t *testing.T, w *world, p part, o model.Order) {
		t.Helper()
		issued, err := w.carry(t, w.api, o)
		w.breaks(t, "")
		redacttest.TellsNoKey(t, err)
		switch kind := model.KindOf(err); {
		case err == nil && !w.holdsTrue(t, o, issued):
			t.Errorf("%s, %s twice: it is said to be done and is not: %+v", o.Action, p.endpoint, issued)
		case err != nil && kind != model.Uncertain && kind != model.Partial:
			t.Errorf("%s, %s twice: after a change it ended with %v", o.Action, p.endpoint, err)
		}
		if why, missing := w.api.Info().Missing[o.Action]; missing {
			t.Errorf("%s, %s twice: took the action away: %s", o.Action, p.endpoint, why)
		}
	})
}

func TestAWriteThatIsDoneAfterItsAnswerIsInDoubtAndThenSeen(t *testing.T) {
	forEveryWrite(t, "late=23h", func(t *testing.T, w *world, p part, o model.Order) {
		t.Helper()
		moment := w.now()
		issued, err := w.carry(t, w.api, o)
		w.breaks(t, "")
		where := o.Action.String() + ", " + p.endpoint + " late"
		inDoubt(t, where, p, issued, err)
		sent := 0
		for _, r := range w.writes(moment) {
			if r.Endpoint == p.endpoint {
				sent++
			}
		}
		if sent != 1 {
			t.Errorf("%s: it was sent %d times", where, sent)
		}
		w.demo.Settle()
		seen, err := w.api.Look(t.Context(), o)
		redacttest.TellsNoKey(t, err)
		refused := w.subject.dialect.allows(p.endpoint, "late", model.Invalid) // so that it was not done either
		switch untold := w.subject.dialect.untold; {
		case err != nil:
			t.Errorf("%s: looked and saw %v", where, err)
		case refused && seen.End == model.Unseen:
		case seen.End == model.Unseen, seen.End == model.Untold && (untold == nil || !untold(o.Action, o.Token)):
			t.Errorf("%s: it was done, and looking says: %+v", where, seen)
		case seen.Words == "":
			t.Errorf("%s: looking says nothing", where)
		}
	})
}

// inDoubt wants that nobody says of a write, to which a proxy gave an answer, that it
// was done, or that it was not. Where another write came before it, a note will do.
func inDoubt(t *testing.T, where string, p part, issued model.Issued, err error) {
	t.Helper()
	redacttest.TellsNoKey(t, err)
	kind := model.KindOf(err)
	doubt := kind == model.Uncertain || p.when == after && (kind == model.Partial || err == nil && len(issued.Notes) > 0)
	if !doubt {
		t.Errorf("%s: it ended with %q (%v)", where, issued.Notes, err)
	}
}

func TestAWriteThatIsNotDoneIsNeverSeen(t *testing.T) {
	forEveryWrite(t, "late=23h", func(t *testing.T, w *world, p part, o model.Order) {
		t.Helper()
		if p.when != deed || w.subject.variant {
			return
		}
		issued, err := w.carry(t, w.api, o)
		w.breaks(t, "")
		inDoubt(t, o.Action.String()+", "+p.endpoint+" never", p, issued, err)
		seen, err := w.api.Look(t.Context(), o)
		if err != nil || seen.End == model.Visible {
			t.Errorf("%s, %s was never done, and looking says: %+v (%v)", o.Action, p.endpoint, seen, err)
		}
	})
}

// With its own key gone by the first sending, authdeck is refused at the second: by
// HAProxy 2.6 with "retry-on", 204 and then 401.
func TestTheEndOfAuthdecksOwnKeyThatAProxySendsTwiceIsNotSaidToHaveChangedNothing(t *testing.T) {
	for _, a := range []model.Action{model.Regenerate, model.Delete} {
		t.Run(a.String(), func(t *testing.T) {
			forThose(t, offering(a), func(t *testing.T, w *world) {
				me, at := must(w.api.WhoAmI(t.Context()))(t), w.deedOf(t, a, w.targets(t, a)[0])
				for _, token := range everyToken(t, w.api, model.Query{Size: 100, Filter: model.Filter{Only: me}}) {
					if !w.possible(t, a, token) {
						continue
					}
					o := w.order(t, w.api, a, token)
					o.At = time.Now()
					w.breaks(t, at+":twice")
					_, err := w.carry(t, w.api, o)
					w.breaks(t, "")
					if kind := model.KindOf(err); err != nil && kind != model.Uncertain && kind != model.Partial {
						t.Errorf("twice of %s: after a change it ended with %v", token.Name, err)
					}
					if seen, err := w.api.Look(t.Context(), o); token.Own && (err != nil || seen.End == model.Unseen) {
						t.Errorf("twice of %s: looking says %+v (%v)", token.Name, seen, err)
					}
					if _, still := w.api.WhoAmI(t.Context()); still != nil {
						return // signed out, as it has to be
					}
				}
			})
		})
	}
}
