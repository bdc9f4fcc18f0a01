package model_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"authdeck/model"
)

// harmless holds a text against every promise that does not depend on where it
// came from.
func harmless(t *testing.T, text model.Text) {
	t.Helper()
	clean := text.String()
	if !utf8.ValidString(clean) {
		t.Errorf("%q is no UTF-8", clean)
	}
	if n := utf8.RuneCountInString(clean); n > 5*1024+1 {
		t.Errorf("the text has %d runes", n)
	}
	if r, found := harm(clean); found {
		t.Errorf("%+q holds %U", clean, r)
	}
	if again := model.Clean(clean); again.Changed() || again.String() != clean {
		t.Errorf("%+q cleaned once more is %+q", clean, again.String())
	}
	if text.Changed() && !printableASCII(text.Quoted()) {
		t.Errorf("the quoted form is %q", text.Quoted())
	}
	if !text.Changed() && text.Quoted() != clean {
		t.Errorf("the quoted form of an unchanged text is %q", text.Quoted())
	}
	if len(text.Quoted()) > 16<<10 {
		t.Errorf("the quoted form has %d bytes", len(text.Quoted()))
	}
}

// harm is the first rune that has no business in a cleaned text.
func harm(clean string) (rune, bool) {
	runes := []rune(clean)
	for i, r := range runes {
		if r == '\u200c' {
			if i == 0 || i+1 == len(runes) || !lettered(runes[:i]) || !unicode.IsLetter(runes[i+1]) {
				return r, true
			}
			continue
		}
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Bidi_Control,
			unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) || unicode.IsSpace(r) && r != ' ' {
			return r, true
		}
	}
	return 0, false
}

// lettered reports whether the last rune that is no mark is a letter.
func lettered(runes []rune) bool {
	for _, rune := range slices.Backward(runes) {
		if !unicode.IsMark(rune) {
			return unicode.IsLetter(rune)
		}
	}
	return false
}

func printableASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"", "ali", "امیر\u200cحسین", "a\u200c\u115f", "a\u200c\u200cb", "\x1b]52;c;eA==\a", "\u009b2J", "\u202e\u2066x\u2069",
		"\u2764\ufe0f\U0001f468\U0001f3fd\u200d\U0001f469", "Z\u0335\u0346\u0321\u031b\u0489", "\u0301", "a\xff\xed\xa0\x80",
		strings.Repeat("ab\u200c", 600), strings.Repeat("Z\u0335\u0346\u0321", 1030), "\u00a0\u3000\u2028\U000e0065",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, foreign string) {
		text := model.Clean(foreign)
		harmless(t, text)
		if text.String() != foreign && !text.Changed() {
			t.Errorf("%+q became %+q and does not say so", foreign, text.String())
		}
	})
}
