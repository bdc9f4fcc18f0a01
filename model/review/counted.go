package review

import (
	"time"

	"authdeck/model"
)

// Counted is what was counted of the tokens of one of several systems.
type Counted struct {
	System string
	Counts
	Total int // tokens that there are, or model.Uncounted
	// NeverTold says that Never is of all tokens, though not all were read: the system was asked
	// for that number.
	NeverTold bool
	Stage     Stage
	Began     time.Time // when what was counted was asked for
	Err       error     // why there is not more; nil for no reason

	Heard time.Time     // when the system answered last; the zero time for never
	Took  time.Duration // how long an answer of it was waited for
}

// Partial reports whether there are tokens beside those that were counted, or may be.
func (c Counted) Partial() bool { return c.Total == model.Uncounted || c.All < c.Total }

// Stage is of what there are counts.
type Stage int

// The stages.
const (
	Coming Stage = iota // the tokens are being read; of those that have come
	Again               // they are being read again; of those that were there before
	Whole               // all tokens
	First               // the first ones, of more
	Broken              // those that came before the reading failed
)

// Reading reports whether more is on its way.
func (s Stage) Reading() bool { return s == Coming || s == Again }
