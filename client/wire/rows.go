package wire

import (
	"encoding/json"
	"errors"
	"fmt"
)

// mostRows is more than any page, and more than any system has users; a server
// that sends more is not believed.
const mostRows = 100_000

// Rows are those of a list on the wire. A list without end is given up, and null
// is told from an empty list: it is nil.
type Rows[T any] []T

// UnmarshalJSON implements [json.Unmarshaler]. The decoder has seen that the JSON is whole.
func (r *Rows[T]) UnmarshalJSON(data []byte) error {
	*r = nil
	switch {
	case string(data) == "null":
		return nil
	case data[0] != '[':
		return errors.New("this is no list")
	case members(data) > mostRows:
		return fmt.Errorf("the list has more than %d rows", mostRows)
	}
	return json.Unmarshal(data, (*[]T)(r))
}

// members is how many members a list has at most, before any is read: its commas, but for
// those within a member.
func members(list []byte) int {
	commas, depth := 0, 0
	for i := 0; i < len(list); i++ {
		switch list[i] {
		case '"':
			i += closing(list[i+1:])
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case ',':
			if depth == 1 {
				commas++
			}
		}
	}
	return commas + 1
}

// closing is how far it is to the quote that closes a string.
func closing(text []byte) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}
