package courier

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"authdeck/client/program"
	"authdeck/client/redact"
	"authdeck/model"
)

// Commands are the commands that take the keys of systems, by the names of these. They
// implement [model.Courier].
type Commands map[string]Command

// Through implements [model.Courier].
func (c Commands) Through(system string) string { return c[system].String() }

// Refuses implements [model.Courier].
func (c Commands) Refuses(system string, t model.Token) string {
	if !c[system].Runs() {
		return "there is no key_command for " + model.Clean(system).String()
	}
	return c[system].Refuses(system, t)
}

// Hand implements [model.Courier].
func (c Commands) Hand(ctx context.Context, system string, t model.Token, key model.Secret) (string, error) {
	if why := c.Refuses(system, t); why != "" {
		return "", errors.New("nothing was run: " + why)
	}
	return c[system].hand(ctx, system, t, key, program.Patience)
}

// errUnread is the error of a command that ended well without the key.
var errUnread = errors.New("it ended without an error and did not read the key; is it told to read its standard input?")

// hand runs the command, and believes it only where it has read the key to its end.
func (c Command) hand(ctx context.Context, system string, t model.Token, key model.Secret, patience time.Duration) (string, error) {
	if key.Empty() {
		return "", errors.New("there is no key to hand over")
	}
	in, out, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer func() { _ = in.Close() }()
	went := pour(key, out)
	argv, env := c.told(system, t)
	said := &tail{}
	defer said.wipe()
	err = program.Command{Argv: argv, Env: env, Terminal: program.Background, Patience: patience, In: in, Err: said}.Run(ctx)
	_ = out.SetWriteDeadline(time.Now()) // nobody reads any more
	if bad := <-went; err == nil && (bad != nil || left(in)) {
		err = errUnread
	}
	if err != nil {
		return "", errors.New(err.Error() + said.words(key))
	}
	return line(argv), nil
}

// pour writes the key to a pipe, and nothing after it: not every program takes a line's end
// away. The pipe may hold less than the key, so that somebody has to read meanwhile.
func pour(key model.Secret, to *os.File) <-chan error {
	went := make(chan error, 1)
	content := key.RevealTo(make([]byte, 0, key.Len()))
	go func() {
		_, err := to.Write(content)
		clear(content)
		_ = to.Close()
		went <- err
	}()
	return went
}

// left reports whether something is left in a pipe to which nobody writes.
func left(in io.Reader) bool {
	rest, _ := io.ReadAll(in)
	defer clear(rest)
	return len(rest) > 0
}

// tail keeps the end of what a command complains of.
type tail struct {
	held []byte
	cut  bool
}

const (
	mostHeld  = 8 << 10 // bytes
	mostShown = 240     // letters
	// spelt is how many times as long as the key another spelling of it is at the most.
	spelt = 6
)

// Write implements [io.Writer].
func (t *tail) Write(p []byte) (int, error) {
	grown := bytes.Join([][]byte{t.held, p}, nil)
	t.wipe()
	t.held = grown
	if over := len(grown) - mostHeld; over > 0 {
		clear(grown[:over])
		t.held, t.cut = grown[over:], true
	}
	return len(p), nil
}

func (t *tail) wipe() { clear(t.held) }

// words are what the command said, on one line and without the key. Where the beginning was
// cut a part of the key may stand, which nobody would know.
func (t *tail) words(key model.Secret) string {
	said := t.held
	if t.cut {
		said = said[min(len(said), spelt*key.Len()):]
	}
	text := strings.Join(strings.Fields(string(said)), " ")
	if text == "" {
		return ""
	}
	shown, fit := redact.New(key).Redact(text)
	if !fit {
		return "; what it said is not shown, for the key may stand in it"
	}
	if letters := []rune(shown); len(letters) > mostShown {
		shown = "…" + string(letters[len(letters)-mostShown:])
	}
	return "; it said: " + shown
}
