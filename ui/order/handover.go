package order

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/look"
)

// Deliver shows a key that was kept since it came, as it would have been shown then.
func (d *Desk) Deliver(kept model.Issued) Modal {
	what := "The kept key of " + look.TokenName(kept.Token)
	system := model.Clean(kept.Token.System).String()
	return newReveal(d, operation{system: system, ask: "hand over a key", doing: what, done: what, shows: once}, kept)
}

// HandOver shows a key that came of an order which was sent elsewhere to a system, and that
// nobody has.
func (d *Desk) HandOver(api model.API, o model.Order, issued model.Issued) Modal {
	return newReveal(d, d.operation(flow{api: api, order: o}), issued)
}

// Handed answers a key that was to be handed to a command.
type Handed struct {
	to   *reveal
	said string // the command as it was run
	Err  error  // why it did not take the key

	taken Taken
}

// Sentence says which command has the key.
func (h Handed) Sentence() string {
	return h.to.what() + " was handed to " + model.Clean(h.said).String()
}

// courier is the command that takes keys of this system; empty for none.
func (r *reveal) courier() string {
	if r.Hand == nil {
		return ""
	}
	return model.Clean(r.Hand.Through(r.op.system)).String()
}

// hand has the command take the key. What was sealed of it goes when the command has it.
func (r *reveal) hand() tea.Cmd {
	if r.courier() == "" {
		return nil
	}
	r.step = handing
	own, courier, system, t, given := r.issued.Key.Copy(), r.Hand, r.op.system, r.about(), r.given(rotation.ToCommand)
	return func() tea.Msg {
		defer own.Wipe()
		said, err := courier.Hand(context.Background(), system, t, own)
		handed := Handed{to: r, said: said, Err: err}
		if err == nil && given != nil {
			handed.taken, _ = given().(Taken)
		}
		return handed
	}
}

// handed takes note of what the command did.
func (r *reveal) handed(msg Handed) {
	r.step = telling
	if msg.Err != nil {
		why := model.Clean(msg.Err.Error()).String()
		r.Log.Warn("key not handed over", "what", r.op.done, "error", why)
		r.remark("✗ The command did not take the key: " + why)
		return
	}
	r.custody, r.taken = safe, true
	r.Log.Info("key handed over", "what", r.op.done)
	r.remark("✓ handed to the command:\n" + model.Clean(msg.said).String())
	if msg.taken.Said != "" {
		r.said = append(r.said, msg.taken.Said)
	}
}

// about is the token of which the key is.
func (r *reveal) about() model.Token { return r.issued.Of(r.op.order.Token) }
