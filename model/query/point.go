package query

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"authdeck/model"
)

// Point is one end of a value: a span, a day or what else a calendar has, or a number. The
// zero point is an open end.
type Point struct {
	kind   pointKind
	count  int64 // of the unit, or the number itself
	unit   string
	day    time.Time // where it begins
	layout string    // how exactly it was written
}

type pointKind int

const (
	open pointKind = iota
	span
	date
	number
)

// layouts are how a moment is written, the least exact first.
func layouts() []string {
	return []string{"2006", "2006-01", time.DateOnly, "2006-01-02T15:04", time.RFC3339}
}

// units are the units of a span; the longer names come first.
func units() []string { return []string{"mo", "h", "d", "w", "y"} }

const mostUnits = 100_000

// readSpan reads 12h, 14d, 6w, 3mo or 1y.
func readSpan(text string) (Point, bool) {
	for _, unit := range units() {
		digits, is := strings.CutSuffix(text, unit)
		if !is {
			continue
		}
		n, err := strconv.ParseUint(digits, 10, 32)
		if err != nil || n > mostUnits || digits != strconv.FormatUint(n, 10) {
			return Point{}, false
		}
		return Point{kind: span, count: int64(n), unit: unit}, true
	}
	return Point{}, false
}

// readDate reads a year, a month, a day, a minute or a second, in UTC unless it says
// otherwise.
func readDate(text string) (Point, error) {
	for _, layout := range layouts() {
		at, err := time.Parse(layout, text)
		if err == nil {
			return Point{kind: date, day: at.UTC(), layout: layout}, nil
		}
		if none := model.NoSuch(err); none != nil {
			return Point{}, none
		}
	}
	return Point{}, errTime
}

// readNumber reads a whole number.
func readNumber(text string) (Point, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || text[0] == '+' {
		return Point{}, false
	}
	return Point{kind: number, count: n}, true
}

// String is the point as it is typed.
func (p Point) String() string {
	switch p.kind {
	case span:
		return strconv.FormatInt(p.count, 10) + p.unit
	case date:
		return p.day.Format(p.layout)
	case number:
		return strconv.FormatInt(p.count, 10)
	case open:
	}
	return ""
}

// begin is the moment at which a point begins; a span counts back from now, or on.
func (p Point) begin(now time.Time, back bool) time.Time {
	if p.kind == date {
		return p.day
	}
	n := int(p.count)
	if back {
		n = -n
	}
	switch p.unit {
	case "h":
		return now.Add(time.Duration(n) * time.Hour)
	case "d":
		return now.AddDate(0, 0, n)
	case "w":
		return now.AddDate(0, 0, 7*n)
	case "mo":
		return now.AddDate(0, n, 0)
	}
	return now.AddDate(n, 0, 0)
}

// end is the moment at which it is over: that of a day is where the next one begins, and a
// span has no length.
func (p Point) end(now time.Time, back bool) time.Time {
	if p.kind != date {
		return p.begin(now, back)
	}
	switch p.layout {
	case "2006":
		return p.day.AddDate(1, 0, 0)
	case "2006-01":
		return p.day.AddDate(0, 1, 0)
	case time.DateOnly:
		return p.day.AddDate(0, 0, 1)
	case time.RFC3339:
		return p.day.Add(time.Second)
	}
	return p.day.Add(time.Minute)
}

var errBackwards = errors.New("the range ends before it begins")

// ordered reports whether two ends of a range can be its ends.
func ordered(from, to Point) error {
	switch {
	case from.kind == open || to.kind == open:
		return nil
	case from.kind != to.kind:
		return errors.New("both ends of a range are days, or both are spans")
	case from.kind == number && from.count > to.count:
		return errBackwards
	case from.kind == date && from.day.After(to.day):
		return errBackwards
	case from.kind == span && from.begin(time.Time{}, false).After(to.begin(time.Time{}, false)):
		return errBackwards
	}
	return nil
}
