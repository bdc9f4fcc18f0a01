package stage

import (
	"context"
	"time"
)

// Sleep waits, and ends early when the client goes: a real server does not notice, and
// works on.
func Sleep(ctx context.Context, d time.Duration) {
	if d == 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
