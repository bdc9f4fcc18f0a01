package form

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"authdeck/model"
)

// timeField is a time that is typed, as a day, a minute, or a span from now.
type timeField struct {
	textField
	now   func() time.Time
	never bool // the word is a time too
}

func (m *timeField) value() (string, error) {
	text, _ := m.textField.value()
	if text == "" {
		return "", nil
	}
	return Time(text, m.now(), m.never)
}

// Time is what a person typed as the value of a time field: a moment, or [model.NeverWord]
// where that is a time too.
func Time(text string, now time.Time, never bool) (value string, err error) {
	if never && strings.EqualFold(text, model.NeverWord) {
		return model.NeverWord, nil
	}
	at, err := readTime(text, now)
	switch {
	case errors.Is(err, errTime) && never:
		return "", errTimeOrNever
	case err != nil:
		return "", err
	}
	return at.Format(time.RFC3339), nil
}

// longestTime is as many letters as a time has that is typed to the second, and the cursor.
const longestTime = 21

func (m *timeField) view(r room) []string {
	r.width = min(r.width, longestTime)
	return m.textField.view(r)
}

// beside is what was typed as a moment.
func (m *timeField) beside() string {
	value, err := m.value()
	switch {
	case err != nil || value == "" || value == model.NeverWord:
		return ""
	case asTyped(value) == m.Value():
		return "UTC"
	}
	return "= " + asTyped(value) + " UTC"
}

func (m *timeField) hints() []string {
	return append(m.textField.hints(), "2026-12-31, 2026-12-31 14:30 UTC, from now: 30d, 12h")
}

var (
	errTime        = errors.New("this is no time; write 2026-12-31, 2026-12-31 14:30 (UTC), 30d or 12h")
	errTimeOrNever = errors.New("this is no time; write 2026-12-31, 2026-12-31 14:30 (UTC), 30d, 12h or " + model.NeverWord)
)

// mostUnits is how many hours, days and so on a span has at most.
const mostUnits = 100_000

// readTime reads a time as a person types it: a day or a minute in UTC, or a span
// from now in hours, days, weeks, months or years.
func readTime(text string, now time.Time) (time.Time, error) {
	text = model.Digits(text)
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		at, err := time.Parse(layout, text)
		if err == nil {
			return at.UTC(), nil
		}
		if none := model.NoSuch(err); none != nil {
			return time.Time{}, none
		}
	}
	if year, _, is := strings.Cut(text, "-"); is && len(year) > 4 && number(year) {
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
	case !number(digits) || unit == "" && len(digits) > 3:
		return at, errTime
	case unit == "":
		return at, fmt.Errorf("%s of what? Write %sh, %sd, %sw, %smo or %sy", digits, digits, digits, digits, digits, digits)
	case !is:
		return at, fmt.Errorf("“%s” is no unit of a span; there are h, d, w, mo and y", model.Clean(unit))
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

// number reports whether a text is of digits alone.
func number(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// asTyped is a value of a time field as a person would have typed it.
func asTyped(value string) string {
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return value
	}
	return at.UTC().Format("2006-01-02 15:04:05")
}
