package command

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/creack/pty"

	"authdeck/model"
	"authdeck/ui/batch"
)

// errNot is what the fake world answers where a test does not say otherwise.
var errNot = errors.New("not today")

// fake is a world with a terminal, which notes what it is asked for.
type fake struct {
	World
	asked     []string // the functions that were called
	choice    batch.Choice
	first     string
	lends     bool
	demo      Demo
	server    DemoServer // what StartDemo answers
	serverErr error
	config    string
	names     []string
	stderr    bytes.Buffer
	stdout    bytes.Buffer // what the terminal was sent; to be read after run
}

func newFake(args ...string) *fake {
	f := &fake{serverErr: errNot}
	f.World = World{
		World: batch.World{
			Getenv:  func(name string) string { return map[string]string{"TERM": "xterm-256color"}[name] },
			Stderr:  &f.stderr,
			OpenLog: func(string) (io.WriteCloser, error) { return nil, errNot },
		},
		Args:       args,
		Version:    "v1",
		Undumpable: func() error { return nil },
		Console: func(_ context.Context, c batch.Choice, first string, lend Lender, _ *slog.Logger) (Systems, error) {
			f.asked, f.choice, f.first, f.lends = append(f.asked, "Open"), c, first, lend != nil
			return Systems{}, errNot
		},
		StartDemo: func(_ context.Context, d Demo, _ *slog.Logger) (DemoServer, error) {
			f.asked, f.demo = append(f.asked, "StartDemo"), d
			return f.server, f.serverErr
		},
		Diagnose: func(_ context.Context, config string, names []string, _ *slog.Logger) ([]model.Check, error) {
			f.asked, f.config, f.names = append(f.asked, "Diagnose"), config, names
			return nil, errNot
		},
	}
	return f
}

// run does what the command line says, in a terminal.
func (f *fake) run(ctx context.Context, t *testing.T) int {
	t.Helper()
	far, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal is possible here: %v", err)
	}
	defer far.Close()
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		_, _ = io.Copy(&f.stdout, far) // ends with an error when the terminal is closed
	}()
	f.Stdin, f.Stdout = tty, tty
	code := Run(ctx, f.World)
	_ = tty.Close()
	<-sent
	return code
}

// expect runs it and wants an exit code and what was called, in this order.
func (f *fake) expect(t *testing.T, code int, asked ...string) {
	t.Helper()
	if got := f.run(t.Context(), t); got != code {
		t.Errorf("%q: exit code %d: %s", f.Args, got, f.stderr.String())
	}
	if strings.Join(f.asked, " ") != strings.Join(asked, " ") {
		t.Errorf("%q: called %q", f.Args, f.asked)
	}
}
