package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"authdeck/model"
)

const (
	commandPatience = 30 * time.Second
	credentialLimit = 64 << 10 // bytes; no key of any system is near it
)

// Source is where a credential comes from: an environment variable, a file, a
// command, or a value that is in hand already. It never falls back to another.
type Source struct {
	env, file string
	command   []string
	given     model.Secret
}

// Given is a credential that is in hand.
func Given(s model.Secret) Source { return Source{given: s} }

// String names the place, never the value.
func (s Source) String() string {
	switch {
	case s.env != "":
		return "environment variable " + s.env
	case s.file != "":
		return "file " + s.file
	case len(s.command) > 0:
		return "command " + s.command[0]
	case !s.given.Empty():
		return "the program itself"
	}
	return "nowhere"
}

// Runs reports whether a command gives the credential, which may take a while
// and ask questions.
func (s Source) Runs() bool { return len(s.command) > 0 }

// Withdraw takes the variables that hold credentials out of the environment, so
// that no command that is started later inherits them, and returns a getenv that
// still knows them.
func Withdraw(profiles []Profile, getenv func(string) string, unset func(string) error) func(string) string {
	held := map[string]model.Secret{}
	for _, p := range profiles {
		if name := p.Credential.env; name != "" {
			held[name] = model.NewSecret(getenv(name))
		}
	}
	for name := range held {
		_ = unset(name)
	}
	return func(name string) string {
		if s, ok := held[name]; ok {
			return s.Reveal()
		}
		return getenv(name)
	}
}

// sendable refuses a token that no header can carry.
func sendable(token model.Secret) error {
	for _, b := range []byte(token.Reveal()) {
		if b < '!' || b > '~' {
			return model.Fail(model.Unopened, "the credential holds a blank or a letter that no token has")
		}
	}
	return nil
}

// count is how many places are named; a right source names one.
func (s Source) count() int {
	n := 0
	for _, named := range []bool{s.env != "", s.file != "", len(s.command) > 0} {
		if named {
			n++
		}
	}
	return n
}

// Read fetches the credential. Its errors name the place and the way out, and
// never hold what was read.
func (s Source) Read(ctx context.Context, getenv func(string) string) (model.Secret, error) {
	secret, err := s.fetch(ctx, getenv)
	switch {
	case err != nil:
		return model.Secret{}, &model.Error{
			Kind:    model.Unopened,
			Message: model.Clean("no credential from " + s.String() + ": " + err.Error()),
			Cause:   err,
		}
	case secret.Empty():
		return model.Secret{}, model.Fail(model.Unopened, "no credential: "+s.String()+" is empty")
	}
	return secret, nil
}

func (s Source) fetch(ctx context.Context, getenv func(string) string) (model.Secret, error) {
	switch {
	case s.env != "":
		return model.NewSecret(strings.TrimSpace(getenv(s.env))), nil
	case s.file != "":
		return readPrivate(s.file)
	case len(s.command) > 0:
		return runCommand(ctx, s.command)
	}
	return s.given, nil
}

// readPrivate reads the first line of a file that is its owner's alone. The
// checks are made on the open file, so that nobody can swap it in between.
func readPrivate(path string) (model.Secret, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0) //nolint:gosec // the operator names it
	if errors.Is(err, syscall.ELOOP) {
		return model.Secret{}, errors.New("it is a symbolic link; name the file itself")
	}
	if err != nil {
		return model.Secret{}, errors.Unwrap(err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return model.Secret{}, errors.Unwrap(err)
	}
	if err := private(info); err != nil {
		return model.Secret{}, err
	}
	content, err := io.ReadAll(io.LimitReader(f, credentialLimit))
	if err != nil {
		return model.Secret{}, errors.New("it cannot be read")
	}
	return firstLine(content), nil
}

func private(info os.FileInfo) error {
	owner, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.Mode().IsRegular():
		return errors.New("it is not a regular file")
	case !ok || int(owner.Uid) != os.Getuid():
		return errors.New("it belongs to somebody else; use a file of your own")
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("others can read it (mode %04o); run chmod 600 on it", info.Mode().Perm())
	}
	return nil
}

// runCommand takes the first line that a command prints. The command has the
// terminal for its questions; no shell is between.
func runCommand(ctx context.Context, argv []string) (model.Secret, error) {
	ctx, cancel := context.WithTimeout(ctx, commandPatience)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...) //nolint:gosec // the operator's own command, as an argv list
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, &out, os.Stderr
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if ctx.Err() != nil {
		return model.Secret{}, fmt.Errorf("it did not end within %s", commandPatience)
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return model.Secret{}, fmt.Errorf("it ended with %s", exit.ProcessState)
	}
	if err != nil {
		return model.Secret{}, errors.New("it cannot be started: " + startFailure(err))
	}
	return firstLine(out.Bytes()), nil
}

func startFailure(err error) string {
	if start, ok := errors.AsType[*exec.Error](err); ok {
		return start.Err.Error()
	}
	return err.Error()
}

func firstLine(content []byte) model.Secret {
	line, _, _ := bytes.Cut(content, []byte("\n"))
	return model.NewSecret(string(bytes.TrimSpace(line)))
}
