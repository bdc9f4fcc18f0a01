package terminal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"authdeck/model"
)

// byTmux gives tmux the secret on its standard input, where no process list shows
// it. A buffer outlives the session, so tmux is asked in the same breath to take it
// away again: it does both or, where this program ends or gives up meanwhile,
// neither.
func (c *Clipboard) byTmux(ctx context.Context, secret string) error {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-c.turn }()
	buffer := "authdeck-" + rand.Text()
	err := c.tmux(ctx, []byte(secret), "load-buffer", "-w", "-b", buffer, "-", ";", "delete-buffer", "-b", buffer)
	if err == nil {
		return nil
	}
	deletion := c.takeAway(context.WithoutCancel(ctx), buffer)
	late := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
	if deletion == nil && !late {
		return nil // it was there: only the second half had failed
	}
	return errors.New(refusal(err, secret) + c.leftover(buffer, deletion))
}

// errNoBuffer says that tmux has no buffer of that name.
var errNoBuffer = errors.New("tmux has no such buffer")

// takeAway deletes a buffer, if it is there.
func (c *Clipboard) takeAway(ctx context.Context, buffer string) error {
	err := c.tmux(ctx, nil, "delete-buffer", "-b", buffer)
	if err != nil && (strings.Contains(err.Error(), "unknown buffer") || strings.Contains(err.Error(), "no buffer")) {
		return errNoBuffer
	}
	return err
}

func refusal(err error, secret string) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("tmux did not answer within %v; write it to a file instead", tmuxPatience)
	}
	why := model.Clean(strings.ReplaceAll(err.Error(), secret, "(the secret)"))
	return fmt.Sprintf("tmux refused: %s; it has to be 3.2 or newer, or write it to a file instead", why)
}

// leftover is what to know of a buffer that could not be deleted, and notes it for
// the end.
func (c *Clipboard) leftover(buffer string, err error) string {
	if err == nil || errors.Is(err, errNoBuffer) {
		return ""
	}
	c.left = append(c.left, buffer)
	return ". Its buffer may hold the secret now; this deletes it: tmux delete-buffer -b " + buffer
}

// Settle is for the end of the program: it waits for tmux, as long as it may, and
// tries once more to delete what is left. Its error says what is left then.
func (c *Clipboard) Settle(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}: // and keeps it: nothing is sent any more
	case <-ctx.Done():
		return errors.New("tmux has not answered yet; it deletes its buffer when it does")
	}
	var commands []string
	for _, buffer := range c.left {
		if err := c.takeAway(ctx, buffer); err != nil && !errors.Is(err, errNoBuffer) {
			commands = append(commands, "tmux delete-buffer -b "+buffer)
		}
	}
	if len(commands) == 0 {
		return nil
	}
	return fmt.Errorf("tmux may still hold a secret; this deletes it: %s", strings.Join(commands, "; "))
}

func (c *Clipboard) tmux(ctx context.Context, stdin []byte, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, tmuxPatience)
	defer cancel()
	defer clear(stdin)
	return c.run(ctx, stdin, append([]string{"tmux"}, args...)...)
}
