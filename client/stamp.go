package client

import (
	"encoding/json"
	"time"

	"authdeck/model"
)

// stamp is a moment on the wire, in RFC 3339 with any fraction. What is missing
// or cannot be read is unknown: one odd date does not cost a page.
type stamp struct {
	at   time.Time
	null bool
}

// UnmarshalJSON implements [json.Unmarshaler].
func (s *stamp) UnmarshalJSON(data []byte) error {
	s.null = string(data) == "null"
	var text string
	if json.Unmarshal(data, &text) == nil {
		s.at, _ = time.Parse(time.RFC3339Nano, text)
	}
	return nil
}

func (s stamp) when() model.When { return model.At(s.at) }

// orNever reads null as "it has not happened", where a reference says so.
func (s stamp) orNever() model.When {
	if s.null {
		return model.Not(model.Never)
	}
	return s.when()
}

// answer is a truth value on the wire; a field that is not there is unsaid.
type answer struct{ model.Answer }

// UnmarshalJSON implements [json.Unmarshaler].
func (a *answer) UnmarshalJSON(data []byte) error {
	var yes *bool
	if json.Unmarshal(data, &yes) == nil && yes != nil {
		a.Answer = model.AnswerOf(*yes)
	}
	return nil
}
