package plan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"

	"authdeck/model"
)

// longest is how long one string may be, in bytes: a changed text of up to that length can
// be had again as it came.
const longest = 64 << 10

// FaultError is what is wrong with a plan, and where.
type FaultError struct {
	Line, Column int // from one on; the column in bytes
	Words        string
}

// Error implements error.
func (f *FaultError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", f.Line, f.Column, f.Words)
}

// reader reads JSON of one form: strings, lists of them, and the objects that hold them. The
// decoder of the library lets doubles through, tells no place, and takes three times as long.
type reader struct {
	data []byte
	at   int
	seen map[string]string // of strings that come again: each is in memory once
}

func (r *reader) fail(words string) error {
	at := min(r.at, len(r.data))
	before := r.data[:at]
	return &FaultError{bytes.Count(before, []byte("\n")) + 1, at - bytes.LastIndexByte(before, '\n'), words}
}

func (r *reader) blank() {
	for r.at < len(r.data) && (r.data[r.at] == ' ' || r.data[r.at] == '\n' || r.data[r.at] == '\t' || r.data[r.at] == '\r') {
		r.at++
	}
}

// next takes a sign if it comes now.
func (r *reader) next(sign byte) bool {
	r.blank()
	if r.at < len(r.data) && r.data[r.at] == sign {
		r.at++
		return true
	}
	return false
}

// take takes a sign that has to come now.
func (r *reader) take(sign byte) error {
	if r.next(sign) {
		return nil
	}
	if r.at >= len(r.data) {
		return r.fail("it ends here, and is not whole")
	}
	return r.fail("“" + string(sign) + "” has to be here")
}

// quoted is a word of a file as it can stand in a sentence: of a long one only its beginning.
func quoted(word string) string {
	const most = 40
	letters := []rune(model.Clean(word).String())
	if len(letters) <= most {
		return string(letters)
	}
	return string(letters[:most-1]) + "…"
}

// literal is a string with its quotes, and whether it is written as it reads.
func (r *reader) literal() (raw []byte, plain bool, _ error) {
	r.blank()
	from := r.at
	switch {
	case r.at >= len(r.data):
		return nil, false, r.take('"')
	case r.data[r.at] != '"':
		return nil, false, r.fail("something in quotes has to be here")
	}
	plain = true
	for r.at++; r.at < len(r.data); r.at++ {
		switch b := r.data[r.at]; {
		case b == '"':
			r.at++
			return r.data[from:r.at], plain, nil
		case b == '\\':
			r.at++
			plain = false
		case b < ' ':
			return nil, false, r.fail("a string holds a control character")
		case b > '~':
			plain = false
		}
	}
	r.at = len(r.data)
	return nil, false, r.fail("it ends within a string")
}

func (r *reader) string() (string, error) {
	from := r.at
	raw, plain, err := r.literal()
	switch {
	case err != nil:
		return "", err
	case plain && len(raw) < longest:
		return string(raw[1 : len(raw)-1]), nil
	}
	return r.unescaped(raw, from)
}

func (r *reader) unescaped(raw []byte, from int) (said string, err error) {
	end := r.at
	r.at = from
	if !utf8.Valid(raw) {
		return "", r.fail("a string is no UTF-8")
	}
	if json.Unmarshal(raw, &said) != nil {
		return "", r.fail("a string has an escape that is none")
	}
	if halfPair(raw) {
		return "", r.fail("a string has half a pair of escapes")
	}
	if len(said) > longest {
		return "", r.fail("a string is longer than 64 KiB")
	}
	r.at = end
	return said, nil
}

// halfPair reports whether there is half a letter among good escapes: the library reads it as
// the sign for what cannot be read.
func halfPair(raw []byte) bool {
	high := false
	for at := 0; at < len(raw); at++ {
		var unit uint64
		if raw[at] == '\\' {
			if at++; raw[at] == 'u' {
				unit, _ = strconv.ParseUint(string(raw[at+1:at+5]), 16, 32)
				at += 4
			}
		}
		if low := unit >= 0xdc00 && unit < 0xe000; low != high {
			return true
		}
		high = unit >= 0xd800 && unit < 0xdc00
	}
	return high
}

// clean is a string of ours or of whoever made the plan, which is shown as it is.
func (r *reader) clean() (string, error) {
	r.blank()
	from := r.at
	said, err := r.known()
	if err == nil && model.Clean(said).Changed() {
		r.at = from
		err = r.fail("a string holds what is not shown")
	}
	return said, err
}

// known is a string that may come again.
func (r *reader) known() (string, error) {
	from := r.at
	raw, plain, err := r.literal()
	if err != nil {
		return "", err
	}
	if plain && len(raw) < 512 {
		if said, again := r.seen[string(raw)]; again {
			return said, nil
		}
		said := string(raw[1 : len(raw)-1])
		if len(r.seen) < 4096 {
			r.seen[string(raw)] = said
		}
		return said, nil
	}
	r.at = from
	return r.string()
}

// list reads sentences or words, each of them clean.
func (r *reader) list() ([]string, error) {
	if err := r.take('['); err != nil {
		return nil, err
	}
	var words []string
	for {
		said, err := r.clean()
		if err != nil {
			return nil, err
		}
		words = append(words, said)
		if !r.next(',') {
			return words, r.take(']')
		}
	}
}
