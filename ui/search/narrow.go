package search

import (
	"slices"
	"strings"

	"authdeck/model"
	"authdeck/model/query"
)

// Language is how people ask for one kind of row, with the fields of that.
type Language struct {
	read  func(typed string) (query.Query, error)
	known []query.Entry
}

// Tokens are asked for in this language.
func Tokens() Language { return language(query.Tokens()) }

// Users are asked for in this language.
func Users() Language { return language(query.Users()) }

func language[T any](fields []query.Field[T]) Language {
	l := Language{read: func(typed string) (query.Query, error) { return query.Parse(typed, fields) }}
	for _, f := range fields {
		l.known = append(l.known, f.Entry)
	}
	return l
}

// narrow reads what was typed into a search. Words alone, and ranges such as
// updated:..2025-06-30 or id:10..20 of the fields that the system can narrow by, are for the
// server; for anything else the list has to be read.
func narrow(q model.Query, typed string, fields []model.RangeField, in Language) (model.Query, error) {
	asked, err := in.read(typed)
	if err != nil {
		return q, err
	}
	q.Search, q.Ranges, q.Where, q.Untold = "", nil, "", false
	words, ranges, all := served(asked, fields)
	if !all {
		q.Where = asked.String()
		return q, nil
	}
	q.Search, q.Ranges = strings.Join(words, " "), ranges
	return q, nil
}

// served are the words and ranges of a question that a server can answer by itself, and
// whether that is all of it.
func served(asked query.Query, fields []model.RangeField) (words []string, ranges []model.Range, all bool) {
	for _, c := range asked.Together() {
		switch c := c.(type) {
		case query.Word:
			if strings.ContainsAny(c.Text, " \t\n") {
				return nil, nil, false
			}
			words = append(words, c.Text)
		case query.Test:
			r, is := rangeOf(c, fields)
			if !is {
				return nil, nil, false
			}
			ranges = append(ranges, r)
		default:
			return nil, nil, false
		}
	}
	return words, ranges, len(asked.Sorts) == 0 && once(ranges, words)
}

// once reports whether each field has one range, as a server wants it. A word such as #1140
// is one of the number.
func once(ranges []model.Range, words []string) bool {
	seen := map[string]bool{}
	for _, r := range ranges {
		if seen[r.Field] {
			return false
		}
		seen[r.Field] = true
	}
	return !seen["id"] || !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, "#") })
}

// rangeOf is a test as a range that a server knows.
func rangeOf(t query.Test, fields []model.RangeField) (model.Range, bool) {
	from, to, is := t.Range()
	if !is {
		return model.Range{}, false
	}
	for _, f := range fields {
		if query.SameField(t.Field, f.Name) {
			return model.Range{Field: f.Name, From: from, To: to}, true
		}
	}
	return model.Range{}, false
}

// Typed is what a query's question, or its search and ranges, were typed as.
func Typed(q model.Query) string {
	if q.Where != "" {
		return q.Where
	}
	var words []string
	for word := range strings.FieldsSeq(q.Search) {
		words = append(words, query.Word{Text: word}.String())
	}
	for _, r := range q.Ranges {
		words = append(words, RangeText(r))
	}
	return strings.Join(words, " ")
}

// RangeText is a range as it is typed.
func RangeText(r model.Range) string {
	if r.From == r.To {
		return r.Field + ":" + r.From
	}
	return r.Field + ":" + r.From + ".." + r.To
}

// Named are the fields that a question names and sorts by, and of a choice its words as well,
// as is:old.
func (in Language) Named(q model.Query) []string {
	asked, err := in.read(Typed(q))
	if err != nil {
		return nil
	}
	var names []string
	for _, s := range asked.Sorts {
		names = append(names, s.Field)
	}
	return append(names, named(asked.Where)...)
}

func named(c query.Condition) []string {
	var names []string
	several := func(all []query.Condition) {
		for _, one := range all {
			names = append(names, named(one)...)
		}
	}
	switch c := c.(type) {
	case query.All:
		several(c)
	case query.Any:
		several(c)
	case query.Not:
		return named(c.Of)
	case query.Test:
		names = append(names, c.Field)
		for _, v := range c.Values {
			names = append(names, c.Field+":"+v.Text)
		}
	}
	return names
}
