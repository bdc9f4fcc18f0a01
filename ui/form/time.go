package form

import (
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
	when, err := model.TypedWhen(text, now, never)
	if err != nil {
		return "", err
	}
	if at, dated := when.Time(); dated {
		return at.Format(time.RFC3339), nil
	}
	return model.NeverWord, nil
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

// asTyped is a value of a time field as a person would have typed it.
func asTyped(value string) string {
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return value
	}
	return at.UTC().Format("2006-01-02 15:04:05")
}
