package fleet

import (
	"cmp"
	"slices"
	"time"

	"authdeck/client/page"
	"authdeck/model"
)

// merged is what the systems have for a question by now.
type merged[T any] struct {
	rows    []T // with their own names, and those of their systems
	told    model.Sifted
	began   time.Time // of the oldest reading
	notes   []string
	lacks   []string
	reading bool
	refusal error // why there is nothing at all
	alike   map[string]func(*model.Token) int
}

func merge[T any](parts []*part[T]) merged[T] {
	m := merged[T]{alike: map[string]func(*model.Token) int{}}
	var failed []error
	for _, p := range parts {
		came := p.here()
		m.rows = append(m.rows, came.rows...)
		if m.began.IsZero() || came.began.Before(m.began) {
			m.began = came.began
		}
		m.told = added(m.told, came.told)
		m.alike[p.of.name] = came.told.Alike
		m.notes = append(m.notes, came.notes()...)
		m.lacks = append(m.lacks, came.lacks()...)
		m.reading = m.reading || came.stage != read
		if came.err != nil && model.KindOf(came.err) != model.Cancelled { // what was given up is no failure
			failed = append(failed, came.err)
		}
	}
	if len(parts) == 0 {
		m.refusal = model.Fail(model.NotFound, noneAsked)
	}
	if len(failed) == len(parts) && len(parts) > 0 && len(m.rows) == 0 {
		m.refusal = refused(failed, m.lacks)
	}
	return m
}

// like is how many tokens are like one, with the name that the union has for it.
func (m merged[T]) like(t *model.Token) int {
	own := *t
	system, owner := ownUser(t.Owner)
	own.Owner = owner
	if of := m.alike[cmp.Or(t.System, system)]; of != nil {
		return of(&own)
	}
	return 0
}

// added is how far two readings are together.
func added(a, b model.Sifted) model.Sifted {
	sum := model.Sifted{Read: a.Read + b.Read, Unsaid: a.Unsaid + b.Unsaid, Total: model.Uncounted, Untold: slices.Concat(a.Untold, b.Untold)}
	if a.Total != model.Uncounted && b.Total != model.Uncounted {
		sum.Total = a.Total + b.Total
	}
	slices.Sort(sum.Untold)
	sum.Untold = slices.Compact(sum.Untold)
	return sum
}

// answer is one page of what was merged.
func (l *list[T]) answer(m merged[T], q model.Query, number int, compare func(a, b T) int, asked time.Time) model.Page[T] {
	if l.rows.keep != nil {
		m.rows = slices.DeleteFunc(m.rows, func(item T) bool { return !l.rows.keep(item) })
	}
	slices.SortStableFunc(m.rows, compare)
	size := max(1, q.Size)
	from := min(number*size, len(m.rows))
	to := min(from+size, len(m.rows))
	answer := model.Page[T]{
		Items: slices.Clone(m.rows[from:to]), Total: len(m.rows), Age: max(0, asked.Sub(m.began)),
		Note: lines(m.notes), Lacks: m.lacks, Unfinished: m.reading, Alike: m.like,
	}
	for i, item := range answer.Items {
		answer.Items[i] = l.rows.guest(l.rows.system(item), item)
	}
	if to < len(m.rows) {
		answer.Next = page.Cursor(number + 2)
		answer.Onward = page.Onward(q.At, answer.Next)
	}
	if q.Where != "" {
		answer.Sifted = &m.told
	}
	return answer
}
