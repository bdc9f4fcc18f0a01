//go:build unix

package terminal

import (
	"io"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/paint"
)

// Session is a program's stay on a terminal.
type Session struct {
	in     *Input
	out    *Output
	line   line
	screen *screen

	signals   chan os.Signal // that end the program
	sizes     chan os.Signal // each holds one: what it tells of is looked at when it is read
	stops     chan os.Signal
	continues chan os.Signal

	away atomic.Bool   // suspended, or about to be
	told chan struct{} // closed when it was told to end
	tell func()        // closes it

	loans chan *loan    // each waits until the one before it is over
	lent  atomic.Bool   // what is typed to interrupt is for whoever has the terminal
	over  chan struct{} // closed when the stay is
}

// NewSession prepares a stay; nothing is written yet. From here on the signals
// that end a program are this session's, for as long as the program lives: one
// that comes during the farewell does not cut it short. Go would answer SIGQUIT
// with its goroutines, all over the screen, and end the program by SIGPIPE where
// nobody reads what it says on the way out.
func NewSession(env func(string) string, in, out *os.File) *Session {
	can := paint.AbilitiesOf(env("TERM"))
	can.Ink = inkOf(env)
	s := &Session{
		in: NewInput(in), out: NewOutput(out, can.Synchronized), line: line{in: in, out: out},
		signals: make(chan os.Signal, 4),
		sizes:   make(chan os.Signal, 1), stops: make(chan os.Signal, 1), continues: make(chan os.Signal, 1),
		told: make(chan struct{}), loans: make(chan *loan), over: make(chan struct{}),
	}
	s.tell = sync.OnceFunc(func() { close(s.told) })
	s.screen = newScreen(s.out, can)
	signal.Notify(s.signals, syscall.SIGHUP, syscall.SIGTERM, os.Interrupt, syscall.SIGQUIT)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // to ignore it would have what is started ignore it too
	return s
}

// Wire is the way past the frames, for the clipboard.
func (s *Session) Wire() Wire { return s.out }

// Unveil shows a key where its [StandIn] is drawn, until it is called with the absent
// secret.
func (s *Session) Unveil(key model.Secret) { s.screen.Unveil(key) }

// Hangup waits for the end of the terminal or for a signal to end, as [Watch]. One that a
// key has sent to whoever has the terminal meanwhile is not for the program.
func (s *Session) Hangup() tea.Cmd {
	watch := Watch(s.in, s.signals)
	return func() tea.Msg {
		defer s.tell()
		for {
			msg := watch()
			if h, is := msg.(Hangup); !is || !s.lent.Load() || h.Signal != os.Interrupt && h.Signal != syscall.SIGQUIT {
				return msg
			}
		}
	}
}

// Redraw is a command that has the whole screen painted anew, whatever it shows.
func (s *Session) Redraw() tea.Msg {
	s.screen.Anew()
	return nil
}

// Run shows the program until it ends, at so many frames a second at most. A
// panic comes back as one clean line, its trace goes to the log; so does how much
// of the input was no key. At the end the terminal is as it was.
func (s *Session) Run(m tea.Model, fps int, log *slog.Logger) error {
	guarded := Guard(m)
	var program *tea.Program
	// It is asked to quit: whoever kills a program of Bubble Tea has the input closed
	// under the goroutine that still waits for it.
	ending := func() { program.Quit() }
	program = tea.NewProgram(&seat{Guarded: guarded, session: s},
		tea.WithInput(reader{s.in, guarded, ending}), tea.WithOutput(io.Discard), tea.WithoutRenderer(),
		tea.WithoutCatchPanics(), tea.WithoutSignalHandler(),
	)
	s.in.Give(program.Send)
	err := s.stay(program, guarded, fps)
	s.in.Note(log)
	if crash := guarded.Crash(); crash != nil {
		log.Error("crash", "what", crash.Error(), "trace", guarded.Trace())
		return crash
	}
	return err
}

// stay runs the program on a terminal that is its own.
func (s *Session) stay(program *tea.Program, guarded *Guarded, fps int) error {
	if !s.await() {
		return nil
	}
	if err := s.line.raw(); err != nil {
		return err
	}
	signal.Notify(s.sizes, syscall.SIGWINCH)
	signal.Notify(s.stops, syscall.SIGTSTP)
	signal.Notify(s.continues, syscall.SIGCONT)
	s.screen.take()
	s.screen.pace = time.Second / time.Duration(fps)
	end := make(chan struct{})
	go func() {
		defer guarded.rescue(func() {
			s.screen.startOver()
			program.Quit()
		})
		s.screen.run(end)
	}()
	_, err := program.Run()
	close(end)
	close(s.over)
	s.leave(guarded)
	return err
}

// parting is how long a terminal that does not read is waited for at the end.
const parting = time.Second

// leave gives the terminal back. One that does not read is given its line at least.
func (s *Session) leave(guarded *Guarded) {
	signal.Reset(syscall.SIGTSTP)
	gave := make(chan struct{})
	go func() {
		defer close(gave)
		defer guarded.rescue(func() {})
		s.screen.give()
	}()
	select {
	case <-gave:
	case <-time.After(parting):
	}
	_ = s.line.restore()
}
