//go:build unix

package terminal

import (
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// resumed says that the program has its terminal again.
type resumed struct{}

// Stranded says that the program was to be suspended and was not, because no shell would
// bring it back.
type Stranded struct{}

// Suspend is a command that gives the terminal to the shell. All programs of the job
// stop with this one, as they would by the key in a plain terminal: one that only waits
// for this one would hide from the shell that it has stopped.
func (s *Session) Suspend() tea.Msg { return s.suspend(0) }

// stop follows a signal to stop, which whoever sent it has sent to all whom it concerns.
func (s *Session) stop() tea.Msg { return s.suspend(os.Getpid()) }

// suspend stops by the signal that cannot be caught: after a program has had itself told
// of SIGTSTP, Go 1.26 never lets that one stop it again, whatever is reset. The seat hears
// the signal to go on, whoever had the program stopped, and takes the terminal back.
func (s *Session) suspend(whom int) tea.Msg {
	if !hasShell() {
		return Stranded{}
	}
	if s.away.Swap(true) {
		return nil
	}
	s.screen.give()
	_ = s.line.restore()
	if err := unix.Kill(whom, unix.SIGSTOP); err != nil {
		return s.back()
	}
	return nil
}

// back is a command for a program that goes on and was not asked whether it may stop:
// whoever had the terminal meanwhile may have done anything to it.
func (s *Session) back() tea.Msg {
	if s.line.background() {
		return s.behind()
	}
	_ = s.line.raw()
	s.screen.take()
	s.away.Store(false)
	return resumed{}
}

// moment is how long a program that goes on without its terminal looks whether it is to
// end: a shell wakes a job for that too.
const moment = 100 * time.Millisecond

// behind stops a program again that goes on without its terminal, as the kernel would if it
// read a key. One that is to end does so without it.
func (s *Session) behind() tea.Msg {
	select {
	case <-s.told:
	case <-time.After(moment):
		_ = unix.Kill(0, unix.SIGTTIN)
	}
	return unseated{}
}

// hasShell reports whether there is a shell that runs the program as a job. A program that
// was started instead of a shell is the leader of its session, or in its group.
func hasShell() bool {
	session, err := unix.Getsid(0)
	if err != nil || session == unix.Getpgrp() {
		return false
	}
	return unix.Kill(session, 0) != unix.ESRCH
}
