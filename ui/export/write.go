package export

import (
	"context"
	"errors"
	"io/fs"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// writing waits until the file is whole.
type writing struct {
	order.Base
	ask    *ask
	wait   *wait.Model
	began  time.Time
	cancel context.CancelFunc
	far    *atomic.Pointer[model.Sifted] // a command writes it
	left   bool                          // it was given up, and its end is waited for
}

// written answers it.
type written struct {
	to   *writing
	done model.Exported
	err  error
}

// write has the file written.
func (a *ask) write(replace bool) (order.Modal, tea.Cmd) {
	ctx, cancel := context.WithCancel(context.Background())
	w := &writing{ask: a, wait: wait.New(a.Clock), began: a.Clock.Now(), cancel: cancel, far: new(atomic.Pointer[model.Sifted])}
	w.Scroller = a.Scroller.Succeeded()
	e, api, do, far := a.job(), a.API, a.Export, w.far
	e.Replace, e.Query.Told = replace, func(s model.Sifted) { far.Store(&s) }
	a.Log.Info("export", "system", api.Info().Name, "rows", string(e.Rows), "format", string(e.Format))
	return w, tea.Batch(w.wait.Start(), func() tea.Msg {
		done, err := do(ctx, api, e)
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

// after is what follows: a question where there is a file already, else how it ended. What
// was given up just in time is whole all the same.
func (w *writing) after(msg written) order.Modal {
	w.wait.Stop()
	w.cancel()
	base := order.Base{Scroller: w.Succeeded()}
	switch {
	case msg.err == nil:
		return &result{Base: base, ask: w.ask, done: msg.done}
	case w.left:
		w.ask.Say("Given up; nothing was written.")
		return nil
	case errors.Is(msg.err, fs.ErrExist):
		return &replace{Base: base, ask: w.ask}
	}
	w.ask.Log.Warn("export failed", "error", model.Clean(msg.err.Error()).String())
	return &failure{Base: base, ask: w.ask, err: msg.err}
}

// View implements [order.Modal].
func (w *writing) View(width, height int, ready order.Readiness) look.Box {
	return w.ask.Styles.Dialog(&w.Scroller, width, height, look.Dialog{
		Title: "Writing the " + string(w.ask.Rows) + " of " + w.ask.whose(),
		Says:  []string{w.progress()},
		Facts: []look.Field{{Label: "file", Value: model.Clean(w.ask.path()).String()}},
		Keys:  w.Help(), Offer: order.SafeFirst(ready),
	})
}

// progress is how far it is, how fast that goes, and how long it will take.
func (w *writing) progress() string {
	far := w.far.Load()
	switch {
	case w.left:
		return w.wait.Since("giving up")
	case far == nil:
		return w.wait.Since("reading")
	}
	return look.HowFar(far, w.ask.Clock.Now().Sub(w.began))
}

// Help implements [order.Modal].
func (w *writing) Help() []key.Binding {
	if w.left {
		return nil
	}
	return []key.Binding{look.Named(w.ask.Keys.Back, "give up")}
}
