package terminal

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
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
	Direct  Route = iota // OSC 52 as it is
	Tmux                 // by asking tmux, the only way that its defaults let through
	Screen               // OSC 52 in the pieces that GNU screen passes on
	Nowhere              // the terminal has no clipboard
)

// String completes "by way of".
func (r Route) String() string { return [...]string{"OSC 52", "tmux", "GNU screen", "nothing"}[r] }

// RouteFor reads the route from an environment. GNU screen tells of itself by STY
// alone: many have it call their terminals xterm-256color, and a sequence that is
// not wrapped does not leave it then either.
func RouteFor(env func(string) string) Route {
	switch {
	case env("TMUX") != "":
		return Tmux
	case env("STY") != "":
		return Screen
	case clipless(env("TERM")):
		return Nowhere
	}
	return Direct
}

// clipless reports a name of the consoles of kernels and of terminals of glass, which
// have no clipboard and drop what is sent to it in silence.
func clipless(name string) bool {
	kind, _, _ := strings.Cut(name, "-")
	if number, found := strings.CutPrefix(kind, "vt"); found && number != "" {
		return strings.Trim(number, "0123456789") == ""
	}
	return slices.Contains([]string{"linux", "ansi", "pcansi", "cons25", "cons25w", "cons25r", "wsvt25", "sun", "pccon"}, kind)
}

// NoClipboard is why nothing can be sent, as a clause; empty where it can.
func NoClipboard(env func(string) string) string {
	if RouteFor(env) != Nowhere {
		return ""
	}
	return "a terminal of the kind " + model.Clean(env("TERM")).String() + " has no clipboard"
}

// Wire takes a sequence between two frames; [Output] is one.
type Wire interface{ Raw(b []byte) error }

// Runner runs another program, argv[0], with stdin as its whole input.
type Runner func(ctx context.Context, stdin []byte, argv ...string) error

// Clipboard sends secrets to the person's own clipboard, through whatever lies
// between. No terminal answers whether it took one, so it speaks of sending
// only, and there has to be another way to get at the secret.
type Clipboard struct {
	route  Route
	reason string // why there is no route; empty where there is one
	out    Wire
	run    Runner

	turn chan struct{} // one talk with tmux at a time; whoever has it may touch left
	left []string      // buffers of tmux that may still hold a secret
}

// NewClipboard chooses its route from the environment.
func NewClipboard(env func(string) string, out Wire, run Runner) *Clipboard {
	return &Clipboard{route: RouteFor(env), reason: NoClipboard(env), out: out, run: run, turn: make(chan struct{}, 1)}
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
	case c.reason != "":
		return "", errors.New(c.reason)
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
		return c.byTmux(ctx, secret)
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
