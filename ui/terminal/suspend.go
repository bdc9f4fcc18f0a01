//go:build unix

package terminal

import (
	"os"
	"os/signal"
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
		s.line.yield()
	}
	return unseated{}
}

// await stops a program that was started in the background until it has the terminal: what
// the line is before is not to be given back. It reports whether the program is to go on,
// and not to end before it has begun. Where no shell is left nothing stops it, and it goes
// on to the kernel's refusal.
func (s *Session) await() bool {
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, unix.SIGCONT)
	defer signal.Stop(woken)
	for tries := 0; s.line.background() && tries < 5; tries++ {
		s.line.yield()
		select { // the stop comes a little after the signal: to look at once would be to send another
		case <-woken:
		case <-time.After(moment):
		}
		if !s.line.background() {
			break
		}
		select {
		case <-s.signals:
			return false
		case <-time.After(moment):
		}
	}
	return true
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
