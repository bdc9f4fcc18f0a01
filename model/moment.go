package model

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// TypedWhen is when something ends as a person typed it: a moment, or [NeverWord] where that is a
// time too.
func TypedWhen(text string, now time.Time, never bool) (When, error) {
	if never && strings.EqualFold(text, NeverWord) {
		return Not(Never), nil
	}
	at, err := typedTime(text, now)
	switch {
	case errors.Is(err, errTime) && never:
		return When{}, errTimeOrNever
	case err != nil:
		return When{}, err
	}
	return At(at), nil
}

var (
	errTime        = errors.New("this is no time; write 2026-12-31, 2026-12-31 14:30 (UTC), 30d or 12h")
	errTimeOrNever = errors.New("this is no time; write 2026-12-31, 2026-12-31 14:30 (UTC), 30d, 12h or " + NeverWord)
)

// mostUnits is how many hours, days and so on a span has at most.
const mostUnits = 100_000

// typedTime reads a day or a minute in UTC, or a span from now in hours, days, weeks, months or
// years.
func typedTime(text string, now time.Time) (time.Time, error) {
	text = Digits(text)
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		at, err := time.Parse(layout, text)
		if err == nil {
			return at.UTC(), nil
		}
		if none := NoSuch(err); none != nil {
			return time.Time{}, none
		}
	}
	if year, _, is := strings.Cut(text, "-"); is && len(year) > 4 && digitsOnly(year) {
		return time.Time{}, errFar
	}
	return readSpan(strings.TrimPrefix(text, "+"), now.UTC().Truncate(time.Second))
}

var errFar = errors.New("this is too far: a year has four digits")

// readSpan reads a span from now.
func readSpan(text string, now time.Time) (time.Time, error) {
	digits := strings.TrimRightFunc(text, unicode.IsLetter)
	unit := text[len(digits):]
	n, err := strconv.Atoi(digits)
	at, is := on(now, min(n, mostUnits), unit)
	switch {
	case !digitsOnly(digits) || unit == "" && len(digits) > 3:
		return at, errTime
	case unit == "":
		return at, fmt.Errorf("%s of what? Write %sh, %sd, %sw, %smo or %sy", digits, digits, digits, digits, digits, digits)
	case !is:
		return at, fmt.Errorf("“%s” is no unit of a span; there are h, d, w, mo and y", Clean(unit))
	case err != nil || n > mostUnits:
		return at, fmt.Errorf("this is too far: a span has at most %d%s", mostUnits, unit)
	case n < 1:
		return at, fmt.Errorf("0%s from now is now; the shortest is 1%s", unit, unit)
	case at.Year() > 9999:
		return at, errFar
	}
	return at, nil
}

// on is the moment so many units from now; false where there is no such unit.
func on(now time.Time, n int, unit string) (time.Time, bool) {
	switch unit {
	case "h":
		return now.Add(time.Duration(n) * time.Hour), true
	case "d":
		return now.AddDate(0, 0, n), true
	case "w":
		return now.AddDate(0, 0, 7*n), true
	case "mo":
		return now.AddDate(0, n, 0), true
	case "y":
		return now.AddDate(n, 0, 0), true
	}
	return time.Time{}, false
}

// digitsOnly reports whether a text is of digits alone.
func digitsOnly(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}
