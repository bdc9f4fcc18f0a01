package find

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"authdeck/client/page"
	"authdeck/model"
	"authdeck/model/query"
)

// each hands on all rows that a query asks for, as they are read, and how far that is. Where
// a question has an order of its own, they are handed on at the end.
func (s *sieve[T]) each(ctx context.Context, q model.Query, take func([]T, model.Sifted) error) (note string, err error) {
	asked, err := s.parse(q.Where)
	if err != nil {
		return "", err
	}
	order := query.Compare(asked, s.fields, s.source(), page.Fold)
	if order == nil {
		return s.follow(ctx, q, asked, take)
	}
	var kept []T
	var last model.Sifted
	note, err = s.follow(ctx, q, asked, func(found []T, told model.Sifted) error {
		kept, last = append(kept, found...), told
		return take(nil, told)
	})
	if err != nil {
		return "", err
	}
	slices.SortStableFunc(kept, order)
	return note, take(kept, last)
}

// follow goes through a list to its end and hands on of each page what was asked for.
func (s *sieve[T]) follow(
	ctx context.Context, q model.Query, asked query.Query, take func([]T, model.Sifted) error,
) (note string, err error) {
	r := &reading[T]{
		source: s.source(), untold: q.Untold, id: s.id, told: model.Sifted{Total: model.Uncounted},
		seed: maphash.MakeSeed(), seen: map[uint64]struct{}{},
	}
	from, rest := q, query.Query{}
	at := s.at()
	if q.Where != "" {
		from, rest = s.split(q, asked)
		r.filter = query.Compile(rest, s.fields, page.Fold, at)
	}
	all := s.survey(from, needsAll(rest))
	hand := func(pages ...model.Page[T]) error {
		var found []T
		for _, p := range pages {
			found = r.take(found, p)
		}
		return take(found, r.far())
	}
	err = Each(ctx, s.ask, from, func(answer model.Page[T]) error {
		note = answer.Note
		kept := all.keeps(answer)
		if answer.Next == "" && !all.over {
			r.told.Alike = all.census.Of // of the last page, so that whoever takes it knows
		}
		if kept {
			return take(nil, model.Sifted{Read: all.rows, Total: answer.Total})
		}
		return hand(append(all.release(), answer)...)
	})
	if err == nil && !all.over && all.keep {
		at.Census = all.census
		r.filter = query.Compile(rest, s.fields, page.Fold, at)
		err = hand(all.release()...)
	}
	return note, err
}

// split is a question as the system is asked for it, and what of it is decided here.
func (s *sieve[T]) split(q model.Query, asked query.Query) (from model.Query, rest query.Query) {
	from = model.Query{Sort: q.Sort, Filter: q.Filter}
	if q.Filter.Only.ID != "" && s.apart() {
		return from, asked
	}
	words, ranges, rest := asked.Served(s.ranges())
	from.Search, from.Ranges = strings.Join(words, " "), ranges
	return from, rest
}

// reading is one reading of a list.
type reading[T any] struct {
	filter *query.Filter[T] // nil where every row is asked for
	source *query.Source
	untold bool
	id     func(T) string
	told   model.Sifted

	// What was handed on is known again, for a row may move into the next page: by eight
	// bytes each, so that a list of a million rows takes little memory.
	seed maphash.Seed
	seen map[uint64]struct{}
}

// far is how far the reading is, for others to keep.
func (r *reading[T]) far() model.Sifted {
	told := r.told
	told.Untold = slices.Clone(told.Untold)
	return told
}

// take adds what was asked for of a page to what was found. The page stays as it came: somebody may
// keep it.
func (r *reading[T]) take(found []T, answer model.Page[T]) []T {
	r.told.Total = answer.Total
	if r.filter == nil { // all are
		found = slices.Grow(found, len(answer.Items))
	}
	for i := range answer.Items {
		item := &answer.Items[i]
		r.told.Read++
		if r.asks(item) && !r.again(r.id(*item)) {
			found = append(found, *item)
		}
	}
	return found
}

func (r *reading[T]) asks(item *T) bool {
	if r.filter == nil {
		return true
	}
	row := r.filter.Row(item, r.source)
	said := r.filter.Holds(&row)
	if said == model.Unsaid {
		r.count(&row)
		return r.untold
	}
	return said == model.Yes && !r.untold
}

// again reports whether a row of this name was handed on already. Without a name none is
// another's double.
func (r *reading[T]) again(id string) bool {
	if id == "" {
		return false
	}
	sum := maphash.String(r.seed, id)
	_, again := r.seen[sum]
	r.seen[sum] = struct{}{}
	return again
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
