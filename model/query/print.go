package query

import (
	"strings"
)

// String is the question as it is typed; [Parse] reads the same from it.
func (q Query) String() string {
	var parts []string
	if q.Where != nil {
		parts = append(parts, printed(q.Where, 0))
	}
	for _, s := range q.Sorts {
		if s.Falls {
			parts = append(parts, ordering+":-"+s.Field)
			continue
		}
		parts = append(parts, ordering+":"+s.Field)
	}
	if _, alternatives := q.Where.(Any); alternatives && len(q.Sorts) > 0 {
		parts[0] = "(" + parts[0] + ")" // the order is of all of them
	}
	return strings.Join(parts, " ")
}

// How tight a condition holds together, the loosest first.
const (
	loose = iota
	tight
	tightest
)

// printed is a condition in a place that holds so tight.
func printed(c Condition, place int) string {
	switch c := c.(type) {
	case Any:
		return grouped(joined(c, " or ", tight), place > loose)
	case All:
		return grouped(joined(c, " ", tightest), place > tight)
	case Not:
		return "-" + printed(c.Of, tightest)
	case Word:
		return wordText(c.Text)
	case Test:
		values := make([]string, len(c.Values))
		for i, v := range c.Values {
			values[i] = v.String()
		}
		return c.Field + string(c.Op) + strings.Join(values, ",")
	}
	return ""
}

func joined(of []Condition, separator string, place int) string {
	parts := make([]string, len(of))
	for i, c := range of {
		parts[i] = printed(c, place)
	}
	return strings.Join(parts, separator)
}

func grouped(text string, needed bool) string {
	if needed {
		return "(" + text + ")"
	}
	return text
}

// String is the value as it is typed.
func (v Value) String() string {
	switch {
	case v.From.kind == open && v.To.kind == open:
		return valueText(v.Text)
	case v.From == v.To:
		return v.From.String()
	}
	return v.From.String() + ".." + v.To.String()
}

// wordText is a word as it is typed: in quotes where it would be read as something else.
func wordText(text string) string {
	s := scanner{typed: []rune(strings.TrimPrefix(text, "!"))}
	_, op := s.name()
	switch {
	case op != "" || text == "" || strings.ContainsAny(text[:1], `-("`) || strings.ContainsFunc(text, unquotable),
		strings.ContainsAny(text[:1]+text[len(text)-1:], operators), reserved(text):
		return quoted(text)
	}
	return text
}

// valueText is a text as it is typed after a field.
func valueText(text string) string {
	if text == "" || text[0] == '"' || strings.ContainsRune(text, ',') || strings.ContainsFunc(text, unquotable) {
		return quoted(text)
	}
	return text
}

// unquotable reports a letter that ends a bare word.
func unquotable(r rune) bool {
	s := scanner{typed: []rune{r}, depth: 1}
	return s.ends()
}

func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
