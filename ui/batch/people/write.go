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
type row struct {
	line   []byte // as it came
	fields []member
}

// readRow reads a row from a line of a list.
func readRow(line []byte) (row, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	if _, err := d.Token(); err != nil {
		return row{}, err
	}
	r := row{line: line}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return row{}, err
		}
		m := member{name: fmt.Sprint(name)}
		if err := d.Decode(&m.value); err != nil {
			return row{}, err
		}
		if m.name != "schema" && m.name != "kind" {
			r.fields = append(r.fields, m)
		}
	}
	return r, nil
}

// MarshalJSON implements [json.Marshaler].
func (r row) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range r.fields {
		fmt.Fprintf(&b, "%s%q:%s", map[bool]string{false: ","}[i == 0], m.name, m.value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// words are a field as a person reads it; empty where there is none.
func (r row) words(name string) string {
	for _, m := range r.fields {
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

// lines writes them as they came: an object a line, that says what it is.
func lines(to io.Writer, f found) error {
	for _, r := range append(append([]row(nil), f.accounts...), f.tokens...) {
		if _, err := to.Write(r.line); err != nil {
			return err
		}
	}
	return nil
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
