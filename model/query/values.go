package query

import (
	"fmt"
	"slices"
	"strings"
)

// ordering is the name that says how to sort, and no field.
const ordering = "sort"

// system is the field of what a row is of.
const system = "system"

// test is what follows the name of a field and a comparison.
func (p *parser) test(begin int, name string, op Op) (Condition, *Error) {
	if name == ordering {
		return nil, p.order(begin, op)
	}
	entry, known := named(p.known, name)
	if !known {
		return nil, p.unnamed(begin, begin+len(name), "no field is called “"+name+"”", name)
	}
	if op != Has && (entry.Kind == Choice || entry.Kind == Text && op != Equal) {
		return nil, p.wrong(begin, p.at, "%s is not compared with %s; write it as %s:%s", entry.Name, op, entry.Name, entry.example())
	}
	test := Test{Field: entry.Name, Op: op}
	for {
		value, bad := p.value(begin, entry, op)
		if bad != nil {
			return nil, bad
		}
		test.Values = append(test.Values, value)
		at := p.at
		if !p.takes(',') {
			return test, nil
		}
		if op != Has && op != Equal {
			return nil, p.wrong(at, p.at, "%s takes one value", op)
		}
	}
}

// value is one value of a field, quoted or bare.
func (p *parser) value(begin int, e Entry, op Op) (Value, *Error) {
	from := p.at
	if p.takes('"') {
		text, bad := p.quoted()
		switch {
		case bad != nil:
			return Value{}, bad
		case !p.ends() && p.typed[p.at] != ',':
			return Value{}, p.wrong(p.at, p.at+1, "a blank comes after a closing quote")
		}
		return p.read(from, text, e, op)
	}
	text := p.bare(",")
	if next := p.next(); text == "" && next != "" && p.ends() {
		return Value{}, p.wrong(begin, p.at, "no blank stands behind “%s”: write %s%s%s", op, e.Name, op, next)
	}
	if text == "" {
		return Value{}, p.wrong(begin, p.at, "%s: a value is missing, such as %s", e.Name, e.example())
	}
	return p.read(from, text, e, op)
}

// read is a value as the kind of its field has it.
func (p *parser) read(from int, text string, e Entry, op Op) (Value, *Error) {
	switch {
	case e.Kind == Text && text != "" && !visible(text):
		return Value{}, p.wrong(from, p.at, `%s: nothing of this can be seen; "" asks for an empty one`, e.Name)
	case e.Kind == Text && e.has(op, text):
		return Value{Text: text}, nil
	case e.Kind == Text:
		return Value{}, p.unknown(from, p.at, fmt.Sprintf("no %s is called “%s”", e.Name, text), text, e.Only)
	}
	if words := e.Words(); slices.Contains(words, strings.ToLower(text)) {
		if op != Has {
			return Value{}, p.wrong(from, p.at, "%s is asked for as %s:%s", text, e.Name, text)
		}
		return Value{Text: strings.ToLower(text)}, nil
	}
	if e.Kind == Choice {
		return Value{}, p.unknown(from, p.at, fmt.Sprintf("%s is never “%s”", e.Name, text), text, e.Choices)
	}
	v, err := e.points(text, op)
	if word := begins(strings.ToLower(text), e.Words()); err != nil && word != "" {
		return Value{}, p.wrong(from, p.at, "%s: %s; is it %s:%s?", e.Name, err, e.Name, word)
	}
	if near := Nearest(strings.ToLower(text), e.Words()); err != nil && near != "" && op == Has {
		return Value{}, p.wrong(from, p.at, "%s: %s; is it “%s”?", e.Name, err, near)
	}
	if err != nil {
		return Value{}, p.wrong(from, p.at, "%s: %s", e.Name, err)
	}
	return v, nil
}

// begins is the first of the words that begins so; empty where none does.
func begins(with string, words []string) string {
	at := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, with) })
	if at < 0 {
		return ""
	}
	return words[at]
}

// order is a sort: sort:expires, or sort:-age for the greatest first.
func (p *parser) order(begin int, op Op) *Error {
	from := p.at
	name, falls := strings.CutPrefix(strings.ToLower(p.bare("")), "-")
	entry, known := named(p.known, name)
	switch {
	case op != Has:
		return p.wrong(begin, p.at, "an order is written as sort:%s", p.known[0].Name)
	case name == "":
		return p.wrong(begin, p.at, "sort: the name of a field is missing")
	case !known:
		return p.unnamed(from, p.at, "sort: no field is called “"+name+"”", name)
	case entry.Kind == Choice && entry.Name == "is":
		return p.wrong(from, p.at, "nothing can be sorted by “is”")
	case slices.ContainsFunc(p.sorts, func(s Sort) bool { return s.Field == entry.Name }):
		return p.wrong(begin, p.at, "it is sorted by %s already", entry.Name)
	}
	p.sorts = append(p.sorts, Sort{entry.Name, falls})
	return nil
}

func (p *parser) names() []string {
	var names []string
	for _, e := range p.known {
		names = append(append(names, e.Name), e.Also...)
	}
	return names
}

// unnamed is the error of what is no field: with the one that people mean by it, if it is known.
func (p *parser) unnamed(from, to int, what, name string) *Error {
	if meant := taken(p.known, name); meant != "" {
		return p.wrong(from, to, "%s; is it “%s”?", what, meant)
	}
	return p.unknown(from, to, what, name, p.names())
}

// unknown is the error of a word that is none, with the nearest that is one.
func (p *parser) unknown(from, to int, what, word string, words []string) *Error {
	if near := Nearest(strings.ToLower(word), words); near != "" {
		return p.wrong(from, to, "%s; is it “%s”?", what, near)
	}
	return p.wrong(from, to, "%s; there are %s", what, strings.Join(words, ", "))
}
