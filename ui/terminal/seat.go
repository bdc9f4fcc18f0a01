//go:build unix

package terminal

import (
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
	switch msg.(type) {
	case resized, resumed:
		msg = s.measure()
		next = s.listen
		s.session.screen.anew() // of a window that went to another size and back nobody knows what it shows
	case stopped:
		next = tea.Sequence(s.session.stop, s.listen)
	case continued:
		next = s.session.back
	}
	_, cmd := s.Guarded.Update(msg)
	width, height := s.room()
	s.session.screen.Show(s.View(), width, height)
	return s, tea.Batch(cmd, s.guard(next))
}

func (s *seat) measure() tea.WindowSizeMsg {
	s.size = s.session.line.size()
	return s.size
}

// room is the size of what is drawn on. A terminal that says none is as large as all are at
// least: what is wrong with it has to be said.
func (s *seat) room() (width, height int) {
	width, height = s.size.Width, s.size.Height
	if width <= 0 {
		width = 80
	}
	if height <= 0 {
		height = 24
	}
	return width, height
}
