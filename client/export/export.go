package export

import (
	"encoding/csv"
	"fmt"
	"io"

	"authdeck/model"
	"authdeck/model/review"
)

// Writer writes rows one after the other. Make it with [Tokens] or [Users].
type Writer[T any] struct {
	fields []field[T]
	row    []value // that is being written
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

// Tokens writes tokens, as an export has it.
func Tokens(w io.Writer, e model.Export, of Of) (*Writer[model.Token], error) {
	e.Rows = model.TokenRows
	return begin(w, e, of, tokens(of))
}

// Users writes users.
func Users(w io.Writer, e model.Export, of Of) (*Writer[model.User], error) {
	e.Rows = model.UserRows
	return begin(w, e, of, users(of))
}

func tokens(of Of) []field[model.Token] {
	owner := func(t *model.Token) (string, model.User) { return t.System, t.Owner }
	return append(sourceOf(of).tokens(), tied(of, owner)...)
}

func users(of Of) []field[model.User] {
	itself := func(u *model.User) (string, model.User) { return u.System, *u }
	return append(sourceOf(of).users(), tied(of, itself)...)
}

// Row writes a row.
func (w *Writer[T]) Row(item *T) error {
	for i := range w.fields {
		w.row[i] = w.fields[i].of(item)
	}
	return w.lines.row(w.row)
}

// Flush writes all that was not written yet, for whoever reads along.
func (w *Writer[T]) Flush() error { return w.lines.flush() }

// End writes what comes after the last row, and all that was not written yet. What was done is
// said in a format that has a place for it.
func (w *Writer[T]) End(done model.Exported) error { return w.lines.end(done) }

// lines are rows in a format.
type lines interface {
	row(values []value) error
	flush() error
	end(done model.Exported) error
}

func begin[T any](to io.Writer, e model.Export, of Of, all []field[T]) (*Writer[T], error) {
	fields, err := chosen(all, e, of)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	w := &Writer[T]{fields: fields, row: make([]value, len(fields))}
	switch e.Format {
	case model.CSV:
		w.lines, err = newSheet(to, names, e.Bare)
	case model.TSV:
		w.lines = newTabbed(to, names, e.Bare)
	case model.Table:
		w.lines = newTable(to, names, e)
	case model.JSON:
		w.lines = newObjects(to, names, frame{before: "[\n", between: ",\n", after: "\n]\n", empty: "[]\n"})
	case model.JSONL:
		w.lines = newObjects(to, names, frame{ends: "\n"})
	case model.Lines:
		w.lines = newObjects(to, unlike(names), linesOf(e.Rows))
	case model.Document:
		w.lines = newObjects(to, unlike(names), documentOf(e))
	default:
		return nil, fmt.Errorf("there is no format %q", string(e.Format))
	}
	return w, err
}

// sheet is CSV.
type sheet struct {
	table *csv.Writer
	cells []string
}

func newSheet(to io.Writer, names []string, bare bool) (*sheet, error) {
	s := &sheet{table: csv.NewWriter(to), cells: make([]string, len(names))}
	s.table.UseCRLF = true // RFC 4180
	if bare {
		return s, nil
	}
	return s, s.table.Write(names)
}

func (s *sheet) row(values []value) error {
	for i := range values {
		s.cells[i] = values[i].cell()
	}
	return s.table.Write(s.cells)
}

func (s *sheet) flush() error {
	s.table.Flush()
	return s.table.Error()
}

func (s *sheet) end(model.Exported) error { return s.flush() }

// pending is what is to be written.
type pending struct {
	to   io.Writer
	text []byte
}

// enough is from how many bytes on they are written even if nobody asks for them.
const enough = 32 << 10

func (p *pending) full() error {
	if len(p.text) < enough {
		return nil
	}
	return p.flush()
}

func (p *pending) flush() error {
	if len(p.text) == 0 {
		return nil
	}
	_, err := p.to.Write(p.text)
	p.text = p.text[:0]
	return err
}

// tabbed are cells with tabs between them. Nothing is quoted, for what came from outside was
// cleaned, and has neither a tab nor a line's end.
type tabbed struct{ pending }

func newTabbed(to io.Writer, names []string, bare bool) *tabbed {
	t := &tabbed{pending{to: to}}
	if !bare {
		values := make([]value, len(names))
		for i, name := range names {
			values[i] = ours(name)
		}
		t.add(values)
	}
	return t
}

func (t *tabbed) add(values []value) {
	for i := range values {
		if i > 0 {
			t.text = append(t.text, '\t')
		}
		t.text = values[i].plain(t.text)
	}
	t.text = append(t.text, '\n')
}

func (t *tabbed) row(values []value) error {
	t.add(values)
	return t.full()
}

func (t *tabbed) end(model.Exported) error { return t.flush() }
