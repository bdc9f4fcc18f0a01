package wire

import (
	"bytes"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

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
	if len(data) > 2 && s.at.UnmarshalText(data[1:len(data)-1]) == nil {
		return nil // as nearly all are written; of all JSON only a string has a date alone within
	}
	var text string
	if Unmarshal(data, &text) == nil {
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
	switch said := bytes.Trim(data, `"`); { // Waldur 7.0 writes "True"
	case bytes.EqualFold(said, []byte("true")):
		a.Answer = model.Yes
	case bytes.EqualFold(said, []byte("false")):
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
func (m *Maybe[T]) UnmarshalJSON(data []byte) error { return Unmarshal(data, m) }

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (m *Maybe[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*m = Maybe[T]{}
	depth := d.StackDepth()
	_, before := d.StackIndex(depth)
	if json.UnmarshalDecode(d, &m.Value) == nil {
		return nil
	}
	*m = Maybe[T]{Odd: true}
	return pass(d, depth, before)
}

// pass goes on behind a value that was read in part or not at all: it is in a list or an
// object of that depth, and so many stand before it.
func pass(d *jsontext.Decoder, depth int, before int64) error {
	for d.StackDepth() > depth {
		if _, err := d.ReadToken(); err != nil {
			return err
		}
	}
	if _, now := d.StackIndex(depth); now > before {
		return nil
	}
	return d.SkipValue()
}
