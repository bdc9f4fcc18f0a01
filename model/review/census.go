package review

import "authdeck/model"

// Census counts the tokens of one kind that one owner has. Make it with [NewCensus].
type Census struct{ count map[owned]int }

type owned struct{ owner, kind string }

// NewCensus counts no token yet.
func NewCensus() *Census { return &Census{map[owned]int{}} }

// Count takes a token in.
func (c *Census) Count(t *model.Token) {
	if o, known := ownedBy(t); known {
		c.count[o]++
	}
}

// Of is how many of its kind the owner of a token has, as far as was counted.
func (c *Census) Of(t *model.Token) int {
	if o, known := ownedBy(t); known && c != nil {
		return c.count[o]
	}
	return 0
}

// several is whether the owner of a token has others of its kind.
func (c *Census) several(t *model.Token) model.Answer {
	o, known := ownedBy(t)
	if c == nil || !known {
		return model.Unsaid
	}
	return model.AnswerOf(c.count[o] > 1)
}

func ownedBy(t *model.Token) (owned, bool) {
	owner := t.Owner.ID
	if owner == "" {
		owner = t.Owner.Username.String()
	}
	return owned{owner, t.Kind.String()}, owner != ""
}
