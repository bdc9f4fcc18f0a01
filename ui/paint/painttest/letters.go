package painttest

import (
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/width"
)

// columns is how many columns a letter takes by itself, as wcwidth(3) says: no more than
// that is known to xterm, tmux and screen. The vowels and finals of a Korean syllable that
// comes in parts take none.
func (k Kind) columns(r rune) int {
	east := width.LookupRune(r).Kind()
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf), between(r, 0x1160, 0x11ff), between(r, 0xd7b0, 0xd7fb):
		return 0
	case k.Clustering && between(r, 0x1f1e6, 0x1f1ff): // half of a flag
		return 2
	case east == width.EastAsianWide || east == width.EastAsianFullwidth:
		return 2
	case between(r, 0x2630, 0x2637), between(r, 0x268a, 0x268f), between(r, 0x4dc0, 0x4dff), between(r, 0x1d300, 0x1d376):
		if !k.Older {
			return 2
		}
	}
	return 1
}

func between(r, from, to rune) bool { return r >= from && r <= to }

// joins reports whether a letter goes into the cell of the one before it. A terminal that
// clusters does so with letters that came one after the other, not with those that a
// painter has put beside each other.
func (s *Screen) joins(before string, r rune) bool {
	if s.Is.columns(r) == 0 {
		return true
	}
	if !s.Is.Clustering || !s.after || before == "" {
		return false
	}
	whole := before + string(r)
	first, _, _, _ := uniseg.FirstGraphemeClusterInString(whole, -1)
	return first == whole
}
