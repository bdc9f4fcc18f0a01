package ui

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/wait"
)

// written answers an operation.
type written struct {
	to     *busy
	issued model.Issued
	err    error
}

// order is what was asked for.
func (w written) order() model.Order { return w.to.op.order }

// outdates reports whether rows that were read before may not be true any more.
func (w written) outdates() bool {
	return w.err == nil || model.MayHaveChanged(w.err) || slices.Contains([]model.Kind{model.NotFound, model.Conflict}, model.KindOf(w.err))
}

// ending is how a write ended that brought no key.
func (w written) ending() string {
	op := w.to.op
	if w.err == nil {
		return op.done
	}
	return op.doing + ": " + trouble{err: w.err}.outcome() + ". " + sentence(w.err)
}

// busy waits for a write. It cannot be left by a key: the answer may hold a key
// that comes only once. A write is sent once and is not cancelled.
type busy struct {
	calm
	*desk
	op   operation
	wait *wait.Model
}

// start sends a write.
func (d *desk) start(op operation) (modal, tea.Cmd) {
	op.order.At = d.Clock.Now()
	if op.order.Action.Writes() {
		d.overlook()
	}
	b := &busy{desk: d, op: op, wait: wait.New(d.Clock)}
	return b, tea.Batch(b.wait.Start(), func() tea.Msg {
		defer op.order.Password.Wipe()
		issued, err := op.api.Do(context.Background(), op.order)
		return written{b, issued, err}
	})
}

// Update implements modal.
func (b *busy) Update(msg tea.Msg) (modal, tea.Cmd) {
	switch msg := msg.(type) {
	case written:
		if msg.to == b {
			return b.after(msg)
		}
	case tea.KeyMsg:
		b.say("The request is sent once, and its answer is waited for.")
		return b, nil
	}
	return b, b.wait.Update(msg)
}

// after is what follows an answer. A key comes before everything, also where the
// rest of the write failed: it is not given twice.
func (b *busy) after(msg written) (modal, tea.Cmd) {
	inquiry, asked := b.inquire(b.op, msg.err)
	b.ledger.enter(b.op, msg, b.Clock.Now())
	switch {
	case msg.err != nil && !msg.issued.Key.Empty():
		r := newReveal(b.desk, b.op, msg.issued)
		r.trouble = trouble{msg.err, inquiry}
		return r, asked
	case msg.err != nil:
		b.Log.Info("write failed", "what", b.op.doing, "kind", model.KindOf(msg.err).String())
		return &failure{desk: b.desk, op: b.op, stage: tried, err: msg.err, inquiry: inquiry}, asked
	case !msg.issued.Key.Empty():
		return newReveal(b.desk, b.op, msg.issued), nil
	case len(msg.issued.Notes) > 0:
		return &notice{desk: b.desk, title: capital(b.op.ask) + ": the answer", body: msg.issued.Notes}, nil
	}
	b.say(b.op.done)
	return nil, nil
}

// View implements modal.
func (b *busy) View(width, height int) string {
	waited := b.wait.View()
	if waited == "" {
		waited = "…"
	}
	return b.styles.dialog(&b.scroller, width, height, false, b.op.doing, "waiting for the answer "+waited)
}

// Help implements modal.
func (b *busy) Help() []key.Binding { return nil }

// Holds implements modal.
func (b *busy) Holds() hold { return aWrite }
