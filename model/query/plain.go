package query

import (
	"slices"
	"strings"
)

// plain is a bare word. What somebody wrote who meant something else is an error: it would be
// looked for, found nowhere, and read as a no. Before it may stand the name of a field.
func (p *parser) plain(begin int, before string) (Condition, *Error) {
	word := p.bare("")
	switch {
	case !visible(word):
		return nil, p.wrong(begin, p.at, "nothing of this can be seen, and every row would have it; take it out")
	case isWord(word, "not"):
		return nil, p.wrong(begin, p.at, `write %s to leave it out, or "%s" in quotes to look for the word`, p.without(), word)
	case isWord(word, "and", "&&", "&"):
		return nil, p.wrong(begin, p.at, `leave “%s” out: what stands side by side holds together; in quotes it is a word to look for`, word)
	case isWord(word, "||", "|"):
		return nil, p.wrong(begin, p.at, `write or between two conditions, or “%s” in quotes to look for it`, word)
	case p.turned(word):
		return nil, p.wrong(begin, begin+1, `write -%s to turn it round, or all of it in quotes to look for it`, word[1:])
	case strings.Trim(word, operators) == "":
		return nil, p.wrong(begin, p.at, "no blanks stand around “%s”: write %s; in quotes it is a word to look for", word, p.together(before, word))
	case before != "" && strings.ContainsAny(word[:1], operators):
		return nil, p.wrong(begin, p.at, "no blank stands before “%s”: write %s%s", word, before, word)
	case strings.ContainsAny(word[len(word)-1:], operators) && p.isField(p.next()):
		return nil, p.wrong(begin, p.at, "the name of a field comes first, and no blanks: write %s, or “%s” in quotes to look for it", p.sample(p.next()), word)
	case p.isField(word):
		p.field = word
	}
	return Word{word}, nil
}

// isWord reports whether a word is one of these, in whatever letters.
func isWord(word string, of ...string) bool {
	return slices.ContainsFunc(of, func(one string) bool { return strings.EqualFold(word, one) })
}

// reserved reports a word that is looked for only in quotes.
func reserved(word string) bool { return isWord(word, either, "not", "and", "&&", "&", "||", "|") }

// without is what follows, left out.
func (p *parser) without() string {
	at := p.at
	defer func() { p.at = at }()
	p.skip()
	if word := p.bare(""); word != "" && !strings.ContainsAny(word[:1], `-("`) && !reserved(word) {
		return "-" + word
	}
	return "-is:over"
}

// turned reports a condition that others would write so.
func (p *parser) turned(word string) bool {
	rest, is := strings.CutPrefix(word, "!")
	s := scanner{typed: []rune(rest)}
	name, op := s.name()
	return is && op != "" && p.isField(name)
}

// operators are the letters of the comparisons.
const operators = "<>:="

// next is the bare word that comes next; empty where something else does.
func (p *parser) next() string {
	at := p.at
	defer func() { p.at = at }()
	p.skip()
	if _, op := p.name(); op != "" || p.before(either) {
		return ""
	}
	return p.bare(`"(-`)
}

// together is what was written with blanks around a comparison, without them.
func (p *parser) together(before, op string) string {
	if value := p.next(); before != "" && value != "" {
		return before + op + value
	}
	return p.sample(before)
}

func (p *parser) isField(word string) bool {
	_, known := named(p.known, strings.ToLower(word))
	return known
}

// sample is a condition as it is written: of a field, if it is one.
func (p *parser) sample(field string) string {
	e, known := named(p.known, strings.ToLower(field))
	switch {
	case !known:
		e, _ = named(p.known, "created")
		return e.Name + ">90d"
	case e.Spans:
		return e.Name + ">1y"
	case e.Kind == Past || e.Kind == Future:
		return e.Name + "<90d"
	}
	return e.Name + ":" + e.example()
}
