package keyboard

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestACommandNeedsNoChangeOfLayout(t *testing.T) {
	for layout, pair := range map[string][2]string{
		"ISIRI 9147":          {"تنلأدحسعفزقیرغطصضبظ؟", "jkgGnpsutcrdvyxwqf/?"},
		"Windows Persian":     {"تنلۀدحسعفزقیرغطصضبئآ", "jkgGnpsutcrdvyxwqfmH"},
		"Arabic 101":          {"تنلﻷىحسعفؤقيرغءصضبظ؟", "jkgGnpsutcrdvyxwqf/?"},
		"JCUKEN":              {"олпПтзыгесквнмчцйа.,", "jkgGnpsutcrdyvxwqf/?"},
		"JCUKEN, the rest":    {"фисвуапршолдьтщзйкыегмцчняю", "abcdefghijklmnopqrstuvwxyz."},
		"JCUKEN, capitals":    {"ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
		"Persian digits":      {"۰۱۲۳۴۵۶۷۸۹", "0123456789"},
		"Arabic-Indic digits": {"٠١٢٣٤٥٦٧٨٩", "0123456789"},
		"US":                  {"jkgGnpsutcrdyvwqxf/?0123456789[];'", "jkgGnpsutcrdyvwqxf/?0123456789[];'"},
		"others":              {"éñ語🔑 Ж", "éñ語🔑 Ж"},
	} {
		typed, want := []rune(pair[0]), []rune(pair[1])
		if len(typed) != len(want) {
			t.Errorf("%s: the table is crooked, %d and %d", layout, len(typed), len(want))
			continue
		}
		for i, r := range typed {
			if got := Latin(letters(string(r))).String(); got != string(want[i]) {
				t.Errorf("%s: %c is %q, want %c", layout, r, got, want[i])
			}
		}
	}
}

func letters(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }

func TestEveryLayoutHasAKeyForEachLetter(t *testing.T) {
	for _, l := range layouts() {
		if len([]rune(l.typed)) != len(l.keys) {
			t.Errorf("%q and %q differ in length", l.typed, l.keys)
		}
	}
}

func TestOnlyASingleTypedLetterIsTranslated(t *testing.T) {
	paste := letters("ت")
	paste.Paste = true
	for _, msg := range []tea.KeyMsg{paste, letters("تن"), {Type: tea.KeyEnter}, {Type: tea.KeyCtrlC}, {Type: tea.KeyRunes}} {
		if got := Latin(msg); got.String() != msg.String() {
			t.Errorf("%q became %q", msg, got)
		}
	}
	alt := letters("ت")
	alt.Alt = true
	if got := Latin(alt).String(); got != "alt+j" {
		t.Errorf("alt and ت is %q", got)
	}
	if alt.Runes[0] != 'ت' {
		t.Error("the message that came was changed")
	}
}
