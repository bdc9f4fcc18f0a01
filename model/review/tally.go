package review

import "authdeck/model"

// Tally is how many tokens are it, and of how many it cannot be told.
type Tally struct{ Yes, Unsaid int }

// Add counts an answer.
func (t *Tally) Add(said model.Answer) {
	switch said {
	case model.Yes:
		t.Yes++
	case model.Unsaid:
		t.Unsaid++
	case model.No:
	}
}

// Counts are the tokens of a list that was read to its end.
type Counts struct {
	All          int
	Never, Stale Tally // of those that are not over
}

// Count counts the tokens of a whole list.
func Count(all []model.Token, at Moment) Counts {
	found := Counts{All: len(all)}
	for i := range all {
		t := &all[i]
		if lives := over(t, at).Not(); lives != model.No {
			found.Never.Add(Is(t, NeverExpires, at).And(lives))
			found.Stale.Add(Stale(t, at).And(lives))
		}
	}
	return found
}
