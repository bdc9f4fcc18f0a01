package wire

import (
	"encoding/json"
	"strings"
	"time"

	"authdeck/model"
)

// Time is a point of time on the wire, in RFC 3339 with any fraction. What is missing
// or cannot be read is unknown: one odd date does not cost a page.
type Time struct {
	at   time.Time
	null bool
}

// UnmarshalJSON implements [json.Unmarshaler].
func (s *Time) UnmarshalJSON(data []byte) error {
	s.null = string(data) == "null"
	if at, err := time.Parse(`"`+time.RFC3339Nano+`"`, string(data)); err == nil {
		s.at = at // as nearly all are written
		return nil
	}
	var text string
	if json.Unmarshal(data, &text) == nil {
		s.at, _ = time.Parse(time.RFC3339Nano, text)
	}
	return nil
}

// When is the moment, or unknown.
func (s Time) When() model.When { return model.At(s.at) }

// OrNever reads null as "it has not happened", where a reference says so.
func (s Time) OrNever() model.When {
	if s.null {
		return model.Not(model.Never)
	}
	return s.When()
}

// Bool is a truth value on the wire; a field that is not there, or
// says something else, is unsaid.
type Bool struct{ model.Answer }

// UnmarshalJSON implements [json.Unmarshaler].
func (a *Bool) UnmarshalJSON(data []byte) error {
	switch strings.ToLower(strings.Trim(string(data), `"`)) { // Waldur 7.0 writes "True"
	case "true":
		a.Answer = model.Yes
	case "false":
		a.Answer = model.No
	}
	return nil
}

// Maybe is a value that is read as far as it can be: one odd field does not cost
// a page. Odd says that something was there that is no such value.
type Maybe[T any] struct {
	Value T
	Odd   bool
}

// UnmarshalJSON implements [json.Unmarshaler].
func (m *Maybe[T]) UnmarshalJSON(data []byte) error {
	var value T
	if err := json.Unmarshal(data, &value); err != nil {
		*m = Maybe[T]{Odd: true}
		return nil //nolint:nilerr // that is the point
	}
	*m = Maybe[T]{Value: value}
	return nil
}
