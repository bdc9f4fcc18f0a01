package awx

import (
	"context"
	"sync"
	"time"

	"authdeck/client/demo/stage"
)

const (
	underWay = time.Second            // how long a change waits for a deletion that it meets
	meeting  = 200 * time.Millisecond // how long a deletion is under way
)

// pendingChanges is where what is done to one token at once meets, under [TwoAtOnce].
// A server reads the token, and writes or deletes it afterwards, without a lock.
type pendingChanges struct {
	mu      sync.Mutex
	changes map[int]*pendingChange
}

// pendingChange is a change that has read its token and not written it yet.
type pendingChange struct {
	deleted chan func(edit func(*token) string) // a deletion came first; this puts the row back
	written chan struct{}
}

// enter announces a change.
func (c *pendingChanges) enter(id int) *pendingChange {
	p := &pendingChange{deleted: make(chan func(func(*token) string), 1), written: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changes == nil {
		c.changes = map[int]*pendingChange{}
	}
	c.changes[id] = p
	return p
}

// take is the change that is under way, which is then nobody else's; nil for none.
func (c *pendingChanges) take(id int) *pendingChange {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.changes[id]
	delete(c.changes, id)
	return p
}

// write is a change that waits for a deletion to meet, and puts back what that took.
func (a *server) write(ctx context.Context, id int, edit func(*token) string) (token, bool) {
	if !a.Settings.Has(TwoAtOnce) {
		return a.tokens.Change(id, edit)
	}
	p := a.pending.enter(id)
	timer := time.NewTimer(underWay)
	defer timer.Stop()
	select {
	case putBack := <-p.deleted:
		return a.back(id, p, putBack, edit)
	case <-timer.C:
	case <-ctx.Done():
	}
	if a.pending.take(id) == nil {
		return a.back(id, p, <-p.deleted, edit)
	}
	return a.tokens.Change(id, edit)
}

func (a *server) back(id int, p *pendingChange, putBack func(func(*token) string), edit func(*token) string) (token, bool) {
	defer close(p.written)
	putBack(edit)
	return a.tokens.Get(id)
}

// erase deletes a token that was just read: that somebody else has deleted it
// meanwhile is no failure.
func (a *server) erase(ctx context.Context, id int) {
	if !a.Settings.Has(TwoAtOnce) {
		a.tokens.Remove(id)
		return
	}
	stage.Sleep(ctx, meeting)
	if p := a.pending.take(id); p != nil {
		p.deleted <- a.tokens.TakeOut(id)
		<-p.written
		return
	}
	a.tokens.Remove(id)
}
