package client_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"authdeck/model"
)

// What authentik, and a proxy before it, says of a write and is not so.

func anAuthentik(s subject) bool { return s.dialect.kind == "authentik" && !s.variant }

// doubted carries an order out while its write has a fault, wants it sent once, and
// looks for what came of it.
func (w *world) doubted(t *testing.T, at, fault string, o model.Order) (model.Issued, model.Finding, error) {
	t.Helper()
	w.breaks(t, at+":"+fault+":once")
	before := w.now()
	issued, err := w.carry(t, w.api, o)
	w.breaks(t, "")
	if sent := w.writes(before); len(sent) != 1 {
		t.Errorf("%s %s: sent %v", o.Action, fault, sent)
	}
	found, failed := w.api.Look(t.Context(), o)
	if failed != nil {
		t.Errorf("%s %s: %v", o.Action, fault, failed)
	}
	return issued, found, err
}

func TestAWriteThatAuthentikCrashedOverIsNotSaidToHaveChangedNothing(t *testing.T) {
	forThose(t, anAuthentik, func(t *testing.T, w *world) {
		for at, a := range map[string]model.Action{"create": model.Create, "edit": model.Edit, "regenerate": model.Regenerate, "delete": model.Delete} {
			o, _ := w.target(t, a, w.targets(t, a)[0])
			issued, found, err := w.doubted(t, at, "crash", o)
			meets(t, at, err, model.Uncertain, 0)
			if found.End != model.Visible {
				t.Errorf("%s: it was done, and found is %+v", at, found)
			}
			if a == model.Regenerate && !w.opens(t, issued.Token, issued.Key.Reveal()) {
				t.Error("the key of the token is lost")
			}
			o, _ = w.target(t, a, w.targets(t, a)[0])
			issued, found, err = w.doubted(t, at, "500", o)
			meets(t, at, err, model.Uncertain, 0)
			if found.End != model.Unseen || a == model.Regenerate && issued.Key.Empty() {
				t.Errorf("%s: it was not done, and found is %+v", at, found)
			}
		}
	})
}

func TestWhatAProxySentTwiceIsNotSaidToHaveFailed(t *testing.T) {
	forThose(t, anAuthentik, func(t *testing.T, w *world) {
		o, _ := w.target(t, model.Delete, w.targets(t, model.Delete)[0])
		issued, _, err := w.doubted(t, "delete", "twice", o)
		if err != nil || len(issued.Notes) == 0 || issued.Notes[0] != "It is gone now: by this, or by somebody else in this moment." {
			t.Errorf("delete: %v, noted %q", err, issued.Notes)
		}
		o, _ = w.target(t, model.Create, source{})
		_, found, err := w.doubted(t, "create", "twice", o)
		meets(t, "create", err, model.Uncertain, 0)
		if found.End != model.Visible || !strings.Contains(err.Error(), "This may be the one") {
			t.Errorf("create: %v, found %+v", err, found)
		}
		o, _ = w.target(t, model.Edit, w.targets(t, model.Edit)[0]) // gives it another identifier
		_, found, err = w.doubted(t, "edit", "twice", o)
		meets(t, "edit", err, model.Uncertain, 0)
		if found.End != model.Visible || !strings.Contains(err.Error(), o.Values["identifier"]) {
			t.Errorf("edit: %v, found %+v", err, found)
		}
		o, _ = w.target(t, model.Regenerate, w.targets(t, model.Regenerate)[0])
		issued, _, err = w.doubted(t, "regenerate", "twice", o)
		if err != nil || !w.opens(t, issued.Token, issued.Key.Reveal()) {
			t.Errorf("regenerate: %v", err)
		}
	})
}

func TestWhatAServerIsStillAtIsFoundWhenItIsDone(t *testing.T) {
	forThose(t, anAuthentik, func(t *testing.T, w *world) {
		for at, a := range map[string]model.Action{"create": model.Create, "regenerate": model.Regenerate, "delete": model.Delete} {
			o, _ := w.target(t, a, w.targets(t, a)[0])
			issued, found, err := w.doubted(t, at, "late=23h", o)
			meets(t, at, err, model.Uncertain, 0)
			if found.End != model.Unseen {
				t.Errorf("%s: before it was done %+v was found", at, found)
			}
			w.demo.Settle()
			found = must(w.api.Look(t.Context(), o))(t)
			if found.End != model.Visible {
				t.Errorf("%s: in the end %+v is found", at, found)
			}
			if a == model.Regenerate && !w.opens(t, issued.Token, issued.Key.Reveal()) {
				t.Error("the key of the token is lost")
			}
		}
	})
}

// overtaking is a network on which something happens once, right after the server
// has answered a write and before that is heard.
type overtaking struct {
	http.RoundTripper
	once sync.Once
	then func()
}

// RoundTrip implements [http.RoundTripper].
func (o *overtaking) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := o.RoundTripper.RoundTrip(r)
	if r.Method == http.MethodPost {
		o.once.Do(o.then)
	}
	return response, err
}

func TestOfTwoConsolesThatRegenerateOneTokenTheLoserIsTold(t *testing.T) {
	forThose(t, anAuthentik, func(t *testing.T, w *world) {
		for _, s := range w.sourcesOf(t, model.Regenerate) {
			row := w.take(t, model.Regenerate, s)
			network := &http.Transport{}
			t.Cleanup(network.CloseIdleConnections)
			var winner model.Issued
			other := w.stranger(t)
			race := &overtaking{RoundTripper: network, then: func() {
				winner = must(w.carry(t, other, w.order(t, other, model.Regenerate, seenBy(t, other, row))))(t)
			}}
			loser := openThrough(t, race, w.subject.enter(t, w.system), w.log)
			issued, err := loser.Do(t.Context(), w.order(t, loser, model.Regenerate, row))
			meets(t, "the loser", err, model.Contradicted, 0)
			if issued.Key.Equal(winner.Key) || !w.opens(t, winner.Token, winner.Key.Reveal()) {
				t.Error("the winner's key is not the token's")
			}
		}
	})
}
