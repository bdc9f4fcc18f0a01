package query

import "authdeck/model"

// The answers of a condition are those of a system: yes, no, and unsaid where what was read
// does not tell. Unsaid is never taken for a no: what is not known to be young may be old.

// rule is a condition made ready for many rows.
type rule[T any] func(*Row[T]) model.Answer

// every is yes where all are, and no where one is.
func every[T any](rules []rule[T]) rule[T] {
	return func(row *Row[T]) model.Answer {
		said := model.Yes
		for _, holds := range rules {
			switch holds(row) {
			case model.No:
				return model.No
			case model.Unsaid:
				said = model.Unsaid
			case model.Yes:
			}
		}
		return said
	}
}

// some is yes where one is, and no where all are.
func some[T any](rules []rule[T]) rule[T] {
	return func(row *Row[T]) model.Answer {
		said := model.No
		for _, holds := range rules {
			switch holds(row) {
			case model.Yes:
				return model.Yes
			case model.Unsaid:
				said = model.Unsaid
			case model.No:
			}
		}
		return said
	}
}
