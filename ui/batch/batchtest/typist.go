package batchtest

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Typist is somebody at a terminal who reads before answering: a line is typed when a question
// stands there, and no earlier.
type Typist struct {
	TTY *os.File

	far   *os.File
	lines []string
	said  io.Writer
}

// Typing is one who types these lines, and then ends the input. What a command says goes to the
// typist, who passes it on.
func Typing(t testing.TB, text string, said io.Writer) *Typist {
	t.Helper()
	far, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal is possible here: %v", err)
	}
	echoed := make(chan struct{})
	go func() {
		defer close(echoed)
		_, _ = io.Copy(io.Discard, far)
	}()
	t.Cleanup(func() { _ = tty.Close(); _ = far.Close(); <-echoed })
	return &Typist{TTY: tty, far: far, lines: strings.SplitAfter(text, "\n"), said: said}
}

// Write implements [io.Writer]. What ends without a line's end is a question.
func (y *Typist) Write(words []byte) (int, error) {
	n, err := y.said.Write(words)
	if len(words) == 0 || bytes.HasSuffix(words, []byte("\n")) {
		return n, err
	}
	next := "\x04"
	if len(y.lines) > 0 {
		next, y.lines = y.lines[0], y.lines[1:]
	}
	if next == "" {
		next = "\x04"
	}
	_, _ = y.far.WriteString(next)
	return n, err
}

// Ahead types something before anybody asks, and returns when it lies there.
func (y *Typist) Ahead(t testing.TB, text string) {
	t.Helper()
	if _, err := y.far.WriteString(text); err != nil {
		t.Fatal(err)
	}
	waits := []unix.PollFd{{Fd: int32(y.TTY.Fd()), Events: unix.POLLIN}} //nolint:gosec // a descriptor is a small number
	for waits[0].Revents&unix.POLLIN == 0 {
		if _, err := unix.Poll(waits, -1); err != nil && err != unix.EINTR {
			t.Fatal(err)
		}
	}
}
