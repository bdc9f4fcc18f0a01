package review

import "authdeck/model"

// Census counts the tokens of one kind that one owner has. Make it with [NewCensus], or with
// [Taken].
type Census struct {
	count map[owned]int
	taken func(*model.Token) int
}

type owned struct{ owner, kind string }

// NewCensus counts no token yet.
func NewCensus() *Census { return &Census{count: map[owned]int{}} }

// Taken is a census that somebody else has taken, who answers as [Census.Of] does.
func Taken(of func(*model.Token) int) *Census { return &Census{taken: of} }

// Count takes a token in.
func (c *Census) Count(t *model.Token) {
	if o, known := ownedBy(t); known {
		c.count[o]++
	}
}

// Of is how many of its kind the owner of a token has, as far as was counted; 0 for a token of
// which nobody knows.
func (c *Census) Of(t *model.Token) int {
	o, known := ownedBy(t)
	switch {
	case c == nil || !known:
		return 0
	case c.taken != nil:
		return c.taken(t)
	}
	return c.count[o]
}

// several is whether the owner of a token has others of its kind.
func (c *Census) several(t *model.Token) model.Answer {
	_, known := ownedBy(t)
	n := c.Of(t)
	if c == nil || !known || c.taken != nil && n == 0 {
		return model.Unsaid
	}
	return model.AnswerOf(n > 1)
}

func ownedBy(t *model.Token) (owned, bool) {
	owner := t.Owner.ID
	if owner == "" {
		owner = t.Owner.Username.String()
	}
	return owned{owner, t.Kind.String()}, owner != ""
}
