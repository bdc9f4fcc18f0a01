package inventory

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// Diff is what came, went and changed between two inventories.
type Diff struct {
	Old     Side         `json:"old"`
	New     Side         `json:"new"`
	Left    []Class      `json:"left_out"` // classes of changes that nobody wants to hear of
	Counts  Counts       `json:"counts"`
	Systems []SystemDiff `json:"systems"`
}

// Side is one of the two.
type Side struct {
	Made    string `json:"made"`
	By      string `json:"by"`
	Machine string `json:"machine"`
	Tokens  int    `json:"tokens"`
	Hash    string `json:"hash"` // of its last line
}

// Counts are how many there are of what a diff lists.
type Counts struct {
	Came    int `json:"came"`
	Went    int `json:"went"`
	Changed int `json:"changed"` // in more than that they were used
	Used    int `json:"used"`    // in nothing else
	Unknown int `json:"unknown"` // of which nobody knows whether they came or went
	Same    int `json:"same"`
}

// Compared says how far the tokens of a system could be held against each other.
type Compared string

// How far.
const (
	Fully   Compared = "yes"
	Partly  Compared = "partly"   // it was not read whole in one of the two, or in both
	OnlyOld Compared = "old only" // the new inventory does not have the system
	OnlyNew Compared = "new only"
	Another Compared = "no" // it is of another kind in each
)

// SystemDiff is what there is to say of a system.
type SystemDiff struct {
	System    string    `json:"system"`
	Kind      string    `json:"system_kind"`
	Compared  Compared  `json:"compared"`
	Notes     []string  `json:"notes"` // what has to be known of the comparison, a sentence each
	OldTokens int       `json:"old_tokens"`
	NewTokens int       `json:"new_tokens"`
	Came      []Token   `json:"came"`
	Went      []Token   `json:"went"`
	Changed   []Changed `json:"changed"`
	Unknown   []Unknown `json:"unknown"`
	Same      int       `json:"same"`

	old, new *System
}

// Changed is a token that is in both, and not the same.
type Changed struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`  // as it is now
	Owner   string   `json:"owner"` // as it is now
	Changes []Change `json:"changes"`
}

// Unknown is a token that is in one of the two, where the system was not read whole in the other.
type Unknown struct {
	In    string `json:"in"` // old or new
	Token Token  `json:"token"`
}

// Differs reports whether somebody has to look: anything but that tokens were used.
func (d *Diff) Differs() bool {
	return d.Counts.Came+d.Counts.Went+d.Counts.Changed+d.Counts.Unknown > 0 ||
		slices.ContainsFunc(d.Systems, func(s SystemDiff) bool { return s.Compared != Fully })
}

// side is an inventory that is gone through, token by token.
type side struct {
	name string
	*Reader
	token Token
	ended bool
}

// next goes on by a token.
func (s *side) next() error {
	token, err := s.Next()
	if errors.Is(err, io.EOF) {
		s.ended = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("the %s inventory: %w", s.name, err)
	}
	s.token = token
	return nil
}

// order is which of two tokens comes first: below 0 this side's, above it the other's; 0 where
// they are the same. A side that has ended has none.
func (s *side) order(other *side) int {
	switch {
	case s.ended:
		return 1
	case other.ended:
		return -1
	}
	return compare(&s.token, &other.token)
}

func (s *side) about() Side {
	return Side{s.Head().Made, s.Head().By, s.Head().Machine, s.Sum().Tokens, s.Sum().Hash}
}

// Compare reads both to their end, and says what came, went and changed from one to the other,
// without the changes of some classes. What is not as it was written in either is an error: a
// diff of that would be no evidence.
func Compare(older, newer *Reader, without ...Class) (*Diff, error) {
	before, after := &side{name: "old", Reader: older}, &side{name: "new", Reader: newer}
	c := &comparison{diff: &Diff{Left: append([]Class{}, without...), Systems: []SystemDiff{}}, fields: fields()}
	c.begin(older.Head(), newer.Head())
	if err := errors.Join(before.next(), after.next()); err != nil {
		return nil, err
	}
	for !before.ended || !after.ended {
		order := before.order(after)
		c.take(order, &before.token, &after.token)
		if err := errors.Join(step(before, order <= 0), step(after, order >= 0)); err != nil {
			return nil, err
		}
	}
	c.diff.Old, c.diff.New = before.about(), after.about()
	return c.diff, nil
}

func step(s *side, wanted bool) error {
	if !wanted {
		return nil
	}
	return s.next()
}
