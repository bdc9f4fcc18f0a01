package terminal

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// Hangup says that nobody is at the terminal any more.
type Hangup struct{}

// Watch waits until the terminal is lost or a signal comes, whichever is
// first. Bubble Tea does not look at SIGHUP; the caller has it notified to
// signals.
func Watch(in *Input, signals <-chan os.Signal) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-in.Lost():
		case <-signals:
		}
		return Hangup{}
	}
}
