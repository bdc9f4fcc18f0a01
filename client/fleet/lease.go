package fleet

import (
	"context"
	"time"

	"authdeck/model"
)

// touch says that somebody still asks about the search.
func (s *search) touch() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lease != nil {
		s.lease.Stop()
	}
	s.lease = time.AfterFunc(lease, func() {
		if !s.finished() {
			s.end()
		}
	})
}

// close ends it.
func (s *search) close() {
	s.end()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lease.Stop()
}

// finished reports whether nothing is asked any more.
func (s *search) finished() bool {
	for _, h := range s.all() {
		if !closed(h.done) {
			return false
		}
	}
	return true
}

// over waits for the end of all, and lets the search not lapse meanwhile.
func (s *search) over(ctx context.Context) error {
	for !s.finished() {
		s.touch()
		soon := time.NewTimer(patience / 10)
		select {
		case <-soon.C:
		case <-ctx.Done():
			soon.Stop()
			return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
		}
	}
	return nil
}

func closed(done chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}
