package form

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// textField is a text that is typed. One that nobody has touched is what it was at
// first, whatever the screen can show of it.
type textField struct {
	*prompt.Model
	first, shown string
}

func newTextField(value string) textField {
	p := prompt.New("", value)
	return textField{p, value, p.Value()}
}

func (l textField) press(msg tea.KeyMsg) bool {
	if msg.Paste || msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace || editing(msg) {
		l.Update(msg)
		return true
	}
	return false
}

// editing reports whether a key moves or deletes within a line.
func editing(msg tea.KeyMsg) bool {
	return slices.Contains([]tea.KeyType{
		tea.KeyBackspace, tea.KeyDelete, tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd,
		tea.KeyCtrlA, tea.KeyCtrlE, tea.KeyCtrlK, tea.KeyCtrlU, tea.KeyCtrlW,
	}, msg.Type)
}

func (l textField) value() (string, error) {
	if l.Value() == l.shown {
		return l.first, nil
	}
	return strings.TrimSpace(l.Value()), nil
}

func (l textField) view(width, _ int, open bool) []string {
	if open {
		return []string{l.View(width)}
	}
	return []string{look.Cut(l.Value(), width)}
}

func (textField) keys(look.Keys) []key.Binding { return nil }
