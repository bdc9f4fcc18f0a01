// Package program runs the operator's own commands: a list of arguments and no shell between,
// for a while and not longer. It must not know what a command is for, and nothing of what went
// in or came out is in an error.
package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	// Patience is how long a command may take.
	Patience = 30 * time.Second
	// waitDelay is how long a child may go on holding the output of a command that
	// has ended: gpg, pass and op leave an agent behind on first use. What the
	// command itself printed is in the pipe by then, and is read at once.
	waitDelay = 500 * time.Millisecond
)

// Terminal is what a command may have of the terminal.
type Terminal int

// Something of it or nothing.
const (
	Interactive Terminal = iota // the terminal, for its questions
	Background                  // nothing of it: the console has the screen
)

// Command is what is run. The program is the first of its arguments.
type Command struct {
	Argv     []string
	Terminal Terminal
	Patience time.Duration // zero for [Patience]
	Env      []string      // pairs beside the environment of this process
	In       *os.File      // its standard input; nil for that of its terminal, or none
	Out, Err io.Writer     // what it prints; nil for that of its terminal, or none
}

// ErrNotStarted is of a command that never ran.
var ErrNotStarted = errors.New("it cannot be started")

// errTooLong is why a command was stopped that took too long.
var errTooLong = errors.New("it did not end in time")

// Run runs it until it ends. An error says why it did not end well, in words without any of
// the arguments. Whoever stops the context with a cause of their own has that for an answer.
func (c Command) Run(ctx context.Context) error {
	patience := c.Patience
	if patience == 0 {
		patience = Patience
	}
	ctx, done := context.WithTimeoutCause(ctx, patience, errTooLong)
	defer done()
	cmd := exec.CommandContext(ctx, c.Argv[0], c.Argv[1:]...) //nolint:gosec // the operator's own command, as an argv list
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = c.Out, c.Err, waitDelay
	if c.In != nil {
		cmd.Stdin = c.In
	}
	c.prepare(cmd)
	err := cmd.Run()
	if cause := context.Cause(ctx); cause != nil {
		return ended(cause, patience)
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return fmt.Errorf("it ended with %s", exit.ProcessState)
	}
	if err != nil && !errors.Is(err, exec.ErrWaitDelay) { // which means that it ended well, and left a child
		return fmt.Errorf("%w: %s", ErrNotStarted, startFailure(err))
	}
	return nil
}

// ended is why a command was stopped.
func ended(cause error, patience time.Duration) error {
	switch {
	case errors.Is(cause, errTooLong):
		return fmt.Errorf("it did not end within %s", patience)
	case errors.Is(cause, context.Canceled), errors.Is(cause, context.DeadlineExceeded):
		return errors.New("it did not end while it was waited for")
	}
	return cause
}

func (c Command) prepare(cmd *exec.Cmd) {
	env := os.Environ()
	if c.Terminal == Interactive {
		cmd.Stderr = os.Stderr
		if info, err := os.Stdin.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			cmd.Stdin = os.Stdin // else it would read what is meant for this program, such as a key in a pipe
		}
	} else {
		// In a session of its own there is no /dev/tty to ask at, and none is named to
		// an agent that would open it. What it has left running ends with it.
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
		env = slices.DeleteFunc(env, func(pair string) bool {
			return strings.HasPrefix(pair, "GPG_TTY=") || strings.HasPrefix(pair, "SSH_TTY=")
		})
	}
	cmd.Env = append(env, c.Env...)
}

// Find is where a program is that a command names, as it would be run.
func Find(name string) (path string, err error) {
	if path, err = exec.LookPath(name); err != nil {
		return "", errors.New(startFailure(err))
	}
	return path, nil
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
