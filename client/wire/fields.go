package wire

import (
	"encoding/json"
	"strings"
	"time"

	"authdeck/model"
)

// Stamp is a moment on the wire, in RFC 3339 with any fraction. What is missing
// or cannot be read is unknown: one odd date does not cost a page.
type Stamp struct {
	at   time.Time
	null bool
}

// UnmarshalJSON implements [json.Unmarshaler].
func (s *Stamp) UnmarshalJSON(data []byte) error {
	s.null = string(data) == "null"
	var text string
	if json.Unmarshal(data, &text) == nil {
		s.at, _ = time.Parse(time.RFC3339Nano, text)
	}
	return nil
}

// When is the moment, or unknown.
func (s Stamp) When() model.When { return model.At(s.at) }

// OrNever reads null as "it has not happened", where a reference says so.
func (s Stamp) OrNever() model.When {
	if s.null {
		return model.Not(model.Never)
	}
	return s.When()
}

// Answer is a truth value on the wire; a field that is not there, or
// says something else, is unsaid.
type Answer struct{ model.Answer }

// UnmarshalJSON implements [json.Unmarshaler].
func (a *Answer) UnmarshalJSON(data []byte) error {
	switch strings.ToLower(strings.Trim(string(data), `"`)) { // Waldur 7.0 writes "True"
	case "true":
		a.Answer = model.Yes
	case "false":
		a.Answer = model.No
	}
	return nil
}
