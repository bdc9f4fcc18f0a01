package fleet

import (
	"context"
	"slices"
	"time"

	"authdeck/model"
	"authdeck/model/review"
)

const (
	// quick is how long one waits for counts before those that are there are shown.
	quick = 300 * time.Millisecond
	// counted is how long counts are shown as they are: who comes back to the systems wants
	// to go to one of them, and not to have all of them read again.
	counted = 10 * time.Minute
)

// Count counts the tokens of each system, in the operator's order, of what there is by now of
// the list that all systems are without a question: that list is read once for whoever shows
// it and whoever counts it. Fresh reads it anew.
func (f *Fleet) Count(ctx context.Context, fresh bool) []review.Counted {
	f.plain.resume()
	parts, wait := f.plain.ask(ctx, model.Query{Sort: f.plain.sorted(), Fresh: fresh}, counted)
	glance(ctx, parts, min(wait, quick))
	f.plain.answered(nil)
	each := make([]review.Counted, len(parts))
	for i, p := range parts {
		each[i] = f.count(p)
	}
	return each
}

// resume has those asked again that a person has given up: who did so did not want to wait for
// the list then, and that is no failure of the system.
func (l *list[T]) resume() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.parts = slices.DeleteFunc(slices.Clone(l.parts), func(p *part[T]) bool { return p.stops.Load() && !p.reading() })
}

// sorted is the order in which a list was read: any will do to count it.
func (l *list[T]) sorted() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sort
}

func (f *Fleet) count(p *part[model.Token]) review.Counted {
	came, now := p.here(), p.state()
	at := review.Moment{Now: time.Now(), Limits: f.limits, Endless: p.of.api.Info().Endless}
	c := review.Counted{
		System: came.system, Counts: review.Count(came.rows, at), Total: came.told.Total,
		Began: came.began, Heard: now.heard, Took: now.took, Err: came.err,
	}
	switch {
	case came.stage == begun:
		c.Stage = review.Coming
	case came.stage == replaced:
		c.Stage = review.Again
	case came.err != nil:
		c.Stage = review.Broken
	case came.cut:
		c.Stage = review.First
	default:
		c.Stage = review.Whole
	}
	if came.never != nil {
		c.Never, c.NeverTold = review.Tally{Yes: *came.never}, true
	}
	if c.Total == model.Uncounted && !came.cut && (c.Stage == review.Whole || c.Stage == review.Again) {
		c.Total = c.All
	}
	return c
}

// neverOf asks a system how many of its tokens never expire, where it can be asked for those; nil
// where it cannot tell. A server that passes over what it is asked gives others first.
func neverOf(ctx context.Context, m *member) *int {
	choice := m.api.Info().NeverFilter
	if choice == "" {
		return nil
	}
	answer, err := m.lists.Tokens(ctx, model.Query{Size: 1, Filter: model.Filter{Choice: choice}})
	if err != nil || answer.Total == model.Uncounted || len(answer.Items) == 0 && answer.Total > 0 {
		return nil
	}
	if slices.ContainsFunc(answer.Items, func(t model.Token) bool { return t.Expires.Knowledge() != model.Never }) {
		return nil
	}
	return &answer.Total
}
