package order

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/look"
	"authdeck/ui/wait"
)

// Work takes a while, in one command: it is shown how far it is, and esc gives it up. What T is it
// ends in.
type Work[T any] struct {
	Title string
	Facts []look.Field
	// Do does it. It stops when nobody waits for it any more.
	Do func(context.Context) (T, error)
	// Far is how far it is, for a line; asked for each frame, so that it reads what Do tells.
	Far func(w *wait.Model) string
	// Then is what follows. What was given up just too late has no error all the same.
	Then func(base Base, done T, err error, given bool) Modal
}

// Start begins work in place of another modal.
func Start[T any](d *Desk, from *look.Scroller, w Work[T]) (Modal, tea.Cmd) {
	ctx, cancel := context.WithCancel(context.Background()) //nolint:gosec // working calls it: with esc, and when it has ended
	m := &working[T]{Base: Base{Scroller: from.Succeeded()}, Desk: d, work: w, wait: wait.New(d.Clock), cancel: cancel}
	return m, tea.Batch(m.wait.Start(), func() tea.Msg {
		done, err := w.Do(ctx)
		return worked[T]{m, done, err}
	})
}

// working waits until work has ended.
type working[T any] struct {
	Base
	*Desk
	work   Work[T]
	wait   *wait.Model
	cancel context.CancelFunc
	given  bool // it was given up, and its end is waited for
}

// worked answers it.
type worked[T any] struct {
	to   *working[T]
	done T
	err  error
}

// Update implements [Modal].
func (m *working[T]) Update(msg tea.Msg) (Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case worked[T]:
		if msg.to == m {
			m.wait.Stop()
			m.cancel()
			return m.work.Then(Base{Scroller: m.Succeeded()}, msg.done, msg.err, m.given), nil
		}
	case tea.KeyMsg:
		if key.Matches(msg, m.Keys.Back) {
			m.given = true
			m.cancel()
		}
		return m, nil
	}
	return m, m.wait.Update(msg)
}

// View implements [Modal].
func (m *working[T]) View(width, height int, ready Readiness) look.Box {
	return m.Styles.Dialog(&m.Scroller, width, height, look.Dialog{
		Title: m.work.Title, Says: []string{m.progress()}, Facts: m.work.Facts,
		Keys: m.Help(), Offer: SafeFirst(ready),
	})
}

func (m *working[T]) progress() string {
	if m.given {
		return m.wait.Since("giving up")
	}
	return m.work.Far(m.wait)
}

// Help implements [Modal].
func (m *working[T]) Help() []key.Binding {
	if m.given {
		return nil
	}
	return []key.Binding{look.Named(m.Keys.Back, "give up")}
}

// Commits implements [Modal].
func (*working[T]) Commits(tea.KeyMsg) bool { return false }
