package page

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a text as a search compares it: without regard to case, to accents, to how a
// letter is put together (é, or e and U+0301, which macOS pastes), to which of two
// keyboards gave a Persian letter, and to what nobody sees, such as a zero-width
// non-joiner.
func Fold(text string) string {
	if plain(text) {
		return strings.ToLower(text)
	}
	var folded strings.Builder
	before := rune(0)
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(text, "\ufffd")) { // a letter after a broken one is left as it is, otherwise
		if unseen(r) || accent(r) && (r != breve || before != 'и') { // й is no и with an accent to who reads it
			continue
		}
		before = unicode.ToLower(r)
		if other := sameAs(before); other != "" {
			folded.WriteString(other)
			continue
		}
		if digit, is := digitOf(before); is {
			before = digit
		}
		folded.WriteRune(before)
	}
	return folded.String()
}

func plain(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}

const breve = '\u0306'

// accent reports whether a mark says only how a letter is pronounced: those of Latin,
// Greek and Cyrillic letters, the Arabic and Hebrew ones. In Indic scripts a mark is
// a vowel, and stays.
func accent(r rune) bool {
	return unicode.Is(unicode.Mn, r) && (unicode.Is(unicode.Inherited, r) && r < 0x3000 || unicode.In(r, unicode.Arabic, unicode.Hebrew))
}

// unseen reports whether nobody sees a letter: the joiners, the marks of direction, and
// the tatweel, which makes a word longer and is no letter of it.
func unseen(r rune) bool {
	return r == '\u0640' || unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// digitOf is a decimal digit of any script as the one of ASCII.
func digitOf(r rune) (rune, bool) {
	if r <= unicode.MaxASCII || !unicode.Is(unicode.Nd, r) {
		return r, false
	}
	zero := r
	for r-zero < 9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return '0' + r - zero, true
}

// sameAs is what a small letter is compared as that people type for another one, and that
// no rule of Unicode joins: Persian and Arabic keyboards give two kinds of yeh, kaf and
// heh; Turkish has an i without a dot; the rest are Latin letters with a stroke, or two
// in one.
func sameAs(r rune) string {
	switch r {
	case 'ي', 'ى', 'ې':
		return "ی"
	case 'ك', 'ڪ':
		return "ک"
	case 'ة', 'ە', 'ہ', 'ھ':
		return "ه"
	case 'ς':
		return "σ"
	default:
		return sameLatin(r)
	}
}

func sameLatin(r rune) string {
	switch r {
	case 'ı':
		return "i"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	default:
		return ""
	}
}
