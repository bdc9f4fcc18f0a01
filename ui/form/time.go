package form

import (
	"errors"
	"strconv"
	"strings"
	"time"

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
	case err != nil && never:
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

// readTime reads a time as a person types it: a day or a minute in UTC, or a span
// from now in hours, days or weeks.
func readTime(text string, now time.Time) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), nil
		}
	}
	text = strings.TrimPrefix(text, "+")
	if text == "" {
		return time.Time{}, errTime
	}
	n, err := strconv.Atoi(text[:len(text)-1])
	if err != nil || n < 1 || n > 100_000 {
		return time.Time{}, errTime
	}
	now = now.UTC().Truncate(time.Second)
	switch text[len(text)-1] {
	case 'h':
		return now.Add(time.Duration(n) * time.Hour), nil
	case 'd':
		return now.AddDate(0, 0, n), nil
	case 'w':
		return now.AddDate(0, 0, 7*n), nil
	}
	return time.Time{}, errTime
}

// asTyped is a value of a time field as a person would have typed it.
func asTyped(value string) string {
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return value
	}
	return at.UTC().Format("2006-01-02 15:04:05")
}
