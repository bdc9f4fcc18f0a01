package fleet

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"authdeck/model"
)

// part is what one system has for a question: a reading in a goroutine of its own.
type part[T any] struct {
	of     *member
	writes int64 // of the system before it began
	began  time.Time
	end    context.CancelFunc
	done   chan struct{}           // closed at the end
	news   func() bool             // whether there is more since it began; nil for never
	must   bool                    // it is waited for, however long that takes
	former atomic.Pointer[part[T]] // is shown until this one is there
	stops  atomic.Bool             // a person has given it up: it is waited for, and that is short

	mu   sync.Mutex
	seen state[T]
}

// state is how far a reading is.
type state[T any] struct {
	rows []T // only ever appended to
	told model.Sifted
	note string
	err  error
	cut  bool // there is more than was read

	never *int // how many of all never expire, where that is not told by those that were read; nil where it cannot be told

	heard time.Time     // when the system answered last; zero for never
	took  time.Duration // how long its first answer was waited for; some have the others from memory
}

// enoughError ends a reading that has as many rows as are shown.
type enoughError struct{}

func (enoughError) Error() string { return "that is enough" }

// begin reads a system in the background, until somebody ends it.
func (l *list[T]) begin(ctx context.Context, m *member, q model.Query, former *part[T]) *part[T] {
	ctx, end := context.WithCancel(context.WithoutCancel(ctx))
	p := &part[T]{
		of: m, writes: m.written(), began: time.Now(), end: end, done: make(chan struct{}),
		seen: state[T]{told: model.Sifted{Total: model.Uncounted}},
	}
	p.former.Store(former)
	if l.rows.news != nil {
		p.news = l.rows.news(m)
	}
	go func() {
		defer end()
		defer close(p.done)
		note, err := l.rows.each(m)(ctx, l.within(m, q), func(found []T, told model.Sifted) error {
			for i := range found {
				found[i] = l.rows.called(m.name, found[i])
			}
			return p.take(found, told, q.Where == "")
		})
		p.finish(note, err)
		if p.state().cut && l.rows.never != nil {
			p.keep(l.rows.never(ctx, m))
		}
	}()
	return p
}

// within is a question as one system is asked for it.
func (l *list[T]) within(m *member, q model.Query) model.Query {
	info, sort := m.api.Info(), l.rows.orders()[l.place(q.Sort)].By
	_, only := ownUser(q.Filter.Only)
	in := model.Query{Search: q.Search, Where: q.Where, Untold: q.Untold, Filter: model.Filter{Only: only}}
	if only.ID != "" && !info.OwnerAndMore {
		return here(in)
	}
	for _, s := range l.rows.sorts(info) {
		if s.By == sort {
			in.Sort = s.Key
		}
	}
	return in
}

// here is a question that is decided here, over what a system gives in its own order.
func here(q model.Query) model.Query {
	if q.Where == "" {
		q.Where, q.Search = q.Search, ""
	}
	q.Sort = ""
	return q
}

func (p *part[T]) take(found []T, told model.Sifted, bounded bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen.rows, p.seen.told = append(p.seen.rows, found...), told
	p.hear()
	if bounded && len(p.seen.rows) >= most && told.Read != told.Total {
		p.seen.rows, p.seen.cut = p.seen.rows[:most], true
		return enoughError{}
	}
	return nil
}

// hear notes an answer.
func (p *part[T]) hear() {
	now := time.Now()
	if p.seen.heard.IsZero() {
		p.seen.took = now.Sub(p.began)
	}
	p.seen.heard = now
}

func (p *part[T]) finish(note string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.former.Store(nil)
	p.seen.note = note
	_, enough := errors.AsType[enoughError](err)
	switch {
	case enough:
	case err != nil && p.stops.Load():
		p.seen.err = model.Fail(model.Cancelled, "given up")
	default:
		p.seen.err = err
		if model.Answered(err) {
			p.hear()
		}
	}
}

// keep takes note of how many never expire.
func (p *part[T]) keep(never *int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen.never = never
}

// giveUp ends the readings that go on. What has come by them stays.
func giveUp[T any](parts []*part[T]) {
	for _, p := range parts {
		if p.reading() {
			p.stops.Store(true)
			p.end()
		}
	}
}

func (p *part[T]) state() state[T] {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

// reading reports whether more is to come.
func (p *part[T]) reading() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// outdated reports whether something was written there since, or there is more of it.
func (p *part[T]) outdated() bool {
	return p.writes < p.of.written() || p.news != nil && p.news()
}

// finished is the last reading that came to its end; nil for none.
func (p *part[T]) finished() *part[T] {
	switch {
	case p == nil:
		return nil
	case p.reading():
		return p.former.Load()
	case p.state().err != nil:
		return nil
	}
	return p
}

// whole reports whether everything was read that there is, so that it can be put into any order.
func whole[T any](parts []*part[T]) bool {
	for _, p := range parts {
		if p.reading() || p.state().cut {
			return false
		}
	}
	return true
}

// glance waits for all readings, but no longer than so.
func glance[T any](ctx context.Context, parts []*part[T], wait time.Duration) {
	limited, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for _, p := range parts {
		select {
		case <-p.done:
		case <-limited.Done():
			return
		}
	}
}

// await waits for all readings, but no longer than so; for one that must be there, until it is.
func await[T any](ctx context.Context, parts []*part[T], wait time.Duration) error {
	limited, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for _, p := range parts {
		until := limited
		if p.must || p.stops.Load() {
			until = ctx
		}
		select {
		case <-p.done:
		case <-until.Done():
		}
	}
	if ctx.Err() != nil {
		return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
	}
	return nil
}
