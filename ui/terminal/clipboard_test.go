package terminal

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"authdeck/model"
)

const key = "s3cret-key"

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for _, pair := range pairs {
			if value, ok := strings.CutPrefix(pair, name+"="); ok {
				return value
			}
		}
		return ""
	}
}

// tape is a wire that keeps what it was given.
type tape struct {
	raw []string
	err error
}

func (t *tape) Raw(b []byte) error {
	t.raw = append(t.raw, string(b))
	return t.err
}

// calls is a runner that keeps what it was asked, and fails as it is told.
type calls struct {
	argv       [][]string
	stdin      []string
	fail       error // the first call
	afterwards error // every other
}

func (c *calls) run(_ context.Context, stdin []byte, argv ...string) error {
	c.argv, c.stdin = append(c.argv, argv), append(c.stdin, string(stdin))
	if len(c.argv) == 1 {
		return c.fail
	}
	return c.afterwards
}

func unused(context.Context, []byte, ...string) error { return errors.New("ran a program") }

func TestTheRouteFollowsWhatLiesBetween(t *testing.T) {
	for _, c := range []struct {
		env  []string
		want Route
	}{
		{nil, Direct},
		{[]string{"TERM=xterm-256color"}, Direct},
		{[]string{"TERM=screen-256color"}, Direct}, // the variables do not come along over SSH
		{[]string{"TERM=xterm", "STY=1.pts"}, Screen},
		{[]string{"TERM=xterm-256color", "STY=1.pts"}, Screen}, // as .screenrc often has it
		{[]string{"TERM=linux", "STY=1.pts"}, Screen},
		{[]string{"TERM=linux", "TMUX=/tmp/x,1,0"}, Tmux},
		{[]string{"TERM=linux"}, Nowhere},
		{[]string{"TERM=linux-16color"}, Nowhere},
		{[]string{"TERM=vt100"}, Nowhere},
		{[]string{"TERM=vt220"}, Nowhere},
		{[]string{"TERM=ansi"}, Nowhere},
		{[]string{"TERM=cons25"}, Nowhere},
		{[]string{"TERM=vte-256color"}, Direct}, // a desktop's
		{[]string{"TERM=screen.xterm", "STY=1.pts"}, Screen},
		{[]string{"TERM=screen", "TMUX=/tmp/x,1,0"}, Tmux},
		{[]string{"TERM=screen", "TMUX=/tmp/x,1,0", "STY=1.pts"}, Tmux},
	} {
		if got := NewClipboard(environment(c.env...), &tape{}, unused).Route(); got != c.want {
			t.Errorf("%v goes by %v, want %v", c.env, got, c.want)
		}
	}
}

func TestOutsideTmuxTheTerminalIsToldItself(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte(key))
	for _, c := range []struct {
		env        []string
		said, want string
	}{
		{nil, "by way of OSC 52", "\x1b]52;c;" + encoded + "\a"},
		{[]string{"TERM=screen", "STY=1"}, "by way of GNU screen", "\x1bP\x1b]52;c;" + encoded + "\a\x1b\\"},
	} {
		wire := &tape{}
		said, err := NewClipboard(environment(c.env...), wire, unused).Send(t.Context(), model.NewSecret(key))
		if err != nil || len(wire.raw) != 1 || wire.raw[0] != c.want {
			t.Errorf("%v: wrote %q, %v; want %q", c.env, wire.raw, err, c.want)
		}
		if !strings.HasSuffix(said, c.said) || strings.Contains(said, "copied") {
			t.Errorf("%v: said %q", c.env, said)
		}
	}
}

func TestScreenGetsALongSecretInPieces(t *testing.T) {
	wire := &tape{}
	c := NewClipboard(environment("TERM=screen", "STY=1"), wire, unused)
	if _, err := c.Send(t.Context(), model.NewSecret(strings.Repeat("k", 600))); err != nil {
		t.Fatal(err)
	}
	for piece := range strings.SplitSeq(wire.raw[0], "\x1b\\") {
		if len(piece) > 100 {
			t.Errorf("a piece of %d bytes", len(piece))
		}
	}
}

func TestATerminalThatTakesNothingIsAnErrorWithoutTheSecret(t *testing.T) {
	c := NewClipboard(environment(), &tape{err: errors.New("input/output error")}, unused)
	said, err := c.Send(t.Context(), model.NewSecret(key))
	expectRefusal(t, said, err, "input/output error")
}

func expectRefusal(t *testing.T, said string, err error, want string) {
	t.Helper()
	if err == nil || said != "" {
		t.Fatalf("said %q, %v; want a refusal", said, err)
	}
	if !strings.Contains(err.Error(), want) || strings.Contains(fmt.Sprintf("%+v", err), key) {
		t.Errorf("the error is %q, want %q in it", err, want)
	}
}

func TestTmuxGetsTheSecretOnStdinAndKeepsNothing(t *testing.T) {
	for _, fail := range []error{nil, errors.New("command load-buffer: unknown flag -w"), errors.New("it said " + key + "\x1b[2J")} {
		ran, wire := &calls{fail: fail, afterwards: errors.New("unknown buffer: it")}, &tape{}
		said, err := NewClipboard(environment("TMUX=/tmp/x,1,0"), wire, ran.run).Send(t.Context(), model.NewSecret(key))
		if fail != nil {
			expectRefusal(t, said, err, "write it to a file instead")
		} else if err != nil || !strings.HasSuffix(said, "by way of tmux") {
			t.Errorf("said %q, %v", said, err)
		}
		expectTmux(t, ran, fail)
		if wire.raw != nil {
			t.Errorf("wrote %q past tmux", wire.raw)
		}
		if err != nil && strings.Contains(err.Error(), "delete-buffer") {
			t.Errorf("a buffer that is not there is spoken of: %v", err)
		}
	}
}

