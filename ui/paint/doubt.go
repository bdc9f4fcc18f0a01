package paint

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// doubtful is the first column with a letter of which terminals differ how wide it is, or
// the width of the row. Where the cells behind it are is not known. The letter before it
// counts too: some terminals take both for one, if they come one after the other.
func doubtful(r row) int {
	before := 0
	for x, c := range r {
		if len(c.letter) > 1 && unsure(c.letter) {
			return before
		}
		if c.width > 0 {
			before = x
		}
	}
	return len(r)
}

// unsure reports whether terminals differ about a letter: those that take all of its signs
// for one, and those that go by each of them, of which some have older tables.
func unsure(letter string) bool {
	return apart(letter) != ansi.StringWidth(letter) || strings.ContainsFunc(letter, disputed)
}

// apart is how wide the signs of a letter are one by one.
func apart(letter string) int {
	width := 0
	for _, sign := range letter {
		width += ansi.StringWidth(string(sign))
	}
	return width
}

// disputed holds the signs for which wcwidth(3) of glibc 2.36, that of Unicode 16 and ours
// give different numbers, or none, and those that some terminals draw in the cell of the
// letter before, whatever the style: marks that take a column, the scripts of India, Burma
// and Cambodia, two vowels, parts of Korean syllables, trigrams and hexagrams, numbers in
// squares, notes, the halves of flags, skin tones, what joins emoji, and the emoji that came last.
func disputed(r rune) bool {
	switch {
	case r < 0x900:
		return r == 0x897 // see young
	case r < 0xe00, r == 0x200d, r == 0xfe0f, r == 0xe33, r == 0xeb3, r >= 0x1000 && r < 0x10a0, r >= 0x1780 && r < 0x1800, r >= 0x1100 && r < 0x1200, r >= 0xa960 && r < 0xa980, r >= 0xd7b0 && r < 0xd800,
		r >= 0x2630 && r < 0x2638, r >= 0x268a && r < 0x2690, r >= 0x3248 && r < 0x3250, r >= 0x4dc0 && r < 0x4e00,
		r >= 0x1d100 && r < 0x1d380, r >= 0x1f1e6 && r < 0x1f200, r >= 0x1f3fb && r < 0x1f400, r >= 0x1fa70 && r < 0x1fb00:
		return true
	}
	return young(r) || unicode.Is(unicode.Mc, r)
}

// young reports the marks that Unicode 16 and 17 brought, which a terminal may take for
// letters.
func young(r rune) bool {
	switch {
	case r >= 0x1acf && r <= 0x1aeb, r >= 0x10d69 && r <= 0x10d6d, r >= 0x10efa && r <= 0x10efc, r >= 0x113bb && r <= 0x113e2,
		r >= 0x11b60 && r <= 0x11b66, r == 0x11f5a, r >= 0x1611e && r <= 0x1612f, r == 0x1e5ee, r == 0x1e5ef, r >= 0x1e6e3 && r <= 0x1e6f5:
		return true
	}
	return false
}
