package wire

import (
	"context"
	"time"

	"authdeck/model"
)

const (
	// moment is how long a server is given before it is asked once more whether what
	// it said yes to has come to pass: a copy of its database may be a little behind,
	// and a change that is under way may write back what was deleted.
	moment = time.Second
	// proofPatience is for all that is read after a change: whoever waits for a new
	// key, or for a word, does not wait long for a proof.
	proofPatience = 5 * time.Second
)

// Proof bounds what is read after a change.
func Proof(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, proofPatience)
}

// Moment waits for one. It fails where nobody waits any more.
func (c *Conn) Moment(ctx context.Context) error {
	t := time.NewTimer(c.moment)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return SilenceError{Why: Abandoned}
	}
}

// Shows reads whether a change has come to pass: at once, and once more after a
// [Conn.Moment] if it has not. A no without an error is one of both looks; where the
// second one failed, the error is [model.Uncertain].
func (c *Conn) Shows(ctx context.Context, read func(context.Context) (bool, error)) (bool, error) {
	ctx, cancel := Proof(ctx)
	defer cancel()
	shows, err := read(ctx)
	if shows || err != nil {
		return shows, err
	}
	if err = c.Moment(ctx); err == nil {
		shows, err = read(ctx)
	}
	if err != nil {
		return false, Reword(err, model.Uncertain, "a first look did not find it done, and a second one failed: "+model.Reason(err))
	}
	return shows, nil
}
