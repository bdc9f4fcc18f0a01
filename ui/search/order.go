package search

import (
	"slices"

	"authdeck/model"
	"authdeck/model/query"
)

// Ordered is the order that a question asks for by itself, as it is typed; false where it
// leaves that to the list.
func (s *Model) Ordered(where string) (order model.Sort, is bool) {
	asked, err := s.in.read(where)
	if err != nil || len(asked.Sorts) == 0 {
		return model.Sort{}, false
	}
	return model.Sort{Label: query.Query{Sorts: asked.Sorts}.String(), By: s.by(asked.Sorts[0])}, true
}

// by is what rows go by that a question orders.
func (s *Model) by(first query.Sort) model.By {
	at := slices.IndexFunc(s.in.known, func(e query.Entry) bool { return e.Name == first.Field })
	by := s.in.known[at].By
	by.Falls = by.Fact != 0 && by.Falls != first.Falls
	return by
}

// Unordered is a query whose question leaves the order to the list.
func (s *Model) Unordered(q model.Query) model.Query {
	asked, err := s.in.read(q.Where)
	if err != nil || len(asked.Sorts) == 0 {
		return q
	}
	asked.Sorts = nil
	without, err := narrow(q, asked.String(), s.fields(), s.in)
	if err != nil {
		return q
	}
	without.Untold = q.Untold && without.Where != ""
	return without
}

// Reversed is a query whose question has its own order the other way round; false where it
// leaves the order to the list.
func (s *Model) Reversed(q model.Query) (model.Query, bool) {
	asked, err := s.in.read(q.Where)
	if err != nil || len(asked.Sorts) == 0 {
		return q, false
	}
	for i := range asked.Sorts {
		asked.Sorts[i].Falls = !asked.Sorts[i].Falls
	}
	q.Where = asked.String()
	return q, true
}
