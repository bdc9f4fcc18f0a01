package query

import (
	"errors"
	"time"

	"authdeck/model"
)

// longestSpan is the longest span that is a length of time and no way to say never.
const longestSpan = 100 * 365 * 24 * time.Hour

var errLength = errors.New("the shortest such span is 1h, and the longest 100y")

// Span is how long a span such as 12h, 14d, 6w, 3mo or 1y is, by itself: a month of it has
// thirty days and a year 365.
func Span(text string) (time.Duration, error) {
	p, is := readSpan(model.Digits(text))
	if !is {
		return 0, errSpan
	}
	const day = 24 * time.Hour
	unit := map[string]time.Duration{"h": time.Hour, "d": day, "w": 7 * day, "mo": 30 * day, "y": 365 * day}[p.unit]
	if p.count < 1 || p.count > int64(longestSpan/unit) {
		return 0, errLength
	}
	return time.Duration(p.count) * unit, nil
}
