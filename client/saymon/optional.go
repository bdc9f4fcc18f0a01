package saymon

import "encoding/json"

// optional is a field that may be absent, null, or of another type than the pages
// say: they contradict each other, and one odd field does not cost a list.
type optional[T any] struct {
	state state
	value T
}

// state is how a field came.
type state int

const (
	absent state = iota
	null
	odd // of a type that nobody documents
	given
)

// UnmarshalJSON implements [json.Unmarshaler]. It is not called for a field that is
// absent.
func (m *optional[T]) UnmarshalJSON(data []byte) error {
	var value T
	switch {
	case string(data) == "null":
		*m = optional[T]{state: null}
	case json.Unmarshal(data, &value) == nil:
		*m = optional[T]{given, value}
	default:
		*m = optional[T]{state: odd}
	}
	return nil
}

// there reports whether the field came at all.
func (m *optional[T]) there() bool { return m.state != absent }
