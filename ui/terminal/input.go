//go:build unix

package terminal

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"

	"authdeck/ui/keyboard"
)

// Input is a terminal to read keys from. Bubble Tea v1 reads it as it would read
// the terminal, and so can stop a read, and ends when it ends; but no read ever brings it a byte, because it would take answers of the
// terminal for keys. What was pressed goes to the program as messages.
type Input struct {
	*os.File // so that Bubble Tea sees a terminal

	mu    sync.Mutex // a read may outlast the program, whose end asks for the counts
	keys  *keyboard.Decoder
	give  func(tea.Msg)
	more  func() bool // whether the rest of a key has come
	now   func() time.Time
	room  [4096]byte // what a terminal holds
	gone  chan struct{}
	leave sync.Once
}

// NewInput reads from tty. Nothing is heard before [Input.Give].
func NewInput(tty *os.File) *Input {
	return &Input{
		File: tty,
		keys: keyboard.NewDecoder(),
		give: func(tea.Msg) {},
		more: func() bool { return readable(tty.Fd(), keyboard.Patience) },
		now:  time.Now,
		gone: make(chan struct{}),
	}
}

// Give says who is given the keys: a program's Send. To be called before the
// program reads; the model has to be [Guarded], which takes the keys of a packet
// one by one.
func (in *Input) Give(send func(tea.Msg)) { in.give = send }

// Lost is closed when the terminal is gone.
func (in *Input) Lost() <-chan struct{} { return in.gone }

// Read implements [io.Reader] and reads nothing. Every failure to read means that
// the terminal is gone: it closes [Input.Lost] and is io.EOF, which Bubble Tea
// takes quietly.
func (in *Input) Read([]byte) (int, error) {
	n, err := in.File.Read(in.room[:])
	if in.take(in.room[:n]) && (err != nil || !in.more()) {
		in.lapse()
	}
	if err == nil || errors.Is(err, unix.EAGAIN) { // another process made the terminal non-blocking
		return 0, nil
	}
	in.lose()
	return 0, io.EOF
}

// take reports whether the rest of a key has to be waited for.
func (in *Input) take(b []byte) (unfinished bool) {
	in.pass(func() []tea.Msg {
		msgs := in.keys.Take(b, in.now())
		unfinished = in.keys.Waiting()
		return msgs
	})
	return unfinished
}

func (in *Input) lapse() {
	in.pass(func() []tea.Msg { return in.keys.Lapse(in.now()) })
}

// pass gives to the program what was understood.
func (in *Input) pass(understand func() []tea.Msg) {
	if msgs := in.locked(understand); len(msgs) > 0 {
		in.give(keyboard.Packet(msgs))
	}
}

func (in *Input) locked(understand func() []tea.Msg) []tea.Msg {
	in.mu.Lock()
	defer in.mu.Unlock()
	return understand()
}

// Note writes to the log how much of the input was no key, and of what sort.
func (in *Input) Note(log *slog.Logger) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.keys.Note(log)
}

func (in *Input) lose() { in.leave.Do(func() { close(in.gone) }) }

// reader is the input of a program whose panics end it in order. Bubble Tea reads in a
// goroutine of its own.
type reader struct {
	*Input
	guarded *Guarded
	end     func()
}

// Read implements [io.Reader].
func (r reader) Read(p []byte) (n int, err error) {
	defer r.guarded.rescue(func() {
		r.end()
		n, err = 0, io.EOF
	})
	return r.Input.Read(p)
}
