package find

import (
	"context"
	"fmt"
	"sync"

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
	ranges func() []model.RangeField // that the system knows
	apart  func() bool               // whether it cannot look for more among the rows of one owner
	at     func() review.Moment
	count  func(*review.Census, *T) // nil where nothing is counted

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
	asked, err := s.parse(q.Where)
	if err != nil {
		return model.Page[T]{}, err
	}
	answer, err := s.held(q, asked).Page(ctx, model.Query{At: q.At, Size: q.Size, Fresh: q.Fresh, Sort: by})
	s.mu.Lock()
	if answer.Sifted = s.told; s.told != nil {
		answer.Alike = s.told.Alike
	}
	s.mu.Unlock()
	return answer, err
}

func (s *sieve[T]) parse(where string) (query.Query, error) {
	asked, err := query.Parse(where, s.fields)
	if err != nil {
		return asked, &model.Error{Kind: model.Invalid, Message: model.Clean(err.Error()), Cause: err}
	}
	return asked, nil
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

// read goes through a list and keeps what was asked for; nothing else stays in memory.
func (s *sieve[T]) read(ctx context.Context, q model.Query, asked query.Query) (kept []T, note string, err error) {
	note, err = s.follow(ctx, q, asked, func(found []T, told model.Sifted) error {
		kept = append(kept, found...)
		s.tell(told)
		return nil
	})
	return kept, note, err
}

// tell says how far a reading is.
func (s *sieve[T]) tell(told model.Sifted) {
	s.mu.Lock()
	s.told = &told
	to := s.to
	s.mu.Unlock()
	if to != nil {
		to(told)
	}
}
