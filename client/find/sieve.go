package find

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"authdeck/client/page"
	"authdeck/model"
	"authdeck/model/query"
	"authdeck/model/review"
)

// sieve is a list that is read to its end for a question. What was found for it serves its
// other pages, as [page.InMemory] has it.
type sieve[T any] struct {
	ask    func(context.Context, model.Query) (model.Page[T], error)
	fields []query.Field[T]
	id     func(T) string
	source func() *query.Source
	at     func() review.Moment

	mu    sync.Mutex
	of    string // the question that was answered last
	found *page.InMemory[T]
	told  *model.Sifted      // of the last reading
	to    func(model.Sifted) // who is told of it; may be nil
}

// page answers a query, by the system alone where no more is asked.
func (s *sieve[T]) page(ctx context.Context, q model.Query) (model.Page[T], error) {
	if q.Where == "" {
		return s.ask(ctx, q)
	}
	asked, err := query.Parse(q.Where, s.fields)
	if err != nil {
		return model.Page[T]{}, &model.Error{Kind: model.Invalid, Message: model.Clean(err.Error()), Cause: err}
	}
	answer, err := s.held(q, asked).Page(ctx, model.Query{At: q.At, Size: q.Size, Fresh: q.Fresh, Sort: by})
	s.mu.Lock()
	answer.Sifted = s.told
	s.mu.Unlock()
	return answer, err
}

// by is the order in which rows were found, or for which was asked.
const by = "by"

// held is what was found for a question, read when its first page is asked for. Another
// question lets go of it.
func (s *sieve[T]) held(q model.Query, asked query.Query) *page.InMemory[T] {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = q.Told
	of := fmt.Sprintf("%q %v %q %q %q", q.Where, q.Untold, q.Sort, q.Filter.Only.ID, q.Filter.Choice)
	if s.found != nil && s.of == of {
		return s.found
	}
	s.of, s.told = of, nil
	s.found = &page.InMemory[T]{
		Read: func(ctx context.Context) ([]T, string, error) { return s.read(ctx, q, asked) },
		ID:   func(T) string { return "" }, // rows that are equal stay as they were found
		Text: func(T) string { return "" },
		Sorts: map[string]func(a, b T) int{
			by: query.Compare(asked, s.fields, s.source(), page.Fold),
		},
		Lasts: page.Awhile,
	}
	return s.found
}

func (s *sieve[T]) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found, s.of = nil, ""
}

// many is how many rows are asked for at once: a list is read to its end, and each request
// has its price.
const many = 200

// read goes through a list and keeps what was asked for; nothing else stays in memory.
func (s *sieve[T]) read(ctx context.Context, q model.Query, asked query.Query) (kept []T, note string, err error) {
	r := &reading[T]{
		filter: query.Compile(asked, s.fields, page.Fold, s.at()), source: s.source(), untold: q.Untold,
		seen: map[string]bool{}, id: s.id, told: model.Sifted{Total: model.Uncounted},
	}
	from := model.Query{Size: many, Sort: q.Sort, Filter: q.Filter, Fresh: true}
	for {
		answer, err := patient(ctx, func() (model.Page[T], error) { return s.ask(ctx, from) })
		if err != nil {
			return nil, "", err
		}
		r.take(answer)
		s.tell(r.told)
		if answer.Next == "" {
			return r.kept, answer.Note, nil
		}
		from.At, from.Fresh = answer.Next, false
	}
}

// tell says how far a reading is.
func (s *sieve[T]) tell(told model.Sifted) {
	told.Untold = slices.Clone(told.Untold)
	s.mu.Lock()
	s.told = &told
	to := s.to
	s.mu.Unlock()
	if to != nil {
		to(told)
	}
}

// longestWait is what a person puts up with who can see why.
const longestWait = 2 * time.Minute

// patient asks, and asks again when a server wants to be left alone for a while and says
// for how long. Nothing but a question is asked twice.
func patient[T any](ctx context.Context, ask func() (model.Page[T], error)) (model.Page[T], error) {
	for {
		answer, err := ask()
		e, is := errors.AsType[*model.Error](err)
		if !is || e.Kind != model.RateLimited || e.RetryAfter <= 0 || e.RetryAfter > longestWait {
			return answer, err
		}
		rest := time.NewTimer(e.RetryAfter)
		select {
		case <-rest.C:
		case <-ctx.Done():
			rest.Stop()
			return answer, &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
		}
	}
}

// reading is one reading of a list.
type reading[T any] struct {
	filter *query.Filter[T]
	source *query.Source
	untold bool
	id     func(T) string
	seen   map[string]bool // the kept ones, by their names: a row may move into the next page
	kept   []T
	told   model.Sifted
}

func (r *reading[T]) take(answer model.Page[T]) {
	r.told.Total = answer.Total
	for _, item := range answer.Items {
		r.told.Read++
		row := r.filter.Row(&item, r.source)
		said := r.filter.Holds(&row)
		if said == model.Unsaid {
			r.count(&row)
		}
		if said == model.Yes && !r.untold || said == model.Unsaid && r.untold {
			if id := r.id(item); !r.seen[id] {
				r.seen[id] = true
				r.kept = append(r.kept, item)
			}
		}
	}
}

// count takes note of a row of which it cannot be told, and for which fields.
func (r *reading[T]) count(row *query.Row[T]) {
	r.told.Unsaid++
	for _, field := range r.filter.Untold(row) {
		if !slices.Contains(r.told.Untold, field) {
			r.told.Untold = append(r.told.Untold, field)
			slices.SortFunc(r.told.Untold, strings.Compare)
		}
	}
}
