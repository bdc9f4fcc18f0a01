package ui

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/wait"
)

// operation is one write: what is read while it is under way and after it, and
// what does it.
type operation struct {
	api     model.API
	order   model.Order
	system  string                              // its name, for the file of a key
	ask     string                              // "delete token #31 of sara"
	doing   string                              // "Deleting token #31 of sara"
	done    string                              // "Token #31 of sara is deleted."
	named   func(model.Token) string            // done, of the token that the answer names; nil for done itself
	sign    string                              // how an uncertain end can be told; empty for by the list alone
	instead func(model.Action) (modal, tea.Cmd) // what is offered where the system has no such write
	back    func() modal                        // to the form that it was filled in on; nil without one
	forget  func()                              // what was typed in secret; nil without that
	shows   showing
}

// showing is whether a key that comes back can be had again. That a system shows
// keys does not say that it shows this one to this account: authentik gives a
// right of its own for that.
type showing int

const (
	once     showing = iota
	perhaps          // the system shows keys to those who may see them
	repeated         // it was not made but read from the system just now
)

// written answers an operation.
type written struct {
	to     *busy
	issued model.Issued
	err    error
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
	inquiry, look := b.inquire(b.op, msg.err)
	b.ledger.enter(b.op, msg, b.Clock.Now())
	switch {
	case msg.err != nil && !msg.issued.Key.Empty():
		r := newReveal(b.desk, b.op, msg.issued)
		r.trouble = trouble{msg.err, inquiry}
		return r, look
	case msg.err != nil:
		b.Log.Info("write failed", "what", b.op.doing, "kind", model.KindOf(msg.err).String())
		return &failure{desk: b.desk, op: b.op, stage: tried, err: msg.err, inquiry: inquiry}, look
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
