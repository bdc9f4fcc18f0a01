package terminal

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aymanbagabas/go-osc52/v2"

	"authdeck/model"
)

const (
	clipboardLimit = 74_000 // bytes of base64 that terminals take
	tmuxPatience   = 5 * time.Second
)

// Route is the way to the clipboard of the machine at which the person sits.
type Route int

// The routes.
const (
	Direct Route = iota // OSC 52 as it is
	Tmux                // by asking tmux, the only way that its defaults let through
	Screen              // OSC 52 in the pieces that GNU screen passes on
)

// String completes "by way of".
func (r Route) String() string { return [...]string{"OSC 52", "tmux", "GNU screen"}[r] }

// RouteFor reads the route from an environment.
func RouteFor(env func(string) string) Route {
	switch {
	case env("TMUX") != "":
		return Tmux
	case env("STY") != "" && strings.HasPrefix(env("TERM"), "screen"):
		return Screen
	}
	return Direct
}

// Wire takes a sequence between two frames; [Output] is one.
type Wire interface{ Raw(b []byte) error }

// Runner runs another program, argv[0], with stdin as its whole input.
type Runner func(ctx context.Context, stdin []byte, argv ...string) error

// Clipboard sends secrets to the person's own clipboard, through whatever lies
// between. No terminal answers whether it took one, so it speaks of sending
// only, and there has to be another way to get at the secret.
type Clipboard struct {
	route Route
	out   Wire
	run   Runner
}

// NewClipboard chooses its route from the environment.
func NewClipboard(env func(string) string, out Wire, run Runner) *Clipboard {
	return &Clipboard{route: RouteFor(env), out: out, run: run}
}

// Route is the way that secrets take.
func (c *Clipboard) Route() Route { return c.route }

// Send sends s, and says in words for a person what was done. Its errors are
// sentences too, and never hold the secret.
func (c *Clipboard) Send(ctx context.Context, s model.Secret) (said string, err error) {
	secret := s.Reveal()
	switch {
	case secret == "":
		return "", errors.New("there is nothing to send to the clipboard")
	case base64.StdEncoding.EncodedLen(len(secret)) > clipboardLimit:
		return "", errors.New("too long for a terminal's clipboard; write it to a file instead")
	}
	if err := c.deliver(ctx, secret); err != nil {
		return "", err
	}
	return "sent to your terminal's clipboard by way of " + c.route.String(), nil
}

func (c *Clipboard) deliver(ctx context.Context, secret string) error {
	switch c.route {
	case Tmux:
		return c.loadBuffer(ctx, secret)
	case Screen:
		return c.sequence(osc52.New(secret).Screen())
	default:
		return c.sequence(osc52.New(secret))
	}
}

func (c *Clipboard) sequence(seq osc52.Sequence) error {
	if err := c.out.Raw([]byte(seq.String())); err != nil {
		return fmt.Errorf("the terminal did not take it: %w", err)
	}
	return nil
}

// loadBuffer gives tmux the secret on its standard input, where no process
// list shows it, and takes the buffer away again: it outlives the session.
func (c *Clipboard) loadBuffer(ctx context.Context, secret string) error {
	buffer := "authdeck-" + rand.Text()
	err := c.tmux(ctx, []byte(secret), "load-buffer", "-w", "-b", buffer, "-")
	_ = c.tmux(context.WithoutCancel(ctx), nil, "delete-buffer", "-b", buffer)
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("tmux did not answer within %v; write it to a file instead", tmuxPatience)
	}
	if err != nil {
		why := model.Clean(strings.ReplaceAll(err.Error(), secret, "(the secret)"))
		return fmt.Errorf("tmux refused: %s; it has to be 3.2 or newer, or write it to a file instead", why)
	}
	return nil
}

func (c *Clipboard) tmux(ctx context.Context, stdin []byte, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, tmuxPatience)
	defer cancel()
	defer clear(stdin)
	return c.run(ctx, stdin, append([]string{"tmux"}, args...)...)
}
