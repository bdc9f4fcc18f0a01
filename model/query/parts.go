package query

import (
	"slices"
	"time"
)

// Together are the conditions of a question that hold together; none for everything.
func (q Query) Together() []Condition {
	switch where := q.Where.(type) {
	case nil:
		return nil
	case All:
		return where
	}
	return []Condition{q.Where}
}

// String is the word as it is typed: in quotes where it would be read as something else.
func (w Word) String() string { return wordText(w.Text) }

// Range are the ends of a test for one day or number, or for a range of them; an open end is
// empty.
func (t Test) Range() (from, to string, is bool) {
	if t.Op != Has || len(t.Values) != 1 || t.Values[0].Text != "" {
		return "", "", false
	}
	v := t.Values[0]
	if v.From.kind == open && v.To.kind == open {
		return "", "", false
	}
	for _, p := range []Point{v.From, v.To} {
		if p.kind == span || p.kind == date && p.layout != time.DateOnly {
			return "", "", false
		}
	}
	return v.From.String(), v.To.String(), true
}

// SameField reports whether two names are of one field, of tokens or of users.
func SameField(a, b string) bool {
	known := slices.Concat(entries(Tokens()), entries(Users()))
	return slices.ContainsFunc(known, func(e Entry) bool { return e.called(a) && e.called(b) })
}
