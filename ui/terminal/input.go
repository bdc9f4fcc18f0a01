//go:build unix

package terminal

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// patience is how long the rest of a split key is waited for, and so how long
// a lone escape takes to arrive. It has to outlast the gap between two packets.
const patience = 50 * time.Millisecond

// Input is a terminal to read from, whose reads end where a key ends. Bubble
// Tea takes the end of a read for the end of a key: without this an arrow that
// comes in two packets closes a dialog and types two letters.
type Input struct {
	*os.File // so that Bubble Tea sees a terminal

	more  func() bool // whether the rest of a key has come
	gone  chan struct{}
	leave sync.Once
}

// NewInput reads from tty.
func NewInput(tty *os.File) *Input {
	return &Input{
		File: tty,
		more: func() bool { return readable(tty.Fd(), patience) },
		gone: make(chan struct{}),
	}
}

// Lost is closed when the terminal is gone.
func (in *Input) Lost() <-chan struct{} { return in.gone }

// Read implements [io.Reader]. Every failure to read means that the terminal
// is gone: it closes [Input.Lost] and is io.EOF, which Bubble Tea takes quietly.
//
// Some room is kept back, so that a key which a long run of input splits at the
// end of the buffer can be finished too. The rest is taken byte by byte: what
// follows the key belongs to the next read.
func (in *Input) Read(p []byte) (int, error) {
	n, err := in.File.Read(p[:len(p)-len(p)/8])
	for err == nil && n < len(p) && unfinished(p[:n]) && in.more() {
		var m int
		m, err = in.File.Read(p[n : n+1])
		n += m
	}
	if err == nil || errors.Is(err, unix.EAGAIN) { // another process made the terminal non-blocking
		return n, nil
	}
	in.lose()
	if n > 0 {
		return n, nil
	}
	return 0, io.EOF
}

func (in *Input) lose() { in.leave.Do(func() { close(in.gone) }) }
