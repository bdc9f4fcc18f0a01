package report

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/report"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// writing waits until the file is whole.
type writing struct {
	order.Base
	ask    *ask
	wait   *wait.Model
	cancel context.CancelFunc
	far    *atomic.Pointer[report.Far] // a command writes it
	left   bool                        // it was given up, and its end is waited for
}

// written answers it.
type written struct {
	to   *writing
	done report.Written
	err  error
}

// begin has the page written.
func (a *ask) begin() (order.Modal, tea.Cmd) {
	ctx, cancel := context.WithCancel(context.Background())
	w := &writing{ask: a, wait: wait.New(a.Clock), cancel: cancel, far: new(atomic.Pointer[report.Far])}
	w.Scroller = a.Scroller.Succeeded()
	far, do := w.far, a.write
	wanted := report.Wanted{Who: a.Who, Out: a.Out, Path: a.path(), Told: func(f report.Far) { far.Store(&f) }}
	a.Log.Info("report")
	return w, tea.Batch(w.wait.Start(), func() tea.Msg {
		done, err := do(ctx, wanted)
		return written{w, done, err}
	})
}

// Update implements [order.Modal].
func (w *writing) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case written:
		if msg.to == w {
			return w.after(msg), nil
		}
	case tea.KeyMsg:
		if key.Matches(msg, w.ask.Keys.Back) {
			w.left = true
			w.cancel()
		}
		return w, nil
	}
	return w, w.wait.Update(msg)
}

// after is what follows. What was given up just too late is whole all the same.
func (w *writing) after(msg written) order.Modal {
	w.wait.Stop()
	w.cancel()
	base := order.Base{Scroller: w.Succeeded()}
	switch {
	case msg.err == nil:
		return &result{Base: base, ask: w.ask, done: msg.done}
	case w.left:
		w.ask.Say("Given up; nothing was written.")
		return w.ask.After
	}
	w.ask.Log.Warn("report failed", "error", model.Clean(msg.err.Error()).String())
	return &failure{Base: base, ask: w.ask, err: msg.err}
}

// View implements [order.Modal].
func (w *writing) View(width, height int, ready order.Readiness) look.Box {
	return w.ask.Styles.Dialog(&w.Scroller, width, height, look.Dialog{
		Title: "Writing the report on " + w.ask.whose(),
		Says:  []string{w.wait.Since(w.progress())},
		Facts: []look.Field{{Label: "file", Value: model.Clean(w.ask.path()).String()}},
		Keys:  w.Help(), Offer: order.SafeFirst(ready),
	})
}

// progress is how far it is.
func (w *writing) progress() string {
	far := w.far.Load()
	switch {
	case w.left:
		return "giving up"
	case far == nil:
		return "reading"
	}
	words := fmt.Sprintf("reading %s, system %d of %d", far.System, far.At, far.Of)
	if far.Rows > 0 {
		words += ": " + look.Thousands(far.Rows) + " by now"
	}
	return words
}

// Help implements [order.Modal].
func (w *writing) Help() []key.Binding {
	if w.left {
		return nil
	}
	return []key.Binding{look.Named(w.ask.Keys.Back, "give up")}
}

// Commits implements [order.Modal].
func (*writing) Commits(tea.KeyMsg) bool { return false }
