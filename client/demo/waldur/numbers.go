package waldur

import (
	"strconv"
	"strings"
	"unicode"
)

// pythonInt reads what Python's int does: blanks around, a sign, zeros before, the
// digits of any script, and one underscore between two of them.
func pythonInt(text string) (int, bool) {
	text = strings.TrimSpace(text)
	var plain strings.Builder
	last := '_'
	for i, r := range text {
		switch {
		case i == 0 && (r == '+' || r == '-'):
			plain.WriteRune(r)
			continue
		case r == '_' && last != '_':
		case unicode.Is(unicode.Nd, r) && r < mathematical:
			plain.WriteByte(digit(r))
		default:
			return 0, false
		}
		last = r
	}
	n, err := strconv.Atoi(plain.String())
	return n, err == nil && last != '_'
}

const mathematical = '\U0001d7ce' // digits in five hands, without a gap between

// digit is the ASCII one: those of a script follow each other from its zero on.
func digit(r rune) byte {
	value := 0
	for value < 9 && unicode.Is(unicode.Nd, r-rune(value)-1) {
		value++
	}
	if r <= '9' {
		value = int(r - '0')
	}
	return byte('0' + value)
}
