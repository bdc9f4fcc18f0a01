package plan

import (
	"time"

	"authdeck/model"
)

// Unfinished is a plan that was begun and left in the middle.
type Unfinished struct {
	Path   string
	Made   time.Time
	Action model.Action
	Lines  int
	Done   int
	Open   int // of which nothing was sent
	Half   int // that were begun and have no end
}

// Unfinished reports whether a plan was left in the middle, after what its journal has, and how
// far it came. One of which nothing was begun was not, and what has ended in doubt has ended.
func (p *Plan) Unfinished(records []Record) (u Unfinished, is bool) {
	u = Unfinished{Made: p.Made, Action: p.Action, Lines: len(p.Lines)}
	for _, e := range p.Ends(records) {
		switch {
		case e.Outcome == Done:
			u.Done++
		case e.Outcome == NotBegun:
			u.Open++
		case e.Half:
			u.Half++
		}
	}
	return u, len(records) > 0 && u.Open+u.Half > 0
}

// Stored is a plan that was read from a file, where from, and what was done for it.
type Stored struct {
	Plan *Plan
	Path string
	Ends []End
}

// Signing is a plan that is about to be signed.
type Signing struct {
	Stored

	Key  string                                      // with which, in words
	Sign func(replace bool) (path string, err error) // signs what was read, and says where the signature is
}
