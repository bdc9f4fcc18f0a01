package terminal

import (
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// Session is a program's stay on a terminal.
type Session struct {
	in      *Input
	out     *Output
	signals chan os.Signal
}

// NewSession prepares a stay; nothing is written yet. From here on the signals
// that end a program are this session's, for as long as the program lives: one
// that comes during the farewell does not cut it short. Go would answer SIGQUIT
// with its goroutines, all over the screen, and end the program by SIGPIPE where
// nobody reads what it says on the way out.
func NewSession(in, out *os.File) *Session {
	s := &Session{in: NewInput(in), out: NewOutput(out), signals: make(chan os.Signal, 4)}
	signal.Notify(s.signals, syscall.SIGHUP, syscall.SIGTERM, os.Interrupt, syscall.SIGQUIT)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // to ignore it would have what is started ignore it too
	return s
}

// Wire is the way past the frames, for the clipboard.
func (s *Session) Wire() Wire { return s.out }

// Unveil shows a key where its [StandIn] is drawn, see [Output.Unveil].
func (s *Session) Unveil(key model.Secret) { s.out.Unveil(key) }

// Hangup waits for the end of the terminal or for a signal to end, as [Watch].
func (s *Session) Hangup() tea.Cmd { return Watch(s.in, s.signals) }

// Run shows the program until it ends, at so many frames a second at most. A
// panic comes back as one clean line, its trace goes to the log; so does how much
// of the input was no key.
func (s *Session) Run(m tea.Model, fps int, log *slog.Logger) error {
	guarded := Guard(m)
	program := tea.NewProgram(guarded,
		tea.WithInput(s.in), tea.WithOutput(s.out), tea.WithAltScreen(), tea.WithFPS(fps),
		tea.WithoutCatchPanics(), tea.WithoutSignalHandler(),
	)
	s.in.Give(program.Send)
	_, err := program.Run()
	s.in.Note(log)
	if crash := guarded.Crash(); crash != nil {
		log.Error("crash", "what", crash.Error(), "trace", guarded.Trace())
		return crash
	}
	return err
}
