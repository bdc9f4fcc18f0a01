package terminal

import (
	"os"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
)

// Hangup says that the program is to end. The zero Hangup is that of a terminal
// that was lost.
type Hangup struct {
	Signal os.Signal // that told it to; nil for a lost terminal
}

// Attended reports whether somebody may still be at the terminal: a signal to end
// says nothing of it, but for the one that is sent when a line is cut.
func (h Hangup) Attended() bool { return h.Signal != nil && h.Signal != syscall.SIGHUP }

// String is the reason in a word.
func (h Hangup) String() string {
	if h.Signal == nil {
		return "lost terminal"
	}
	return h.Signal.String()
}

// Watch waits until the terminal is lost or a signal comes, whichever is
// first. Bubble Tea does not look at SIGHUP; the caller has it notified to
// signals.
func Watch(in *Input, signals <-chan os.Signal) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-in.Lost():
			return Hangup{}
		case s := <-signals:
			return Hangup{Signal: s}
		}
	}
}