// expectTmux holds what was run to one call that loads and deletes, and where that
// failed, to one more that deletes.
func expectTmux(t *testing.T, ran *calls, fail error) {
	t.Helper()
	if len(ran.argv) != map[bool]int{true: 1, false: 2}[fail == nil] || ran.stdin[0] != key {
		t.Fatalf("ran %q with %q", ran.argv, ran.stdin)
	}
	buffer := ran.argv[0][4]
	want := []string{"tmux load-buffer -w -b " + buffer + " - ; delete-buffer -b " + buffer, "tmux delete-buffer -b " + buffer}
	for i, argv := range ran.argv {
		if got := strings.Join(argv, " "); got != want[i] || strings.Contains(got, key) {
			t.Errorf("ran %q, want %q", got, want[i])
		}
	}
	if !strings.HasPrefix(buffer, "authdeck-") || fail != nil && ran.stdin[1] != "" {
		t.Errorf("the buffer is %q, the input %q", buffer, ran.stdin)
	}
}

func TestABufferThatTmuxKeepsIsSaidWithHowToDeleteIt(t *testing.T) {
	ran := &calls{fail: errors.New("lost server"), afterwards: errors.New("server exited unexpectedly")}
	c := NewClipboard(environment("TMUX=x"), &tape{}, ran.run)
	said, err := c.Send(t.Context(), model.NewSecret(key))
	remove := "tmux delete-buffer -b " + ran.argv[0][4]
	expectRefusal(t, said, err, "Its buffer may hold the secret now; this deletes it: "+remove)
	if err := c.Settle(t.Context()); err == nil || !strings.Contains(err.Error(), remove) {
		t.Errorf("at the end it is said: %v", err)
	}
	ran.afterwards = nil
	if err := c.again().Settle(t.Context()); err != nil || strings.Join(ran.argv[len(ran.argv)-1], " ") != remove {
		t.Errorf("at the end %q was run, and said: %v", ran.argv[len(ran.argv)-1], err)
	}
}

// again is the same clipboard before it was settled.
func (c *Clipboard) again() *Clipboard {
	<-c.turn
	return c
}

func TestABufferThatOnlyASecondTryDeletesWasSentAllTheSame(t *testing.T) {
	ran := &calls{fail: errors.New("it did the first half")}
	said, err := NewClipboard(environment("TMUX=x"), &tape{}, ran.run).Send(t.Context(), model.NewSecret(key))
	if err != nil || !strings.HasSuffix(said, "by way of tmux") || len(ran.argv) != 2 {
		t.Errorf("said %q, %v; ran %q", said, err, ran.argv)
	}
}

func TestTheEndWaitsForTmuxAndNoLonger(t *testing.T) {
	started, finish := make(chan struct{}), make(chan struct{})
	c := NewClipboard(environment("TMUX=x"), &tape{}, func(context.Context, []byte, ...string) error {
		close(started)
		<-finish
		return nil
	})
	done := make(chan error)
	go func() { _, err := c.Send(t.Context(), model.NewSecret(key)); done <- err }()
	<-started
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Settle(over); err == nil || !strings.Contains(err.Error(), "tmux has not answered yet") {
		t.Errorf("without patience: %v", err)
	}
	close(finish)
	if err := c.Settle(t.Context()); err != nil {
		t.Errorf("with patience: %v", err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestATerminalWithoutAClipboardGetsNothing(t *testing.T) {
	wire := &tape{}
	said, err := NewClipboard(environment("TERM=linux"), wire, unused).Send(t.Context(), model.NewSecret(key))
	expectRefusal(t, said, err, "a terminal of the kind linux has no clipboard")
	if wire.raw != nil {
		t.Errorf("wrote %q", wire.raw)
	}
}

func TestACancelledSendStillTakesTheBufferAway(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var after []error
	run := func(ctx context.Context, _ []byte, _ ...string) error {
		cancel()
		after = append(after, ctx.Err())
		return ctx.Err()
	}
	_, err := NewClipboard(environment("TMUX=x"), &tape{}, run).Send(ctx, model.NewSecret(key))
	if err == nil || len(after) != 2 || after[0] == nil || after[1] != nil {
		t.Errorf("load and delete saw %v; error %v", after, err)
	}
}

func TestATmuxThatHangsIsSaidToHang(t *testing.T) {
	run := func(ctx context.Context, _ []byte, _ ...string) error {
		if _, limited := ctx.Deadline(); !limited {
			t.Error("tmux may take for ever")
		}
		return context.DeadlineExceeded
	}
	said, err := NewClipboard(environment("TMUX=x"), &tape{}, run).Send(t.Context(), model.NewSecret(key))
	expectRefusal(t, said, err, "tmux did not answer within 5s")
}

func TestASecretThatTerminalsDropIsRefused(t *testing.T) {
	for _, env := range [][]string{nil, {"TMUX=x"}} {
		wire, ran := &tape{}, &calls{}
		c := NewClipboard(environment(env...), wire, ran.run)
		said, err := c.Send(t.Context(), model.NewSecret(strings.Repeat("k", 55_501)))
		expectRefusal(t, said, err, "too long")
		said, err = c.Send(t.Context(), model.Secret{})
		expectRefusal(t, said, err, "nothing to send")
		if wire.raw != nil || ran.argv != nil {
			t.Error("sent it all the same")
		}
		if _, err := c.Send(t.Context(), model.NewSecret(strings.Repeat("k", 55_500))); err != nil {
			t.Errorf("74,000 bytes are refused: %v", err)
		}
	}
}
