package client_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// issuing are the AWX generations whose tokens are listed.
func issuing(s subject) bool { return s.dialect.kind == "awx" && s.dialect.steady }

// noted reports whether the notes of an order say some words.
func noted(issued model.Issued, words string) bool {
	return strings.Contains(strings.Join(issued.Notes, "\n"), words)
}

// twins are the tokens that are like one, without it.
func (w *world) twins(t *testing.T, of model.Token) []string {
	t.Helper()
	var ids []string
	for _, token := range everyToken(t, w.api, model.Query{Size: 100, Filter: model.Filter{Only: of.Owner}}) {
		if token.ID != of.ID && token.Description == of.Description && token.Scope == of.Scope {
			ids = append(ids, token.ID)
		}
	}
	return ids
}

func TestWhatAProxyOfAWXSentTwiceIsSaid(t *testing.T) {
	forThose(t, issuing, func(t *testing.T, w *world) {
		made := w.creates(t)
		o := w.order(t, w.api, model.Create, model.Token{})
		o.At = time.Now()
		w.breaks(t, "create:twice:once")
		again := must(w.carry(t, w.api, o))(t)
		if also := w.twins(t, again.Token); len(also) != 1 || !noted(again, "1 more token alike was made since: #"+also[0]+";") {
			t.Errorf("beside #%s there is %q; noted %q", again.Token.ID, also, again.Notes)
		}
		w.breaks(t, "create:twice:once")
		o = w.order(t, w.api, model.Regenerate, made.Token)
		o.At = time.Now()
		renewed := must(w.carry(t, w.api, o))(t)
		if also := w.twins(t, renewed.Token); len(also) != 1 || !noted(renewed, "1 more token alike was made since: #"+also[0]+";") {
			t.Errorf("beside #%s there is %q; noted %q", renewed.Token.ID, also, renewed.Notes)
		}
		w.breaks(t, "delete:twice:once")
		gone := w.does(t, model.Delete, renewed.Token)
		w.breaks(t, "")
		if !noted(gone, "It is gone now: by this, or by somebody else in this moment.") {
			t.Errorf("noted %q", gone.Notes)
		}
		w.isGone(t, renewed.Token)
	})
}

func TestWhatAWXDoesAfterA504IsFoundWhenItIsDone(t *testing.T) {
	forThose(t, issuing, func(t *testing.T, w *world) {
		made := w.creates(t)
		for action, fault := range map[model.Action]string{model.Create: "create", model.Regenerate: "create", model.Edit: "edit"} {
			w.foundLate(t, action, fault, w.creates(t).Token)
		}
		w.foundLate(t, model.Delete, "delete", made.Token)
	})
}

// foundLate wants a look at an order that the server does after its 504 to see
// nothing at first, and what was done when it is done.
func (w *world) foundLate(t *testing.T, a model.Action, fault string, token model.Token) {
	t.Helper()
	o := w.order(t, w.api, a, token)
	o.At = time.Now()
	w.breaks(t, fault+":late=23h:once")
	_, err := w.carry(t, w.api, o)
	redacttest.FailsAs(t, err, model.Uncertain)
	before := w.now()
	found := must(w.api.Look(t.Context(), o))(t)
	if found.End != model.Unseen {
		t.Errorf("%s: right after its 504 %+v was found", a, found)
	}
	w.demo.Settle()
	if found = must(w.api.Look(t.Context(), o))(t); found.End != model.Visible {
		t.Errorf("%s: when it was done %+v was found", a, found)
	}
	w.sendsNoWrite(t, before)
}

func TestATokenThatAChangeUnderWayWroteBackIsNotSaidToBeGone(t *testing.T) {
	t.Parallel()
	for _, s := range awxs() {
		if !issuing(s) || s.variant {
			continue
		}
		s.options.Quirks = []demo.Quirk{demo.AWXTwoAtOnce}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.start(t).crosses(t)
		})
	}
}

// crosses deletes a token while somebody else changes it.
func (w *world) crosses(t *testing.T) {
	t.Helper()
	made := w.creates(t)
	somebodyElse := w.stranger(t)
	edit := w.order(t, somebodyElse, model.Edit, seenBy(t, somebodyElse, made.Token))
	o := w.order(t, w.api, model.Delete, made.Token)
	edited := make(chan error, 1)
	go func() { _, err := somebodyElse.Do(t.Context(), edit); edited <- err }()
	for w.demo.Served("edit") == 0 {
		runtime.Gosched()
	}
	_, err := w.carry(t, w.api, o)
	redacttest.FailsAs(t, err, model.Contradicted)
	if !w.accepts(t, made.Key.Reveal()) {
		t.Error("nothing was written back")
	}
	if err := <-edited; err != nil {
		t.Error(err)
	}
}
