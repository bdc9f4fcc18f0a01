package export_test

import (
	"errors"
	"io"
	"sync"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/model"
)

// counted are pages that were asked for.
type counted struct {
	mu    sync.Mutex
	pages []int // the first row of each
	third chan struct{}
}

func (c *counted) ask(from int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pages = append(c.pages, from); len(c.pages) == 3 {
		close(c.third)
	}
	return nil
}

func (c *counted) all() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.pages)
}

// waiting takes what is written, the second page of it when the third was asked for.
type waiting struct {
	third <-chan struct{}
	takes int
}

func (w *waiting) Write(p []byte) (int, error) {
	if w.takes++; w.takes == 2 {
		select {
		case <-w.third:
		case <-time.After(20 * time.Second): // which only ends a test that fails
			return 0, errors.New("nobody asks for a page while the one before is written")
		}
	}
	return len(p), nil
}

// TestAPageIsOnItsWayWhileTheOneBeforeIsWritten is how commands read: over systems as one.
func TestAPageIsOnItsWayWhileTheOneBeforeIsWritten(t *testing.T) {
	asked := &counted{third: make(chan struct{})}
	all := client.Together([]model.API{&endless{tokens: 600, fails: asked.ask}})
	done, err := client.WriteRows(t.Context(), all, model.Export{Rows: model.TokenRows, Format: model.Lines, Columns: []string{"id"}}, &waiting{third: asked.third})
	if err != nil || done.Rows != 600 {
		t.Errorf("%+v, %v", done, err)
	}
}

// TestWhereALimitIsNoPageIsAskedForThatItDoesNotNeed goes over systems as one too.
func TestWhereALimitIsNoPageIsAskedForThatItDoesNotNeed(t *testing.T) {
	for limit, pages := range map[int]int{1: 1, 200: 1, 201: 2, 400: 2} {
		asked := &counted{third: make(chan struct{})}
		all := client.Together([]model.API{&endless{tokens: 600, fails: asked.ask}})
		done, err := client.WriteRows(t.Context(), all, model.Export{Rows: model.TokenRows, Format: model.Lines, Limit: limit}, io.Discard)
		if err != nil || done.Rows != limit || asked.all() != pages {
			t.Errorf("%d: %+v, %v after %d pages", limit, done, err, asked.all())
		}
	}
}
