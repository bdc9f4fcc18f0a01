package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	v1 "github.com/go-json-experiment/json/v1"
)

// Unmarshal takes what [encoding/json.Unmarshal] takes: names in any case, names that come
// twice, bytes that are no UTF-8. But it reads in one pass, where that one looks at a list
// as a whole first, and then at each row. Its decoder is used once: those that are used
// again keep strings of what they have read.
func Unmarshal(data []byte, into any) error {
	d := jsontext.NewDecoder(bytes.NewBuffer(data), v1.DefaultOptionsV1(), v1.ReportErrorsWithLegacySemantics(false))
	if err := json.UnmarshalDecode(d, into); err != nil {
		return err
	}
	if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after the JSON")
	}
	return nil
}

// mostRows is more than any page, and more than any system has users; a server
// that sends more is not believed.
const mostRows = 100_000

// A list that is the answer, or a member of it, gets room for as many rows as there are if
// all are as long as the first, but for no more than these at once: it need not be so.
const (
	listDepth = 2
	someRows  = 1000
)

// Rows are those of a list on the wire. A list without end is given up, and null
// is told from an empty list: it is nil.
type Rows[T any] []T

// UnmarshalJSON implements [json.Unmarshaler].
func (r *Rows[T]) UnmarshalJSON(data []byte) error { return Unmarshal(data, r) }

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (r *Rows[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*r = nil
	begin, err := d.ReadToken()
	switch {
	case err != nil:
		return err
	case begin.Kind() == 'n':
		return nil
	case begin.Kind() != '[':
		return errors.New("this is no list")
	}
	rows, start := Rows[T]{}, d.InputOffset()
	for d.PeekKind() != ']' {
		if len(rows) == mostRows {
			return fmt.Errorf("the list has more than %d rows", mostRows)
		}
		var zero T
		rows = append(rows, zero)
		if err := json.UnmarshalDecode(d, &rows[len(rows)-1]); err != nil {
			return err
		}
		if len(rows) == 1 && d.StackDepth() <= listDepth {
			rows = slices.Grow(rows, min(len(d.UnreadBuffer())/int(d.InputOffset()-start), someRows))
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	*r = rows
	return nil
}
