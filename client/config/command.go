package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"authdeck/model"
)

const (
	commandTimeout = 30 * time.Second
	// waitDelay is how long a child may go on holding the output of a command that
	// has ended: gpg, pass and op leave an agent behind on first use. What the
	// command itself printed is in the pipe by then, and is read at once.
	waitDelay = 500 * time.Millisecond
)

var (
	errTooMuch = errors.New("it printed more than a credential")
	errTooLong = fmt.Errorf("it did not end within %s", commandTimeout)
)

// terminalUse is what a command that gives a credential may have of the terminal.
type terminalUse int

const (
	interactive terminalUse = iota // the terminal, for its questions
	background                     // nothing of it: the console has the screen
)

// runCommand takes the first line that a command prints. No shell is between.
func runCommand(ctx context.Context, argv []string, how terminalUse) (model.Secret, error) {
	ctx, done := context.WithTimeoutCause(ctx, commandTimeout, errTooLong)
	defer done()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	out := &limitedBuffer{full: func() { stop(errTooMuch) }}
	defer out.wipe()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...) //nolint:gosec // the operator's own command, as an argv list
	cmd.Stdout, cmd.WaitDelay = out, waitDelay
	how.prepare(cmd)
	err := cmd.Run()
	if cause := context.Cause(ctx); cause != nil {
		return model.Secret{}, ended(cause)
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return model.Secret{}, fmt.Errorf("it ended with %s", exit.ProcessState)
	}
	if err != nil && !errors.Is(err, exec.ErrWaitDelay) { // which means that it ended well, and left a child
		return model.Secret{}, errors.New("it cannot be started: " + startFailure(err))
	}
	return firstLine(out.held), nil
}

// ended is why a command was stopped.
func ended(cause error) error {
	switch {
	case errors.Is(cause, errTooMuch):
		return fmt.Errorf("%w: over %d KiB", errTooMuch, credentialLimit>>10)
	case errors.Is(cause, errTooLong):
		return errTooLong
	}
	return errors.New("it did not end while it was waited for")
}

func (m terminalUse) prepare(cmd *exec.Cmd) {
	if m == interactive {
		cmd.Stdin, cmd.Stderr = os.Stdin, os.Stderr
		return
	}
	// In a session of its own there is no /dev/tty to ask at, and none is named to
	// an agent that would open it. What it has left running ends with it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Env = slices.DeleteFunc(os.Environ(), func(pair string) bool {
		return strings.HasPrefix(pair, "GPG_TTY=") || strings.HasPrefix(pair, "SSH_TTY=")
	})
}

func startFailure(err error) string {
	if start, ok := errors.AsType[*exec.Error](err); ok {
		return start.Err.Error()
	}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err.Error() // without the path, which may be a key in the wrong place
	}
	return err.Error()
}

// limitedBuffer holds what a command prints, as long as it can be a credential.
type limitedBuffer struct {
	held []byte
	full func()
}

// Write implements [io.Writer].
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if len(b.held)+len(p) > credentialLimit {
		b.full()
		return 0, errTooMuch
	}
	grown := bytes.Join([][]byte{b.held, p}, nil)
	b.wipe() // a buffer that grows by itself leaves its smaller copies behind
	b.held = grown
	return len(p), nil
}

func (b *limitedBuffer) wipe() { clear(b.held) }
