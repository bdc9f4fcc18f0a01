package terminal

import (
	"io"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"authdeck/ui/keyboard"
)

// openPty gives a terminal in raw mode and the far end of its line.
func openPty(t *testing.T) (far, tty *os.File) {
	t.Helper()
	far, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = far.Close(); _ = tty.Close() })
	if _, err := term.MakeRaw(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	return far, tty
}

// unwarned is a second file on the same terminal or pipe, non-blocking without
// Go's knowledge, as when another process has changed what they share.
func unwarned(t *testing.T, f *os.File) *os.File {
	t.Helper()
	fd, err := unix.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	second := os.NewFile(uintptr(fd), f.Name())
	t.Cleanup(func() { _ = second.Close() })
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	return second
}

func send(t *testing.T, far io.Writer, s string) {
	t.Helper()
	if _, err := io.WriteString(far, s); err != nil {
		t.Fatal(err)
	}
}

// keyLog is a program that notes its keys, and ends at a q or a hangup.
type keyLog struct {
	init tea.Cmd
	keys []string
}

func (l *keyLog) Init() tea.Cmd { return l.init }
func (l *keyLog) View() string  { return "" }

func (l *keyLog) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case Hangup:
		return l, tea.Quit
	case keyboard.Press:
		if msg.Key.String() == "q" {
			return l, tea.Quit
		}
		l.keys = append(l.keys, msg.Key.String())
	}
	return l, nil
}

// typed is what a program understands when the first packet arrives, and the
// second only after the first was read. The program never sees a clock.
func typed(t *testing.T, first, second string) []string {
	t.Helper()
	far, tty := openPty(t)
	in := NewInput(tty)
	var once sync.Once
	in.now = func() time.Time {
		once.Do(func() { send(t, far, second) })
		return time.Unix(0, 0)
	}
	in.more = func() bool { return readable(tty.Fd(), time.Minute) }
	send(t, far, first)
	return run(t, in, &keyLog{})
}

func run(t *testing.T, in *Input, log *keyLog) []string {
	t.Helper()
	p := tea.NewProgram(Guard(log), tea.WithInput(in), tea.WithOutput(io.Discard), tea.WithoutSignals())
	in.Give(p.Send)
	if _, err := p.Run(); err != nil {
		t.Fatal(err)
	}
	return log.keys
}

func expectKeys(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
}
