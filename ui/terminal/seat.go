//go:build unix

package terminal

import (
	"cmp"

	tea "github.com/charmbracelet/bubbletea"
)

// seat is a program's model at its terminal: what becomes of the terminal reaches the
// model here, and what the model looks like reaches the screen.
type seat struct {
	*Guarded
	session *Session
	size    tea.WindowSizeMsg
}

// The messages to a seat.
type (
	resized   struct{} // the window has another size, or may have
	stopped   struct{} // a signal told the program to stop
	continued struct{} // one said that it goes on, whoever stopped it
	unseated  struct{} // it went on without its terminal
)

// listen is a command that waits for the next of them.
func (s *seat) listen() tea.Msg {
	select {
	case <-s.session.sizes:
		return resized{}
	case <-s.session.stops:
		return stopped{}
	case <-s.session.continues:
		return continued{}
	case l := <-s.session.loans:
		return l
	}
}

// Init implements [tea.Model]. The size is known before anything else is, so that the
// first frame has it.
func (s *seat) Init() tea.Cmd {
	first := s.Guarded.Init()
	_, second := s.Update(resized{})
	return tea.Batch(first, second)
}

// Update implements [tea.Model].
func (s *seat) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var next tea.Cmd
	switch told := msg.(type) {
	case *loan:
		next = s.session.borrow(told)
	case resized, resumed:
		msg = s.measure()
		s.session.screen.Anew() // a window that was smaller for a moment has lost what it did not show
		next = s.listen
	case unseated:
		next = s.listen
	case stopped:
		next = tea.Sequence(s.session.stop, s.listen)
	case continued:
		next = s.session.back
	}
	_, cmd := s.Guarded.Update(msg)
	s.session.screen.Show(s.View(), cmp.Or(s.size.Width, usualWidth), cmp.Or(s.size.Height, usualHeight))
	return s, tea.Batch(cmd, s.guard(next))
}

// The size of a terminal that does not say one. Whatever is said there has to be seen.
const usualWidth, usualHeight = 80, 24

func (s *seat) measure() tea.WindowSizeMsg {
	s.size = s.session.line.size()
	return s.size
}
