package search

import (
	"strings"

	"authdeck/model"
	"authdeck/model/query"
)

// Language is how people ask for one kind of row, with the fields of that.
type Language struct {
	read  func(typed string) (query.Query, error)
	loose func(typed string) (query.Query, error) // where a system may have another name by now
	known []query.Entry
}

// Tokens are asked for in this language, of no other systems than these where there are any.
func Tokens(systems ...model.Info) Language { return language(query.Tokens, systems) }

// Users are asked for in this language.
func Users(systems ...model.Info) Language { return language(query.Users, systems) }

func language[T any](of func() []query.Field[T], systems []model.Info) Language {
	fields, every := query.Among(of(), systems), of()
	l := Language{
		read:  func(typed string) (query.Query, error) { return query.Parse(typed, fields) },
		loose: func(typed string) (query.Query, error) { return query.Parse(typed, every) },
	}
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
	words, ranges, rest := asked.Served(fields)
	if rest.Where != nil || len(rest.Sorts) > 0 {
		q.Where = asked.String()
		return q, nil
	}
	q.Search, q.Ranges = strings.Join(words, " "), ranges
	return q, nil
}

// Worded reports whether words of a query are asked of the system.
func (s *Model) Worded(q model.Query) bool {
	asked, err := s.in.read(q.Where)
	words, _, _ := asked.Served(s.fields())
	return q.Search != "" || err == nil && len(words) > 0
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
