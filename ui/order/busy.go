package order

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/wait"
)

// Answered answers an operation. Issued holds the key where the system gave one, also
// where the rest of the write failed.
type Answered struct {
	to     *busy
	Issued model.Issued
	err    error
}

// Order is what was asked for.
func (w Answered) Order() model.Order { return w.to.op.order }

// System is the name of the system that it was for.
func (w Answered) System() string { return w.to.op.system }

// Outdates reports whether rows that were read before may not be true any more.
func (w Answered) Outdates() bool {
	return w.err == nil || model.MayHaveChanged(w.err) || slices.Contains([]model.Kind{model.NotFound, model.Conflict}, model.KindOf(w.err))
}

// Ending is how a write ended that brought no key.
func (w Answered) Ending() string {
	op := w.to.op
	if w.err == nil {
		return op.done
	}
	return op.doing + ": " + trouble{err: w.err}.outcome() + ". " + look.Sentence(w.err)
}

// busy waits for a write. It cannot be left by a key: the answer may hold a key
// that comes only once. A write is sent once and is not cancelled.
type busy struct {
	Base
	*Desk
	op    operation
	about []look.Field // what the question was about
	wait  *wait.Model
}

// start sends a write.
func (d *Desk) start(op operation) (*busy, tea.Cmd) {
	op.order.At, op.order.Reason = d.Clock.Now(), d.Reason
	if op.order.Action.Writes() {
		d.ForgetFindings()
	}
	b := &busy{Desk: d, op: op, wait: wait.New(d.Clock)}
	return b, tea.Batch(b.wait.Start(), func() tea.Msg {
		defer op.order.Password.Wipe()
		issued, err := op.send(context.Background())
		return Answered{b, issued, err}
	})
}

// Update implements [Modal].
func (b *busy) Update(msg tea.Msg) (Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case Answered:
		if msg.to == b {
			return b.after(msg)
		}
	case tea.KeyMsg:
		b.Say("The request is sent once, and its answer is waited for.")
		return b, nil
	}
	return b, b.wait.Update(msg)
}

// after is what follows an answer. A key comes before everything, also where the
// rest of the write failed: it is not given twice.
func (b *busy) after(msg Answered) (Modal, tea.Cmd) {
	inquiry, asked := b.inquire(b.op, msg.err)
	b.note(b.op, msg)
	switch {
	case msg.err != nil && !msg.Issued.Key.Empty():
		r := b.reveal(msg.Issued)
		r.trouble = trouble{msg.err, inquiry}
		return r, asked
	case msg.err != nil:
		b.Log.Info("write failed", "what", b.op.doing, "kind", model.KindOf(msg.err).String())
		return &failure{Base: Base{b.Succeeded()}, Desk: b.Desk, op: b.op, stage: tried, err: msg.err, inquiry: inquiry}, asked
	case !msg.Issued.Key.Empty():
		return b.reveal(msg.Issued), nil
	case len(msg.Issued.Notes) > 0:
		return &notice{Base: Base{b.Succeeded()}, Desk: b.Desk, title: look.Capital(b.op.ask) + ": the answer", body: msg.Issued.Notes}, nil
	}
	b.Say(b.op.done)
	return nil, nil
}

// reveal shows the key where its answer was waited for.
func (b *busy) reveal(issued model.Issued) *reveal {
	r := newReveal(b.Desk, b.op, issued)
	r.Scroller = b.Succeeded()
	return r
}

// View implements [Modal].
func (b *busy) View(width, height int, _ Readiness) look.Box {
	return b.Styles.Dialog(&b.Scroller, width, height, look.Dialog{Title: b.op.doing, Facts: b.about, Says: []string{b.wait.Since("waiting for the answer")}})
}

// Help implements [Modal].
func (b *busy) Help() []key.Binding { return nil }

// Holds implements [Modal].
func (b *busy) Holds() Hold { return UnansweredWrite }
