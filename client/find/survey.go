package find

import (
	"authdeck/model"
	"authdeck/model/query"
	"authdeck/model/review"
)

// surveyed is how many rows are kept for a question that only all of them answer. Of a longer
// list it cannot be told.
const surveyed = 10_000

// survey keeps the rows of a list until all are there: whether an owner has several keys of a
// kind, all of them tell.
type survey[T any] struct {
	count func(*review.Census, *T)
	id    func(T) string
	kept  []model.Page[T]
	rows  int
	over  bool // what is kept is of no use
}

// surveys reports whether a question needs all rows, and whether a query to the system brings
// them.
func (s *sieve[T]) surveys(asked query.Query, from model.Query) bool {
	return s.count != nil && from.Search == "" && len(from.Ranges) == 0 && from.Filter.Choice == "" &&
		asked.Asks("is", "look", "fine", string(review.Several))
}

// keeps takes a page, unless there are too many.
func (s *survey[T]) keeps(answer model.Page[T]) bool {
	if s.over = s.over || s.rows+len(answer.Items) > surveyed; s.over {
		return false
	}
	s.kept, s.rows = append(s.kept, answer), s.rows+len(answer.Items)
	return true
}

// release gives what was kept, and keeps it no more.
func (s *survey[T]) release() []model.Page[T] {
	kept := s.kept
	s.kept = nil
	return kept
}

// census counts what was kept, a row that moved into the next page once.
func (s *survey[T]) census() *review.Census {
	counted, seen := review.NewCensus(), map[string]bool{}
	for _, p := range s.kept {
		for i := range p.Items {
			if id := s.id(p.Items[i]); id == "" || !seen[id] {
				seen[id] = true
				s.count(counted, &p.Items[i])
			}
		}
	}
	return counted
}
