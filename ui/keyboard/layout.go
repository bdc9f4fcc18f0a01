package keyboard

import (
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
)

// layout is what a keyboard types, letter for letter beside what a US keyboard
// types with the same keys.
type layout struct{ typed, keys string }

// layouts are searched in order: where two keyboards disagree about a letter
// the earlier one wins. That is the Persian one, as its د ز ط are n, c and x,
// while the same letters of an Arabic keyboard are on keys that command
// nothing. The exceptions stand before it:
//   - ظ is a Persian z, which commands nothing, and the Arabic slash, which searches;
//   - ي ؤ ء ك ة are shifted letters of a Persian keyboard, and unshifted ones of
//     an Arabic keyboard, d, c and x among them.
func layouts() []layout {
	return []layout{
		{"ظيؤءكة", "/dcx;m"}, // Arabic 101, the exceptions
		{"ضصثقفغعهخحجچ", "qwertyuiop[]"},
		{"شسیبلاتنمکگ", "asdfghjkl;'"},
		{"طزرذدپئو", "xcvbnmm,"}, // پ is ISIRI 9147's m, ئ that of Windows
		{"أۀآژإ", "GGHCF"},       // with shift: أ is ISIRI 9147's G, ۀ that of Windows
		{"ىﻻﻷ", "nbG"},           // the rest of Arabic 101; its b and G are ligatures
		{"йцукенгшщзхъ", "qwertyuiop[]"},
		{"фывапролджэ", "asdfghjkl;'"},
		{"ячсмитьбюё", "zxcvbnm,.`"},
		{"؟,.", "??/"}, // a Russian keyboard has . and , where a US one has / and ?
		{"۰۱۲۳۴۵۶۷۸۹", "0123456789"},
		{"٠١٢٣٤٥٦٧٨٩", "0123456789"},
	}
}

// Latin gives a key typed on a Persian, Arabic or Russian keyboard the letter
// that the same key has on a US keyboard, so that a command needs no change of
// layout. Any other key, a paste, and several letters at once pass as they are.
// It is for commands only, never for a text field.
func Latin(msg tea.KeyMsg) tea.KeyMsg {
	if msg.Type != tea.KeyRunes || msg.Paste || len(msg.Runes) != 1 {
		return msg
	}
	if r, ok := latin(msg.Runes[0]); ok {
		msg.Runes = []rune{r}
	}
	return msg
}

func latin(typed rune) (rune, bool) {
	if r, ok := usKey(typed); ok {
		return r, true
	}
	r, ok := usKey(unicode.ToLower(typed))
	return unicode.ToUpper(r), ok && unicode.IsLetter(r)
}

func usKey(typed rune) (rune, bool) {
	for _, l := range layouts() {
		before, _, found := strings.Cut(l.typed, string(typed))
		if found {
			return rune(l.keys[len([]rune(before))]), true
		}
	}
	return 0, false
}
