package query

import (
	"slices"

	"authdeck/model"
	"authdeck/model/review"
)

// Filter is a question made ready for many rows. Make it with [Compile].
type Filter[T any] struct {
	holds  rule[T]
	tests  []tested[T]
	fields []Field[T]
	looked []bool // at which of the fields it looks
	fold   Fold
}

// tested is a condition of a field.
type tested[T any] struct {
	field string
	holds rule[T]
}

// Compile makes a question ready that [Parse] has read with the same fields, as of a
// moment.
func Compile[T any](q Query, fields []Field[T], fold Fold, at review.Moment) *Filter[T] {
	c := &compiler[T]{fields: fields, fold: fold, at: at}
	f := &Filter[T]{holds: func(*Row[T]) model.Answer { return model.Yes }, fields: fields, fold: fold}
	if q.Where != nil {
		f.holds = c.rule(q.Where)
	}
	f.tests = c.tests
	for _, field := range fields {
		tested := slices.ContainsFunc(f.tests, func(t tested[T]) bool { return t.field == field.Name })
		f.looked = append(f.looked, tested || c.words && field.Words)
	}
	return f
}

// Holds says whether a row is what was asked for; unsaid where what is known of it does not
// tell.
func (f *Filter[T]) Holds(row *Row[T]) model.Answer { return f.holds(row) }

// Untold are the names of the fields for which it could not be told of a row.
func (f *Filter[T]) Untold(row *Row[T]) []string {
	var names []string
	for _, t := range f.tests {
		if t.holds(row) == model.Unsaid && !slices.Contains(names, t.field) {
			names = append(names, t.field)
		}
	}
	return names
}

type compiler[T any] struct {
	fields []Field[T]
	fold   Fold
	at     review.Moment
	tests  []tested[T]
	words  bool
}

func (c *compiler[T]) rule(condition Condition) rule[T] {
	switch condition := condition.(type) {
	case All:
		return together(c.rules(condition), model.No)
	case Any:
		return together(c.rules(condition), model.Yes)
	case Not:
		holds := c.rule(condition.Of)
		return func(row *Row[T]) model.Answer { return holds(row).Not() }
	case Word:
		return c.word(condition)
	case Test:
		holds := c.test(condition)
		c.tests = append(c.tests, tested[T]{condition.Field, holds})
		return holds
	}
	return func(*Row[T]) model.Answer { return model.Unsaid }
}

func (c *compiler[T]) rules(conditions []Condition) []rule[T] {
	rules := make([]rule[T], len(conditions))
	for i, condition := range conditions {
		rules[i] = c.rule(condition)
	}
	return rules
}

// test is a rule of a field: one of the values is enough.
func (c *compiler[T]) test(t Test) rule[T] {
	at := slices.IndexFunc(c.fields, func(f Field[T]) bool { return f.Name == t.Field })
	if at < 0 {
		return func(*Row[T]) model.Answer { return model.Unsaid }
	}
	rules := make([]rule[T], len(t.Values))
	for i, v := range t.Values {
		rules[i] = c.value(at, t.Op, v)
	}
	if len(rules) == 1 {
		return rules[0]
	}
	return together(rules, model.Yes)
}

func (c *compiler[T]) value(at int, op Op, v Value) rule[T] {
	switch f := c.fields[at]; f.Kind {
	case Text:
		return c.text(at, op, v)
	case Choice:
		return func(row *Row[T]) model.Answer { return f.Is(row.Item, v.Text, c.at) }
	case Number:
		return numbered(f, op, v)
	case Past, Future:
		return c.timed(f, op, v)
	}
	return func(*Row[T]) model.Answer { return model.Unsaid }
}
