package ui

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// prompt is a line that a person types into.
type prompt struct{ input textinput.Model }

// newPrompt is ready to type. Its cursor does not blink: a blink is bytes on
// the line, for ever.
func newPrompt(label, value string) *prompt {
	input := textinput.New()
	input.Prompt = label
	input.CharLimit = 200
	input.SetValue(value)
	input.Cursor.SetMode(cursor.CursorStatic)
	input.Focus()
	return &prompt{input}
}

// Update takes typed keys. What is pasted is foreign text like any other.
func (p *prompt) Update(msg tea.KeyMsg) {
	if msg.Paste {
		msg.Runes = []rune(model.Clean(string(msg.Runes)).String())
	}
	p.input, _ = p.input.Update(msg)
}

func (p *prompt) Value() string { return p.input.Value() }

func (p *prompt) View(width int) string {
	p.input.Width = max(1, width-len(p.input.Prompt)-2)
	return p.input.View()
}
