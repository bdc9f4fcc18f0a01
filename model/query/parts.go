package query

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"authdeck/model"
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

// Served is what a server answers by itself of a question: the words that hold together with
// all else of it, and those ranges of the fields, one of each as a server wants it. The rest is
// decided over the rows that it gives, so that a condition beside a word finds no more than the
// word does.
func (q Query) Served(fields []model.RangeField) (words []string, ranges []model.Range, rest Query) {
	var left All
	numbered := false // a word such as #1140 is a range of the number
	for _, c := range q.Together() {
		if word, is := c.(Word); is {
			numbered = numbered || strings.HasPrefix(word.Text, "#")
		}
	}
	for _, c := range q.Together() {
		word, isWord := c.(Word)
		r, isRange := served(c, fields)
		switch {
		case isWord && !strings.ContainsFunc(word.Text, unicode.IsSpace):
			words = append(words, word.Text)
		case isRange && (!numbered || r.Field != "id") && !slices.ContainsFunc(ranges, func(other model.Range) bool { return other.Field == r.Field }):
			ranges = append(ranges, r)
		default:
			left = append(left, c)
		}
	}
	return words, ranges, Query{Where: left.least(), Sorts: q.Sorts}
}

// Asks reports whether one of the values of a field is asked for anywhere in a question.
func (q Query) Asks(field string, values ...string) bool { return asks(q.Where, field, values) }

func asks(c Condition, field string, values []string) bool {
	inside := func(c Condition) bool { return asks(c, field, values) }
	switch c := c.(type) {
	case All:
		return slices.ContainsFunc(c, inside)
	case Any:
		return slices.ContainsFunc(c, inside)
	case Not:
		return inside(c.Of)
	case Test:
		return c.Field == field && slices.ContainsFunc(c.Values, func(v Value) bool { return slices.Contains(values, v.Text) })
	}
	return false
}

// least is the same condition with no more around it than it needs; nil for none.
func (a All) least() Condition {
	switch len(a) {
	case 0:
		return nil
	case 1:
		return a[0]
	}
	return a
}

// served is a condition as a range that a server knows.
func served(c Condition, fields []model.RangeField) (model.Range, bool) {
	test, is := c.(Test)
	if !is {
		return model.Range{}, false
	}
	from, to, is := test.Range()
	at := slices.IndexFunc(fields, func(f model.RangeField) bool { return SameField(test.Field, f.Name) })
	if !is || at < 0 {
		return model.Range{}, false
	}
	return model.Range{Field: fields[at].Name, From: from, To: to}, true
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
