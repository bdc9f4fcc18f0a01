//go:build unix

package terminal

import (
	"errors"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"

	"authdeck/model"
)

// Synchronized output: a terminal that knows it shows a frame at once, and one
// that does not ignores it.
const (
	beginFrame = "\x1b[?2026h"
	endFrame   = "\x1b[?2026l"
)

// Output is a terminal to write to, whose frames appear whole and are never
// broken by anything else.
//
// It embeds no more of its file than makes Bubble Tea see a terminal: the
// methods of *os.File that write by other names would pass by the lock.
type Output struct {
	term.File

	mu    sync.Mutex
	frame []byte
	bytes atomic.Int64

	veil  sync.Mutex // of its own, because a terminal that does not read holds mu
	shown model.Secret
}

// NewOutput writes to tty.
func NewOutput(tty *os.File) *Output { return &Output{File: tty} }

// Write implements [io.Writer]: p is one frame.
func (o *Output) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.frame = append(o.frame[:0], beginFrame...)
	filled := o.fill(p)
	o.frame = append(o.frame, endFrame...)
	n, err := o.write(o.frame)
	if filled {
		clear(o.frame)
	}
	if n == len(o.frame) {
		return len(p), err
	}
	return min(max(n-len(beginFrame), 0), len(p)), err
}

// Unveil shows a secret in the place of its [StandIn] from now on, in a copy of
// its own; the absent secret ends that.
func (o *Output) Unveil(s model.Secret) {
	o.veil.Lock()
	defer o.veil.Unlock()
	o.shown.Wipe()
	o.shown = s.Copy()
}

// fill puts a frame into the buffer, and reports whether there is a secret in it
// now.
func (o *Output) fill(p []byte) bool {
	o.veil.Lock()
	defer o.veil.Unlock()
	if o.shown.Empty() {
		o.frame = append(o.frame, p...)
		return false
	}
	o.frame = fillIn(slices.Grow(o.frame, len(p)+len(endFrame)), p, o.shown)
	return true
}

// Raw writes a sequence that draws nothing, such as one for the clipboard,
// between two frames.
func (o *Output) Raw(b []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, err := o.write(b)
	return err
}

// Bytes is how many bytes the terminal has taken.
func (o *Output) Bytes() int64 { return o.bytes.Load() }

// write finishes what a full terminal stops half way. [os.File] does so itself,
// unless another process made the terminal they share non-blocking.
func (o *Output) write(b []byte) (written int, err error) {
	for {
		n, err := o.File.Write(b[written:])
		written += n
		o.bytes.Add(int64(n))
		if err == nil || !errors.Is(err, unix.EAGAIN) || !writable(o.Fd()) {
			return written, err
		}
	}
}
