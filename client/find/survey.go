package find

import (
	"authdeck/model"
	"authdeck/model/query"
	"authdeck/model/review"
)

// surveyed is how many rows are counted to know whether an owner has several keys of a kind, for
// which all of them have to be there. Of a longer list it cannot be told.
const surveyed = 10_000

// survey counts the rows of a list, and keeps them until all are there where a question needs it.
type survey[T any] struct {
	count  func(*review.Census, *T)
	id     func(T) string
	keep   bool
	kept   []model.Page[T]
	census *review.Census
	seen   map[string]bool // a row that moved into the next page is counted once
	rows   int
	over   bool // what was counted is of no use
}

// survey begins to count. A query to the system that brings only some rows is no use.
func (s *sieve[T]) survey(from model.Query, keep bool) *survey[T] {
	return &survey[T]{
		count: s.count, id: s.id, keep: keep, census: review.NewCensus(), seen: map[string]bool{},
		over: s.count == nil || from.Search != "" || len(from.Ranges) > 0 || from.Filter.Choice != "",
	}
}

// needsAll reports whether only all rows answer a question.
func needsAll(asked query.Query) bool {
	return asked.Asks("is", "look", "fine", string(review.Several))
}

// keeps takes a page in, and reports whether it is kept: unless there are too many, or no question
// needs it.
func (s *survey[T]) keeps(answer model.Page[T]) bool {
	if s.over = s.over || s.rows+len(answer.Items) > surveyed; s.over {
		s.census, s.seen = nil, nil
		return false
	}
	s.rows += len(answer.Items)
	for i := range answer.Items {
		if id := s.id(answer.Items[i]); id == "" || !s.seen[id] {
			s.seen[id] = true
			s.count(s.census, &answer.Items[i])
		}
	}
	if s.keep {
		s.kept = append(s.kept, answer)
	}
	return s.keep
}

// release gives what was kept, and keeps it no more.
func (s *survey[T]) release() []model.Page[T] {
	kept := s.kept
	s.kept = nil
	return kept
}
