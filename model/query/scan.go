package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is more letters than a question has that a person typed.
const longest = 1024

// scanner goes through what was typed.
type scanner struct {
	typed []rune
	at    int
	depth int // of parentheses
}

// newScanner refuses what cannot be looked for anywhere.
func newScanner(typed string) (*scanner, *Error) {
	s := &scanner{typed: []rune(typed)}
	if len(s.typed) > longest {
		return nil, s.wrong(longest, len(s.typed), "this is too long to be looked for: %d letters, of at most %d", len(s.typed), longest)
	}
	for i, r := range s.typed {
		switch {
		case r == utf8.RuneError:
			return nil, s.wrong(i, i+1, "this holds bytes that are no letters")
		case unicode.IsControl(r) && !unicode.IsSpace(r):
			return nil, s.wrong(i, i+1, "a control character cannot be looked for")
		}
	}
	return s, nil
}

// skip goes over blanks; false at the end.
func (s *scanner) skip() bool {
	for s.at < len(s.typed) && unicode.IsSpace(s.typed[s.at]) {
		s.at++
	}
	return s.at < len(s.typed)
}

// takes goes over a letter, if it is the next one.
func (s *scanner) takes(r rune) bool {
	if s.at < len(s.typed) && s.typed[s.at] == r {
		s.at++
		return true
	}
	return false
}

// ends reports whether a bare word is over here.
func (s *scanner) ends() bool {
	return s.at >= len(s.typed) || unicode.IsSpace(s.typed[s.at]) || s.depth > 0 && s.typed[s.at] == ')'
}

// bare is the text up to a blank, to the end of a group, or to one of the letters.
func (s *scanner) bare(stops string) string {
	begin := s.at
	for !s.ends() && !strings.ContainsRune(stops, s.typed[s.at]) {
		s.at++
	}
	return string(s.typed[begin:s.at])
}

// quoted is the text up to the closing quote; the opening one has been taken. A backslash
// stands before a quote or a backslash that is meant.
func (s *scanner) quoted() (string, *Error) {
	begin := s.at - 1
	var text strings.Builder
	for s.at < len(s.typed) {
		r := s.typed[s.at]
		s.at++
		switch {
		case r == '"':
			return text.String(), nil
		case r == '\\' && s.at < len(s.typed) && strings.ContainsRune(`"\`, s.typed[s.at]):
			r = s.typed[s.at]
			s.at++
		case unicode.IsControl(r):
			return "", s.wrong(s.at-1, s.at, "a control character cannot be looked for")
		}
		text.WriteRune(r)
	}
	return "", s.wrong(begin, s.at, "the quote is not closed")
}

// name is the field's name and the comparison that a term begins with. Without both it
// begins with neither, and nothing is taken.
func (s *scanner) name() (name string, op Op) {
	i := s.at
	for i < len(s.typed) && nameLetter(s.typed[i], i == s.at) {
		i++
	}
	rest := string(s.typed[i:min(len(s.typed), i+2)])
	for _, op := range []Op{AtMost, AtLeast, Has, Equal, Less, More} { // the longer ones first
		if i > s.at && strings.HasPrefix(rest, string(op)) {
			name = strings.ToLower(string(s.typed[s.at:i]))
			s.at = i + len(op)
			return name, op
		}
	}
	return "", ""
}

func nameLetter(r rune, first bool) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || !first && (r == '-' || r == '_')
}

// word reports whether a bare word comes next that is one of the language itself, in whatever
// letters, and takes it.
func (s *scanner) word(words ...string) bool {
	begin := s.at
	if isWord(s.bare(""), words...) {
		return true
	}
	s.at = begin
	return false
}

// visible reports whether there is a letter in a text that a person sees. Of blanks and of what has
// no picture of its own a comparison leaves nothing, and nothing is a part of every text: a name that
// was pasted out of a page, or a variable of a script that is blank, would find everybody.
func visible(text string) bool {
	const tatweel = '\u0640' // makes a word longer, and is no letter of it
	return strings.ContainsFunc(text, func(r rune) bool {
		return r != tatweel && !unicode.IsSpace(r) && !unicode.In(r, unicode.M, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
	})
}
