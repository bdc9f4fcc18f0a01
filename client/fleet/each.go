package fleet

import (
	"context"
	"slices"

	"authdeck/model"
)

// EachToken reads the tokens of all systems that a query asks for, one system after the
// other, and hands them on as they come, with the names that their own systems have for them.
// Where an order is asked for, they are handed on at the end. A system of which not all can be
// read ends it, with an error that names it: a file in which a part is missing would be taken for
// the whole. All are asked at once for their first rows, so that of those that fail then all are
// named ([model.Failures]) before a row is handed on. Whoever wants the others alone says which ones
// to do Without.
func (f *Fleet) EachToken(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (note string, err error) {
	return f.tokens.through(ctx, q, take)
}

// EachUser is EachToken for users.
func (f *Fleet) EachUser(ctx context.Context, q model.Query, take func([]model.User, model.Sifted) error) (note string, err error) {
	return f.users.through(ctx, q, take)
}

func (l *list[T]) through(ctx context.Context, q model.Query, take func([]T, model.Sifted) error) (string, error) {
	compare, err := l.order(q)
	if err != nil {
		return "", err
	}
	members := l.asked(q)
	if len(members) == 0 {
		return "", model.Fail(model.NotFound, noneAsked)
	}
	reading, end := context.WithCancel(ctx)
	var shares []*share[T]
	defer func() {
		end()
		for _, s := range shares {
			s.over()
		}
	}()
	for _, m := range members {
		shares = append(shares, l.share(reading, m, q))
	}
	first, came, err := heads(ctx, shares)
	if err != nil {
		return "", err
	}
	var kept []T
	var notes []string
	var before model.Sifted
	ordered := l.ordered(q)
	for i, s := range shares {
		far := before
		err := s.through(first[i], came[i], func(found []T, told model.Sifted) error {
			far = added(before, told)
			far.Total = model.Uncounted // of the systems to come nobody has counted
			if ordered {
				kept, found = append(kept, found...), nil
			}
			return take(found, far)
		})
		if err != nil {
			return "", err
		}
		if before = far; s.note != "" {
			notes = append(notes, s.of.name+": "+s.note)
		}
	}
	slices.SortStableFunc(kept, compare)
	return lines(notes), take(kept, before)
}

// ordered reports whether a query says in which order it wants its rows.
func (l *list[T]) ordered(q model.Query) bool {
	asked, err := l.parse(q.Where)
	return q.Sort != "" || err == nil && len(asked.Sorts) > 0
}

// named says of which system an error is.
func named(m *member, err error) error {
	return &model.Error{Kind: model.KindOf(err), Message: model.Clean(m.name + ": " + model.Reason(err)), System: m.name, Cause: err}
}
