package wire

import (
	"bytes"
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

// UnmarshalJSON implements [json.Unmarshaler].
func (r *Rows[T]) UnmarshalJSON(data []byte) error {
	*r = nil
	d := json.NewDecoder(bytes.NewReader(data))
	switch start, err := d.Token(); {
	case err != nil:
		return err
	case start == nil:
		return nil
	case start != json.Delim('['):
		return errors.New("this is no list")
	}
	rows := Rows[T]{}
	for d.More() {
		if len(rows) == mostRows {
			return fmt.Errorf("the list has more than %d rows", mostRows)
		}
		var row T
		if err := d.Decode(&row); err != nil {
			return err
		}
		rows = append(rows, row)
	}
	*r = rows
	return nil
}
