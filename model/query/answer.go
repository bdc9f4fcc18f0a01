package query

import "authdeck/model"

// The answers of a condition are those of a system: yes, no, and unsaid where what was read
// does not tell. Unsaid is never taken for a no: what is not known to be young may be old.

// rule is a condition made ready for many rows.
type rule[T any] func(*Row[T]) model.Answer

// together is what one of the rules decides alone, as a no does where all have to hold, and a
// yes where one is enough; else the opposite, unless one of them cannot be told.
func together[T any](rules []rule[T], decides model.Answer) rule[T] {
	return func(row *Row[T]) model.Answer {
		said := decides.Not()
		for _, holds := range rules {
			answer := holds(row)
			if answer == decides {
				return decides
			}
			if answer == model.Unsaid {
				said = model.Unsaid
			}
		}
		return said
	}
}
