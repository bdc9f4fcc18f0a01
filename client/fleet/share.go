package fleet

import (
	"context"
	"errors"
	"strings"

	"authdeck/model"
)

// share is what one system gives to a reading of all of them. It goes on when somebody begins to
// take what it gave last, so that a page comes while the one before is written, or, where more may
// not be wanted, when that was taken.
type share[T any] struct {
	of   *member
	rows chan batch[T] // closed at the end
	next chan struct{} // somebody wants what comes after what came last
	few  bool          // more may not be wanted

	// At the end:
	note string
	err  error
}

// batch is some rows, with how far that is in their system.
type batch[T any] struct {
	found []T
	told  model.Sifted
}

// share begins to read a system, which waits with its first rows until somebody takes them.
func (l *list[T]) share(ctx context.Context, m *member, q model.Query) *share[T] {
	s := &share[T]{of: m, rows: make(chan batch[T]), next: make(chan struct{}), few: q.Most > 0}
	each := l.rows.each(m)
	go func() {
		defer close(s.rows)
		s.note, s.err = each(ctx, l.within(m, q), func(found []T, told model.Sifted) error {
			for i := range found {
				found[i] = l.rows.called(m.name, found[i])
			}
			select {
			case s.rows <- batch[T]{found, told}:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case <-s.next:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	return s
}

// through hands what comes on, from the rows that came first. A reading that takes no more ends
// by the context that it began with.
func (s *share[T]) through(first batch[T], came bool, take func([]T, model.Sifted) error) error {
	for b := first; came; b, came = <-s.rows {
		if !s.few {
			s.next <- struct{}{}
		}
		if err := take(b.found, b.told); err != nil {
			return err
		}
		if s.few {
			s.next <- struct{}{}
		}
	}
	if s.err != nil {
		return named(s.of, s.err)
	}
	return nil
}

// over waits until nothing is read any more.
func (s *share[T]) over() {
	for range s.rows {
	}
}

// heads are the first rows of each of the shares, and why there are none: of all that fail at
// once, for whoever has to decide whether to go on without them decides once.
func heads[T any](ctx context.Context, shares []*share[T]) (first []batch[T], came []bool, err error) {
	var failed []error
	for _, s := range shares {
		b, is := <-s.rows
		if !is && s.err != nil {
			failed = append(failed, named(s.of, s.err))
		}
		first, came = append(first, b), append(came, is)
	}
	if len(failed) > 0 && ctx.Err() != nil {
		failed = failed[:1] // given up: the others say the same
	}
	return first, came, joint(failed)
}

// joint is one error of several systems: of what kind it is where they agree.
func joint(failed []error) error {
	switch len(failed) {
	case 0:
		return nil
	case 1:
		return failed[0]
	}
	var reasons []string
	kind := model.KindOf(failed[0])
	for _, err := range failed {
		if reasons = append(reasons, model.Reason(err)); model.KindOf(err) != kind {
			kind = model.Unavailable
		}
	}
	return &model.Error{Kind: kind, Message: model.Clean(strings.Join(reasons, "; ")), Cause: errors.Join(failed...)}
}
