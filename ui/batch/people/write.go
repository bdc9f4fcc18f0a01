package people

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/ui/batch"
)

// member is a field of a row, as it was written.
type member struct {
	name  string
	value json.RawMessage
}

// row is an account or a token, with its fields in their order and without what its line says of
// itself.
type row []member

const (
	kindField = "kind"
	typeField = "type" // what a document calls the kind of a row, for it has one itself
)

// readRow reads a row from a line of a list.
func readRow(line []byte) (row, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	var r row
	head := false
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var m member
		m.name = fmt.Sprint(name)
		if err := d.Decode(&m.value); err != nil {
			return nil, err
		}
		switch {
		case m.name == "schema" && r == nil:
			head = true
		case m.name == kindField && head && r == nil:
		case m.name == kindField:
			m.name = typeField
			r = append(r, m)
		default:
			r = append(r, m)
		}
	}
	return r, nil
}

// MarshalJSON implements [json.Marshaler].
func (r row) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, m := range r {
		fmt.Fprintf(&b, "%s%q:%s", map[bool]string{true: "{", false: ","}[i == 0], m.name, m.value)
	}
	if len(r) == 0 {
		return []byte("{}"), nil
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// words are a field as a person reads it; empty where there is none.
func (r row) words(name string) string {
	for _, m := range r {
		if m.name != name {
			continue
		}
		var said any
		if json.Unmarshal(m.value, &said) != nil || said == nil {
			return ""
		}
		if list, is := said.([]any); is {
			return strings.TrimSpace(strings.ReplaceAll(fmt.Sprintln(list...), "\n", ""))
		}
		return model.Clean(fmt.Sprint(said)).String()
	}
	return ""
}

// document is a person for programs.
type document struct {
	Name     string   `json:"name"`
	Accounts []row    `json:"accounts"`
	Tokens   []row    `json:"tokens"`
	Missing  []gap    `json:"missing"`
	Notes    []string `json:"notes"`
}

func (p *wanted) write(s batch.Session, who person.Seed, f found) error {
	switch {
	case p.json:
		return batch.Document(s.Stdout, "person", document{
			who.Called().String(), append([]row{}, f.accounts...), append([]row{}, f.tokens...), append([]gap{}, f.missing...), append([]string{}, f.notes...),
		})
	case p.jsonl:
		return lines(s.Stdout, f)
	}
	return table(s.World, f)
}

// lines writes an object a line.
func lines(to io.Writer, f found) error {
	var b bytes.Buffer
	text := func(s string) json.RawMessage { return json.RawMessage(`"` + s + `"`) }
	for _, part := range []struct {
		what string
		rows []row
	}{{"account", f.accounts}, {"token", f.tokens}} {
		for _, r := range part.rows {
			whole := append(row{{"schema", text(model.Schema)}, {kindField, text("person")}, {"what", text(part.what)}}, r...)
			line, err := whole.MarshalJSON()
			if err != nil {
				return err
			}
			b.Write(append(line, '\n'))
		}
	}
	_, err := to.Write(b.Bytes())
	return err
}

// table writes rows for a person, and where nobody looks with a tab between the columns. What a
// row is of stands first.
func table(w batch.World, f found) error {
	var b bytes.Buffer
	columns := func(what string, rows []row, names ...string) {
		for i, r := range rows {
			if i == 0 && w.Shown() {
				fmt.Fprintln(&b, "\t"+strings.ToUpper(strings.ReplaceAll(strings.Join(names, "\t"), "_", " ")))
			}
			b.WriteString(what)
			for _, name := range names {
				b.WriteString("\t" + r.words(name))
			}
			b.WriteByte('\n')
		}
	}
	columns("account", f.accounts, "system", "id", "user", "name", "email", "active", "how", "sure")
	columns("token", f.tokens, "system", "id", "name", "owner", "state", "expires", "last_used", "sure")
	if !w.Shown() {
		_, err := w.Stdout.Write(b.Bytes())
		return err
	}
	aligned := tabwriter.NewWriter(w.Stdout, 0, 4, 2, ' ', 0)
	if _, err := aligned.Write(b.Bytes()); err != nil {
		return err
	}
	return aligned.Flush()
}
