//go:build unix

package terminal

import (
	"context"
	"errors"
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"

	"authdeck/model"
)

// loan is the terminal in the hands of somebody else, for as long as a question takes. Keys
// that were meant for the console are not an answer to it: it begins when a person says so.
type loan struct {
	what  string             // whose question it is
	taken chan error         // told once whether the terminal is there: nil, or why it is not
	back  chan error         // told once, by whoever had it, how that ended
	end   context.CancelFunc // has whoever has it give it back
}

var (
	errNotLet   = errors.New("it may want to ask something, and was not let")
	errNoScreen = errors.New("authdeck is closing")
)

// Lend gives the terminal up while use has it, and says to the person what for. It waits for a
// loan before it, and for the person's word; without that use is not called.
func (s *Session) Lend(ctx context.Context, what string, use func(context.Context) error) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	l := &loan{what: what, taken: make(chan error, 1), back: make(chan error, 1), end: end}
	select {
	case s.loans <- l:
	case <-s.over:
		return errNoScreen
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-l.taken:
		if err != nil {
			return err
		}
	case <-s.over:
		return errNoScreen
	}
	err := use(ctx)
	l.back <- err
	return err
}

// borrow is a command that carries a loan out, while the program does nothing else.
func (s *Session) borrow(l *loan) tea.Cmd {
	var after tea.Msg
	return tea.Exec(borrowed(func() { after = s.carryOut(l) }), func(error) tea.Msg {
		if after == nil { // it was not carried out
			l.taken <- errNoScreen
			return resumed{}
		}
		return after
	})
}

// borrowed is what Bubble Tea does with the terminal out of its hands.
type borrowed func()

// Run implements [tea.ExecCommand].
func (b borrowed) Run() error { b(); return nil }

// SetStdin implements [tea.ExecCommand].
func (borrowed) SetStdin(io.Reader) {}

// SetStdout implements [tea.ExecCommand].
func (borrowed) SetStdout(io.Writer) {}

// SetStderr implements [tea.ExecCommand].
func (borrowed) SetStderr(io.Writer) {}

// carryOut gives the screen, asks the person, gives the line, and takes both back.
func (s *Session) carryOut(l *loan) tea.Msg {
	s.screen.give()
	s.print("\r\nauthdeck: " + model.Clean(l.what).String() + "\r\n")
	if !s.consent() {
		l.taken <- errNotLet
		return s.back()
	}
	s.lent.Store(true)
	_ = s.line.restore()
	l.taken <- nil
	err := s.attend(l)
	_ = s.line.raw()
	if err != nil && !s.ending() {
		s.print("\r\nauthdeck: " + model.Clean(model.Reason(err)).String() + "\r\nenter goes back to the console.\r\n")
		for heard := byte(0); heard != '\r' && !s.ending(); { // what is still typed for the command does nothing else
			heard = s.key()
		}
	}
	s.discard()
	s.lent.Store(false)
	return s.back()
}

// attend waits for the terminal. A signal to stop has stopped the command, and stops this
// program with it.
func (s *Session) attend(l *loan) error {
	for {
		select {
		case err := <-l.back:
			return err
		case <-s.stops:
			_ = unix.Kill(unix.Getpid(), unix.SIGSTOP)
		case <-s.continues:
		case <-s.told:
			l.end()
			return <-l.back
		}
	}
}

// deaf is how long keys are not heard after a question has come up.
const deaf = 250 * time.Millisecond

// consent asks for a person's word. What was typed before the question could be read is none:
// the keys are named when they are heard.
func (s *Session) consent() bool {
	for until := time.Now().Add(deaf); time.Now().Before(until); {
		if s.pending(time.Until(until)) {
			s.discard()
		}
	}
	s.print("It may want to ask something here: enter lets it, esc does not.\r\n")
	for !s.ending() {
		switch s.key() {
		case '\r':
			return true
		case 'q', 'n', 3:
			return false
		case '\x1b':
			if !s.pending(moment) {
				return false
			}
			s.skip()
		}
	}
	return false
}

// skip drops the rest of a key that begins like esc.
func (s *Session) skip() {
	if b := s.key(); b != '[' && b != 'O' {
		return
	}
	for within := true; within; {
		b := s.key()
		within = b != 0 && (b < '@' || b > '~')
	}
}

// key is the next byte that is typed, or nothing for a while.
func (s *Session) key() byte {
	var one [1]byte
	if !s.pending(moment) {
		return 0
	}
	if n, err := unix.Read(int(s.in.Fd()), one[:]); n < 1 && !errors.Is(err, unix.EINTR) && !errors.Is(err, unix.EAGAIN) {
		s.in.lose()
	}
	return one[0]
}

// discard drops what was typed and not read.
func (s *Session) discard() {
	for s.pending(0) {
		if s.key() == 0 {
			return
		}
	}
}

func (s *Session) pending(patience time.Duration) bool { return readable(s.in.Fd(), patience) }

// ending reports whether the program was told to end.
func (s *Session) ending() bool {
	select {
	case <-s.told:
		return true
	case <-s.in.Lost():
		return true
	default:
		return false
	}
}

// print writes a sentence beside the frames.
func (s *Session) print(text string) { _ = s.out.Frame([]byte(text), model.Secret{}) }
