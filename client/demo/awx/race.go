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

// crossing is where what is done to one token at once meets, under [AwxTwoAtOnce].
// A server reads the token, and writes or deletes it afterwards, without a lock.
type crossing struct {
	mu      sync.Mutex
	changes map[int]*passage
}

// passage is a change that has read its token and not written it yet.
type passage struct {
	deleted chan func(edit func(*awxToken) string) // a deletion came first; this puts the row back
	written chan struct{}
}

// enter announces a change.
func (c *crossing) enter(id int) *passage {
	p := &passage{deleted: make(chan func(func(*awxToken) string), 1), written: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changes == nil {
		c.changes = map[int]*passage{}
	}
	c.changes[id] = p
	return p
}

// take is the change that is under way, which is then nobody else's; nil for none.
func (c *crossing) take(id int) *passage {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.changes[id]
	delete(c.changes, id)
	return p
}

// write is a change that waits for a deletion to meet, and puts back what that took.
func (a *awx) write(ctx context.Context, id int, edit func(*awxToken) string) (awxToken, bool) {
	if !a.Settings.Has(AwxTwoAtOnce) {
		return a.tokens.Change(id, edit)
	}
	p := a.crossing.enter(id)
	timer := time.NewTimer(underWay)
	defer timer.Stop()
	select {
	case putBack := <-p.deleted:
		return a.back(id, p, putBack, edit)
	case <-timer.C:
	case <-ctx.Done():
	}
	if a.crossing.take(id) == nil {
		return a.back(id, p, <-p.deleted, edit)
	}
	return a.tokens.Change(id, edit)
}

func (a *awx) back(id int, p *passage, putBack func(func(*awxToken) string), edit func(*awxToken) string) (awxToken, bool) {
	defer close(p.written)
	putBack(edit)
	return a.tokens.Get(id)
}

// erase deletes a token that was just read: that somebody else has deleted it
// meanwhile is no failure.
func (a *awx) erase(ctx context.Context, id int) {
	if !a.Settings.Has(AwxTwoAtOnce) {
		a.tokens.Remove(id)
		return
	}
	stage.Sleep(ctx, meeting)
	if p := a.crossing.take(id); p != nil {
		p.deleted <- a.tokens.TakeOut(id)
		<-p.written
		return
	}
	a.tokens.Remove(id)
}
