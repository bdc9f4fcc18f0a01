//go:build unix

package terminal

import (
	"errors"
	"os"
	"slices"
	"sync"
	"sync/atomic"

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
type Output struct {
	tty        *os.File
	begin, end string // of a frame

	mu    sync.Mutex
	frame []byte
	bytes atomic.Int64
}

// NewOutput writes to tty, its frames marked as such if the terminal may know the mark.
func NewOutput(tty *os.File, synchronized bool) *Output {
	if !synchronized {
		return &Output{tty: tty}
	}
	return &Output{tty: tty, begin: beginFrame, end: endFrame}
}

// Frame writes p as one frame, with a secret in the place of its [StandIn].
func (o *Output) Frame(p []byte, shown model.Secret) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.frame = append(slices.Grow(o.frame[:0], len(o.begin)+len(p)+len(o.end)), o.begin...)
	if shown.Empty() {
		o.frame = append(o.frame, p...)
	} else {
		o.frame = fillIn(o.frame, p, shown)
		defer func() { clear(o.frame) }()
	}
	o.frame = append(o.frame, o.end...)
	return o.write(o.frame)
}

// Raw writes a sequence that draws nothing, such as one for the clipboard,
// between two frames.
func (o *Output) Raw(b []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.write(b)
}

// Bytes is how many bytes the terminal has taken.
func (o *Output) Bytes() int64 { return o.bytes.Load() }

// write finishes what a full terminal stops half way. [os.File] does so itself,
// unless another process made the terminal they share non-blocking.
func (o *Output) write(b []byte) error {
	for written := 0; ; {
		n, err := o.tty.Write(b[written:])
		written += n
		o.bytes.Add(int64(n))
		if err == nil || !errors.Is(err, unix.EAGAIN) || !writable(o.tty.Fd()) {
			return err
		}
	}
}
