package monitor

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/model/query"
)

// Threshold is what is no more as it should be: tokens that end within a span, or a number of
// them outside of a range. The zero value is none.
type Threshold struct {
	Text   string        // as it was typed, such as 14d or @1:5; empty for none
	Within time.Duration // of a span; 0 of a range
	Number Range         // of a range
}

// Set reports whether there is one.
func (t Threshold) Set() bool { return t.Text != "" }

// OfEnds reports whether it is about when tokens end.
func (t Threshold) OfEnds() bool { return t.Within > 0 }

// Range is where a number may be, both ends with it, as the guidelines of the Monitoring
// Plugins write it: 10 is 0:10, 5: has no upper end, ~:5 no lower one, and @1:5 is where it
// may not be.
type Range struct {
	From, To int
	Inside   bool // it may not be in it
}

// Alerts reports whether a number is where it may not be.
func (r Range) Alerts(n int) bool { return (n < r.From || n > r.To) != r.Inside }

// alertsFrom reports whether a number alerts, and does so however much larger it is.
func (r Range) alertsFrom(n int) bool { return !r.Inside && n > r.To }

// ReadThreshold reads a span, such as 14d, or a range of a number, such as 10.
func ReadThreshold(typed string) (Threshold, error) {
	text := model.Digits(typed)
	if strings.Trim(text, "0123456789@~:-") == "" {
		number, err := readRange(text)
		return Threshold{Text: text, Number: number}, err
	}
	within, err := query.Span(text)
	if err != nil {
		return Threshold{}, fmt.Errorf("%q is neither a span, such as 14d, nor a range of a number, such as 10, 5: or @1:5", plain(typed))
	}
	return Threshold{Text: text, Within: within}, nil
}

func readRange(text string) (Range, error) {
	wrong := fmt.Errorf("%q is no range of a number, such as 10, 5:, ~:5, 1:5 or @1:5", text)
	rest, inside := strings.CutPrefix(text, "@")
	first, last, two := strings.Cut(rest, ":")
	if !two {
		first, last = "0", rest
	}
	r := Range{From: math.MinInt, To: math.MaxInt, Inside: inside}
	var err error
	if first != "~" {
		if r.From, err = strconv.Atoi(first); err != nil {
			return Range{}, wrong
		}
	}
	if last != "" || !two {
		if r.To, err = strconv.Atoi(last); err != nil {
			return Range{}, wrong
		}
	}
	if r.From > r.To {
		return Range{}, fmt.Errorf("%q ends before it begins", text)
	}
	return r, nil
}

// Wanted is what is checked.
type Wanted struct {
	Query      string // which tokens, in the language of model/query; empty for all
	Warn, Crit Threshold
}

// The spans where nobody says others.
const (
	usualWarn = "14d"
	usualCrit = "3d"
	noneFound = "0" // of what a question finds, nothing may be there
)

// Read reads what is to be checked. A threshold is about when the tokens end, or about how many
// there are, and both are about the same. Where neither is given, all tokens are checked for
// their ends, and of what a question finds nothing may be there. Where one is given the other is
// none.
func Read(where, warn, crit string) (Wanted, error) {
	if warn == "" && crit == "" {
		crit = noneFound
		if where == "" {
			warn, crit = usualWarn, usualCrit
		}
	}
	w := Wanted{Query: where}
	for _, one := range []struct {
		flag, typed string
		to          *Threshold
	}{{"--warn", warn, &w.Warn}, {"--crit", crit, &w.Crit}} {
		if one.typed == "" {
			continue
		}
		read, err := ReadThreshold(one.typed)
		if err != nil {
			return Wanted{}, fmt.Errorf("%s: %w", one.flag, err)
		}
		*one.to = read
	}
	return w, w.fits()
}

// fits says what is wrong with the two together.
func (w Wanted) fits() error {
	switch {
	case !w.Warn.Set() || !w.Crit.Set():
		return nil
	case w.Warn.OfEnds() != w.Crit.OfEnds():
		return fmt.Errorf("--warn %s and --crit %s: one is a span and one a number; both have to be about the same", w.Warn.Text, w.Crit.Text)
	case w.Crit.Within > w.Warn.Within:
		return fmt.Errorf("--crit %s is longer than --warn %s: nothing would be a warning", w.Crit.Text, w.Warn.Text)
	}
	return nil
}

// OfEnds reports whether it is about when the tokens end.
func (w Wanted) OfEnds() bool { return w.Warn.OfEnds() || w.Crit.OfEnds() }

// widest is the span within which an end is told of; 0 where none is.
func (w Wanted) widest() time.Duration { return max(w.Warn.Within, w.Crit.Within) }
