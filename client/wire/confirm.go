package wire

import (
	"context"
	"time"

	"authdeck/model"
)

const (
	// defaultRecheckDelay is how long a server is given before it is asked once more
	// whether what it said yes to has come to pass: a copy of its database may be a
	// little behind, and a change that is under way may write back what was deleted.
	defaultRecheckDelay = time.Second
	// proofTimeout is for all that is read after a change: whoever waits for a new
	// key, or for a word, does not wait long for a proof.
	proofTimeout = 5 * time.Second
)

// WithProofTimeout bounds what is read after a change.
func WithProofTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, proofTimeout)
}

// Pause waits for the recheck delay. It fails where nobody waits any more.
func (c *Conn) Pause(ctx context.Context) error {
	t := time.NewTimer(c.recheckDelay)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return NetworkError{fault: cancelled}
	}
}

// Confirm reads whether a change has come to pass: at once, and once more after a
// [Conn.Pause] if it has not. A no without an error is one of both looks; where the
// second one failed, the error is [model.Uncertain].
func (c *Conn) Confirm(ctx context.Context, read func(context.Context) (bool, error)) (bool, error) {
	ctx, cancel := WithProofTimeout(ctx)
	defer cancel()
	shows, err := read(ctx)
	if shows || err != nil {
		return shows, err
	}
	if err = c.Pause(ctx); err == nil {
		shows, err = read(ctx)
	}
	if err != nil {
		return false, Reword(err, model.Uncertain, "a first look did not find it done, and a second one failed: "+model.Reason(err))
	}
	return shows, nil
}
