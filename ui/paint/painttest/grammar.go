package painttest

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// token is the smallest that a painter says: a letter, or an order with its numbers.
type token struct {
	letter rune   // 0 in an order
	order  string // the last byte of a sequence, with what goes before its numbers
	args   []int  // absent ones are missing
	bytes  []byte // as it came
}

const missing = -1

// limits is how many numbers an order takes at most, for all that a painter may say. What
// is not here, not even a terminal of the tests understands.
func limits() map[string]int {
	return map[string]int{
		"\r": 0, "\n": 0, "\b": 0, "\x1bM": 0, // return, line feed, backspace, reverse index
		"A": 1, "B": 1, "C": 1, "D": 1, "G": 1, "d": 1, "H": 2, // where the cursor goes
		"J": 1, "K": 1, "X": 1, "L": 1, "M": 1, "S": 1, "T": 1, "r": 2, // erase, insert, delete, scroll
		"m": 32, "?h": 1, "?l": 1, // styles and modes
	}
}

// modes are those that a console may switch: its cursor, the wrapping at the edge, its own
// screen, marked pastes, frames.
func modes() map[int]string {
	return map[int]string{7: "wrap", 25: "cursor", 1049: "alternate screen", 2004: "paste", 2026: "frame"}
}

// Painted is the letters of what a painter wrote, and what of it no painter has any need
// to say, wherever it would be drawn: of the orders that a terminal of the tests knows, a
// frame has those to go to a cell, to erase, to scroll, to dress letters, to keep a row
// from the next one, and to show or hide the cursor.
func Painted(b []byte) (letters string, err error) {
	var said strings.Builder
	for len(b) > 0 {
		t, err := next(b)
		if err != nil {
			return said.String(), err
		}
		switch t.order {
		case "":
			said.WriteRune(t.letter)
		case "\r", "\n", "\x1bM", "A", "C", "D", "H", "J", "K", "r", "m":
		case "?h", "?l":
			if name := modes()[t.args[0]]; name != "cursor" && name != "wrap" {
				return said.String(), fmt.Errorf("a mode that no frame switches: %s", around(t.bytes))
			}
		default:
			return said.String(), fmt.Errorf("an order that no frame gives: %s", around(t.bytes))
		}
		b = b[len(t.bytes):]
	}
	return said.String(), nil
}

// next takes the first token of bytes.
func next(b []byte) (token, error) {
	switch r, size := utf8.DecodeRune(b); {
	case r == utf8.RuneError && size <= 1:
		return token{}, fmt.Errorf("no UTF-8: %s", around(b))
	case r == '\x1b':
		return sequence(b)
	case r >= ' ' && r < 0x7f || r >= 0xa0:
		return token{letter: r, bytes: b[:size]}, nil
	default:
		return allowed(token{order: string(r), bytes: b[:size]})
	}
}

// sequence takes one that begins with an escape.
func sequence(b []byte) (token, error) {
	if len(b) > 1 && b[1] != '[' {
		return allowed(token{order: string(b[:2]), bytes: b[:2]})
	}
	end := 2
	for end < len(b) && (b[end] >= '0' && b[end] <= '?') {
		end++
	}
	if end >= len(b) {
		return token{}, fmt.Errorf("an unfinished order: %s", around(b))
	}
	numbers, private := bytes.CutPrefix(b[2:end], []byte("?"))
	t := token{order: string(b[end : end+1]), bytes: b[:end+1]}
	if private {
		t.order = "?" + t.order
	}
	if err := t.take(string(numbers)); err != nil {
		return t, err
	}
	return allowed(t)
}

// take reads the numbers of an order.
func (t *token) take(numbers string) error {
	if numbers == "" {
		return nil
	}
	for number := range strings.SplitSeq(numbers, ";") {
		n, err := strconv.Atoi(number)
		if number == "" {
			n, err = missing, nil
		}
		if err != nil || n > 1<<16 {
			return fmt.Errorf("an order with %q: %s", number, around(t.bytes))
		}
		t.args = append(t.args, n)
	}
	return nil
}

// allowed refuses what a painter has no need to say.
func allowed(t token) (token, error) {
	most, known := limits()[t.order]
	switch {
	case !known:
		return t, fmt.Errorf("not of the grammar: %s", around(t.bytes))
	case len(t.args) > most:
		return t, fmt.Errorf("too many numbers: %s", around(t.bytes))
	case t.order == "?h" || t.order == "?l":
		if len(t.args) != 1 || modes()[t.args[0]] == "" {
			return t, fmt.Errorf("a strange mode: %s", around(t.bytes))
		}
	case t.order == "m":
		var s Style
		if !s.apply(t.args) {
			return t, fmt.Errorf("a strange style: %s", around(t.bytes))
		}
	}
	return t, nil
}

// around is the bytes that a report quotes.
func around(b []byte) string { return strconv.QuoteToASCII(string(b[:min(len(b), 24)])) }

// number is an argument that is 1 if it is not there.
func (t token) number(i int) (int, error) {
	if i >= len(t.args) || t.args[i] == missing {
		return 1, nil
	}
	if t.args[i] < 1 {
		return 1, errors.New("terminals differ about nought")
	}
	return t.args[i], nil
}

// kind is the argument that says which part is meant; 0 if it is not there.
func (t token) kind() int {
	if len(t.args) == 0 || t.args[0] == missing {
		return 0
	}
	return t.args[0]
}
