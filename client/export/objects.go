package export

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"authdeck/model"
)

// frame is what stands around objects, between them, at the end of each, or in the place of none.
type frame struct {
	before, between, ends, after, empty string

	head string                                    // what each object begins with
	last func(done model.Exported) ([]byte, error) // what follows on all that; nil for nothing
}

// objects are JSON, an object a row. Its members are in the order of the columns.
type objects struct {
	pending
	names []string // with all that stands before each value
	frame frame
	count int
}

func newObjects(to io.Writer, names []string, f frame) *objects {
	o := &objects{pending: pending{to: to}, frame: f}
	lead := "{" + f.head
	for _, name := range names {
		o.names = append(o.names, lead+`"`+name+`":`)
		lead = ","
	}
	return o
}

func (o *objects) row(values []value) error {
	o.text = append(o.text, o.lead()...)
	for i := range values {
		o.text = values[i].json(append(o.text, o.names[i]...))
	}
	o.text = append(append(o.text, '}'), o.frame.ends...)
	return o.full()
}

// lead is what comes before the next object.
func (o *objects) lead() string {
	o.count++
	if o.count == 1 {
		return o.frame.before
	}
	return o.frame.between
}

func (o *objects) end(done model.Exported) error {
	after := o.frame.after
	if o.count == 0 {
		after = o.frame.empty
	}
	o.text = append(o.text, after...)
	if o.frame.last != nil {
		last, err := o.frame.last(done)
		if err != nil {
			return err
		}
		o.text = append(o.text, last...)
	}
	return o.flush()
}

// unlike are the names of columns where none may be that of what a document says of itself.
func unlike(names []string) []string {
	names = slices.Clone(names)
	if at := slices.Index(names, kindField); at >= 0 {
		names[at] = typeField
	}
	return names
}

// headOf is what a document begins with.
func headOf(kind string) string { return `"schema":"` + model.Schema + `","kind":"` + kind + `",` }

// linesOf has each row be a document.
func linesOf(rows model.Rows) frame {
	one := map[model.Rows]string{model.TokenRows: "token", model.UserRows: "user"}[rows]
	return frame{ends: "\n", head: headOf(one)}
}

// tail is what a document says when its rows are over.
type tail struct {
	Count  int      `json:"count"`
	Whole  bool     `json:"whole"`
	Note   string   `json:"note"`
	Untold untold   `json:"untold"`
	Lacks  []string `json:"lacks"`
}

// untold are the rows of which nobody can tell whether they are what was asked for.
type untold struct {
	Count  int      `json:"count"`
	Fields []string `json:"fields"`
}

// documentOf has all rows be one document, which is none before it is whole: what was cut off is
// not taken for a list.
func documentOf(e model.Export) frame {
	before := "{" + headOf(string(e.Rows)) + `"` + string(e.Rows) + `":[`
	return frame{before: before + "\n", between: ",\n", after: "\n]", empty: before + "]", last: func(done model.Exported) ([]byte, error) {
		said, err := json.Marshal(tail{
			Count: done.Rows, Whole: !done.Cut && len(e.Lacks) == 0, Note: strings.ReplaceAll(done.Note, "\n", " "),
			Untold: untold{done.Read.Unsaid, done.Read.Untold}, Lacks: e.Lacks,
		})
		if err != nil {
			return nil, err
		}
		return append(append([]byte{','}, said[1:]...), '\n'), nil
	}}
}

// Token is a token as it stands in a document of commands.
func Token(t *model.Token, of Of) ([]byte, error) { return object(t, tokens(of)) }

// User is a user as it stands there.
func User(u *model.User, of Of) ([]byte, error) { return object(u, users(of)) }

func object[T any](item *T, fields []field[T]) ([]byte, error) {
	var out bytes.Buffer
	w := Writer[T]{fields: fields, row: make([]value, len(fields)), lines: newObjects(&out, unlike(namesOf(fields)), frame{})}
	err := w.Row(item)
	if err == nil {
		err = w.Flush()
	}
	return out.Bytes(), err
}
