package query

import (
	"cmp"
	"slices"
	"strings"

	"authdeck/model"
)

// Compare orders items of a system as a question wants them; nil where it does not say. What
// is not known comes last, whichever way round.
func Compare[T any](q Query, fields []Field[T], from *Source, fold Fold) func(a, b T) int {
	var orders []func(a, b *T) int
	for _, s := range q.Sorts {
		at := slices.IndexFunc(fields, func(f Field[T]) bool { return f.Name == s.Field })
		if at >= 0 {
			orders = append(orders, fields[at].order(s.Falls, from, fold))
		}
	}
	if orders == nil {
		return nil
	}
	return func(a, b T) int {
		for _, order := range orders {
			if c := order(&a, &b); c != 0 {
				return c
			}
		}
		return 0
	}
}

// order compares two items by one field.
func (f Field[T]) order(falls bool, from *Source, fold Fold) func(a, b *T) int {
	turn := 1
	if falls {
		turn = -1
	}
	switch {
	case f.Text != nil:
		return func(a, b *T) int {
			x, y := fold(f.Text(a, from)), fold(f.Text(b, from))
			return last(x == "", y == "", turn*strings.Compare(x, y))
		}
	case f.Number != nil:
		return func(a, b *T) int {
			x, known := f.Number(a)
			y, also := f.Number(b)
			return last(!known, !also, turn*cmp.Compare(x, y))
		}
	case f.When != nil:
		back := f.Spans
		return func(a, b *T) int { return compareMoments(f.When(a), f.When(b), turn, back) }
	}
	return func(_, _ *T) int { return 0 }
}

// last puts what is not known behind what is.
func last(a, b bool, otherwise int) int {
	switch {
	case a && b:
		return 0
	case a:
		return 1
	case b:
		return -1
	}
	return otherwise
}

// compareMoments orders two moments: known ones by time, then what is never, what does not
// apply, and what is not known. The greater an age, the earlier its moment.
func compareMoments(a, b model.When, turn int, back bool) int {
	at, known := a.Time()
	other, also := b.Time()
	if !known || !also {
		return cmp.Compare(rank(a), rank(b))
	}
	if back {
		turn = -turn
	}
	return turn * at.Compare(other)
}

func rank(w model.When) int {
	switch w.Knowledge() {
	case model.Known:
		return 0
	case model.Never:
		return 1
	case model.NotApplicable:
		return 2
	case model.Unknown:
	}
	return 3
}
