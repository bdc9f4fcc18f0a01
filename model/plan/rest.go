package plan

import (
	"context"
	"errors"
	"time"

	"authdeck/model"
)

// patience is how often one thing is tried that is answered with too many requests.
const patience = 12

// usualRest is how long a system is left alone that does not say for how long.
const usualRest = 2 * time.Second

// restOf is for how long a system wants to be left alone.
func restOf(err error) time.Duration {
	if e, ok := errors.AsType[*model.Error](err); ok && e.RetryAfter > 0 {
		return e.RetryAfter
	}
	return usualRest
}

// rest waits, unless nobody waits for it any more.
func rest(ctx context.Context, long time.Duration) bool {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
