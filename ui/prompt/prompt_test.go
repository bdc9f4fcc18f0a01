package prompt

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestAltDTakesTheNextWordWhereverTheCursorIs(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
		want string
	}{
		{"", 0, ""},
		{"ab", 1, "a"},
		{"ab", 2, "ab"},
		{"a", 0, ""},
		{"a   ", 1, "a"},
		{"   ", 0, ""},
		{"   ", 2, "  "},
		{"one two three", 3, "one three"},
		{"one two", 0, " two"},
		{"کلید تازه", 0, " تازه"},
	} {
		p := New("", c.text)
		p.input.SetCursor(c.at)
		p.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("d"), Alt: true})
		if p.Value() != c.want || p.input.Position() != c.at {
			t.Errorf("%q at %d: %q at %d, want %q", c.text, c.at, p.Value(), p.input.Position(), c.want)
		}
	}
}
