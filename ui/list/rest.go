package list

import tea "github.com/charmbracelet/bubbletea"

// completed answers a question for the rest of a page that was unfinished.
type completed[T any] loaded[T]

// proceed is what follows when a page has stood for a moment: the rest of it, else the page
// after it.
func (m *Model[T]) proceed() tea.Cmd {
	if m.page.Unfinished {
		return m.complete()
	}
	return m.fetchAhead()
}

// complete asks for the page that is shown once more, while it is read. Nothing says so but
// the page itself: the reader waits for nothing.
func (m *Model[T]) complete() tea.Cmd {
	again := m.shown
	again.land = onObject
	ask, seq, from := m.request(again), m.seq, m.now()
	return func() tea.Msg {
		page, took, err := ask()
		return completed[T]{m, seq, page, err, took, from}
	}
}

// Again asks for the page that is shown once more, quietly and without having anything read
// anew, after other rows of what is there are wanted.
func (m *Model[T]) Again() tea.Cmd {
	if m.state != Ready {
		return nil // what is on its way has them
	}
	m.stop()
	return m.complete()
}

// fill takes the rest of a page. The reader who has turned the page meanwhile is not waiting
// for it.
func (m *Model[T]) fill(msg completed[T]) tea.Cmd {
	again := m.shown
	again.land = onObject
	if msg.err != nil {
		m.coming = again
		return m.settle(loaded[T](msg))
	}
	m.stop()
	return m.take(again, msg.page, msg.from)
}

// Stop gives up the rest of the page that is shown, while it comes by itself; false where none
// does. What has come stays, and the page is asked once more for what it lacks.
func (m *Model[T]) Stop() (tea.Cmd, bool) {
	if m.state != Ready || !m.page.Unfinished || m.page.Stop == nil {
		return nil, false
	}
	m.stop()
	m.page.Stop()
	return m.complete(), true
}

// Lacks is what was asked for and is not in the list, a sentence each.
func (m *Model[T]) Lacks() []string { return m.page.Lacks }

// Unfinished reports whether more of the page is to come by itself.
func (m *Model[T]) Unfinished() bool { return m.page.Unfinished }
