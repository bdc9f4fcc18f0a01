package export

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"

	"authdeck/model"
	"authdeck/model/review"
)

// Writer writes rows one after the other. Make it with [Tokens] or [Users].
type Writer[T any] struct {
	fields []field[T]
	lines  lines
}

// Of is where rows are from, and what is to be known of them beside themselves.
type Of struct {
	Systems []model.Info  // one, or several of which each row names its own
	At      review.Moment // as of which it is said why a token wants a look
	// Tie is how an account was told to be that of the person whose the rows are, and whether
	// that is sure. It is nil where they are nobody's in particular.
	Tie func(system string, account model.User) (how string, sure model.Answer)
}

// Tokens writes tokens.
func Tokens(w io.Writer, as model.Format, of Of) (*Writer[model.Token], error) {
	owner := func(t *model.Token) (string, model.User) { return t.System, t.Owner }
	return begin(w, as, append(sourceOf(of).tokens(), tied(of, owner)...))
}

// Users writes users.
func Users(w io.Writer, as model.Format, of Of) (*Writer[model.User], error) {
	itself := func(u *model.User) (string, model.User) { return u.System, *u }
	return begin(w, as, append(sourceOf(of).users(), tied(of, itself)...))
}

// Row writes a row.
func (w *Writer[T]) Row(item *T) error {
	values := make([]value, len(w.fields))
	for i, f := range w.fields {
		values[i] = f.of(item)
	}
	return w.lines.row(values)
}

// End writes what comes after the last row, and all that was not written yet.
func (w *Writer[T]) End() error { return w.lines.end() }

// lines are rows in a format.
type lines interface {
	row(values []value) error
	end() error
}

func begin[T any](to io.Writer, as model.Format, fields []field[T]) (*Writer[T], error) {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	w := &Writer[T]{fields: fields}
	switch as {
	case model.CSV:
		table := csv.NewWriter(to)
		table.UseCRLF = true // RFC 4180
		w.lines = sheet{table}
		return w, table.Write(names)
	case model.JSON:
		w.lines = newObjects(to, names, frame{"[\n", ",\n", "\n]\n", "[]\n"})
	case model.JSONL:
		w.lines = newObjects(to, names, frame{between: "\n", after: "\n"})
	default:
		return nil, fmt.Errorf("there is no format %q", string(as))
	}
	return w, nil
}

// sheet is CSV.
type sheet struct{ table *csv.Writer }

func (s sheet) row(values []value) error {
	cells := make([]string, len(values))
	for i, v := range values {
		cells[i] = v.cell()
	}
	return s.table.Write(cells)
}

func (s sheet) end() error {
	s.table.Flush()
	return s.table.Error()
}

// frame is what stands around and between objects, or in the place of none.
type frame struct{ before, between, after, empty string }

// objects are JSON, an object a row. Its members are in the order of the columns.
type objects struct {
	to    *bufio.Writer
	names []string
	frame frame
	count int
	one   bytes.Buffer // the object that is being written
	inOne *json.Encoder
}

func newObjects(to io.Writer, names []string, f frame) *objects {
	o := &objects{to: bufio.NewWriter(to), names: names, frame: f}
	o.inOne = json.NewEncoder(&o.one)
	o.inOne.SetEscapeHTML(false) // it is for programs and people, and not for a page
	return o
}

func (o *objects) row(values []value) error {
	o.one.Reset()
	o.one.WriteByte('{')
	for i, v := range values {
		if i > 0 {
			o.one.WriteByte(',')
		}
		o.one.WriteString(`"` + o.names[i] + `":`)
		if err := o.inOne.Encode(v); err != nil {
			return err
		}
		o.one.Truncate(o.one.Len() - 1) // the encoder ends a line
	}
	o.one.WriteByte('}')
	_, err := o.to.WriteString(o.lead())
	if err == nil {
		_, err = o.to.Write(o.one.Bytes())
	}
	return err
}

// lead is what comes before the next object.
func (o *objects) lead() string {
	o.count++
	if o.count == 1 {
		return o.frame.before
	}
	return o.frame.between
}

func (o *objects) end() error {
	after := o.frame.after
	if o.count == 0 {
		after = o.frame.empty
	}
	if _, err := o.to.WriteString(after); err != nil {
		return err
	}
	return o.to.Flush()
}
