package stage

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// JSONError says in the words of Python's json, up to 3.12, where a text stops to be
// JSON: AWX, the gateway and Waldur hand them on ("Expecting ',' delimiter: line 1 column
// 9 (char 8)").
func JSONError(raw []byte) string {
	if !utf8.Valid(raw) {
		return undecodable(raw)
	}
	s := &jsonScan{text: []rune(string(raw))}
	s.blank()
	s.value()
	s.blank()
	if s.wrong == "" && s.at < len(s.text) {
		s.fail("Extra data", s.at)
	}
	return s.wrong
}

// undecodable names the first byte that is no UTF-8.
func undecodable(raw []byte) string {
	at := 0
	for at < len(raw) {
		r, size := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	return fmt.Sprintf("'utf-8' codec can't decode byte 0x%02x in position %d: invalid start byte", raw[at], at)
}

// jsonScan goes through a text until something is wrong.
type jsonScan struct {
	text  []rune
	at    int
	wrong string
}

// fail keeps the first complaint.
func (s *jsonScan) fail(what string, at int) {
	if s.wrong != "" {
		return
	}
	before := string(s.text[:at])
	line, lineStart := strings.Count(before, "\n")+1, strings.LastIndex(before, "\n")+1
	s.wrong = fmt.Sprintf("%s: line %d column %d (char %d)", what, line, utf8.RuneCountInString(before[lineStart:])+1, at)
}

// next is the letter that comes, 0 at the end.
func (s *jsonScan) next() rune {
	if s.at >= len(s.text) {
		return 0
	}
	return s.text[s.at]
}

func (s *jsonScan) blank() {
	for strings.ContainsRune(" \t\n\r", s.next()) && s.next() != 0 {
		s.at++
	}
}

var jsonScalar = regexp.MustCompile(`^(?:null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)`)

func (s *jsonScan) value() {
	switch s.next() {
	case '{':
		s.list('}', s.member)
	case '[':
		s.list(']', s.value)
	case '"':
		s.string()
	default:
		ahead := s.text[s.at:min(len(s.text), s.at+400)]
		word := jsonScalar.FindString(string(ahead))
		if word == "" {
			s.fail("Expecting value", s.at)
		}
		s.at += len(word)
	}
}

// list is an object or an array: items with commas between.
func (s *jsonScan) list(end rune, item func()) {
	s.at++
	s.blank()
	if s.next() == end {
		s.at++
		return
	}
	for s.wrong == "" {
		item()
		s.blank()
		switch s.next() {
		case end:
			s.at++
			return
		case ',':
			s.at++
			s.blank()
		default:
			s.fail("Expecting ',' delimiter", s.at)
		}
	}
}

func (s *jsonScan) member() {
	if s.next() != '"' {
		s.fail("Expecting property name enclosed in double quotes", s.at)
		return
	}
	s.string()
	s.blank()
	if s.next() != ':' {
		s.fail("Expecting ':' delimiter", s.at)
		return
	}
	s.at++
	s.blank()
	s.value()
}

func (s *jsonScan) string() {
	begin := s.at
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return
		case c < ' ':
			s.fail("Invalid control character at", s.at)
			return
		case c == '\\':
			if !s.escape() {
				return
			}
		}
	}
	s.fail("Unterminated string starting at", begin)
}

// escape reads what follows a backslash.
func (s *jsonScan) escape() bool {
	start := s.at
	s.at++
	switch c := s.next(); {
	case c == 'u':
		digits := s.text[s.at+1 : min(len(s.text), s.at+5)]
		if len(digits) < 4 || slices.ContainsFunc(digits, func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) }) {
			s.fail(`Invalid \uXXXX escape`, start+1)
			return false
		}
		s.at += 4
	case c != 0 && !strings.ContainsRune(`"\/bfnrt`, c):
		s.fail(`Invalid \escape`, start)
		return false
	}
	return true
}
