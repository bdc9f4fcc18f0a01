package paint

import (
	"strings"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// doubtful is the first column with a letter of which terminals differ how wide it is, or
// the width of the row. Where the cells behind it are is not known. The letter before it
// counts too: some terminals take both for one, if they come one after the other.
func doubtful(row uv.Line) int {
	before := 0
	for x := range row {
		c := &row[x]
		if len(c.Content) > 1 && unsure(c.Content) {
			return before
		}
		if c.Width > 0 {
			before = x
		}
	}
	return len(row)
}

// unsure reports whether terminals differ about a letter: those that take all of its signs
// for one, and those that go by each of them, of which some have older tables.
func unsure(letter string) bool {
	return ansi.WcWidth.StringWidth(letter) != ansi.StringWidth(letter) || strings.ContainsFunc(letter, disputed)
}

// disputed holds the signs for which wcwidth(3) of glibc 2.36, that of Unicode 16 and ours
// give different numbers, or none, and those that some terminals draw in the cell of the
// letter before, whatever the style: marks that take a column, the scripts of India, Burma
// and Cambodia, two vowels, parts of Korean syllables, trigrams and hexagrams, numbers in
// squares, notes, skin tones, what joins emoji, and the emoji that came last.
func disputed(r rune) bool {
	switch {
	case r < 0x900:
		return false
	case r < 0xe00, r == 0x200d, r == 0xfe0f, r == 0xe33, r == 0xeb3, r >= 0x1000 && r < 0x10a0, r >= 0x1780 && r < 0x1800, r >= 0x1100 && r < 0x1200, r >= 0xa960 && r < 0xa980, r >= 0xd7b0 && r < 0xd800,
		r >= 0x2630 && r < 0x2638, r >= 0x268a && r < 0x2690, r >= 0x3248 && r < 0x3250, r >= 0x4dc0 && r < 0x4e00,
		r >= 0x1d100 && r < 0x1d380, r >= 0x1f3fb && r < 0x1f400, r >= 0x1fa70 && r < 0x1fb00:
		return true
	}
	return unicode.Is(unicode.Mc, r)
}
