// Package prompt is a bubble for one line that a person types or pastes. It does not know
// what the line is for.
package prompt

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// Model is a line that a person types into.
type Model struct {
	input     textinput.Model
	complaint string // what is wrong with it; until the next key
}

// New is ready to type. Its cursor does not blink: a blink is bytes on
// the line, for ever.
func New(label, value string) *Model {
	input := textinput.New()
	input.Prompt = label
	input.CharLimit = 1024 // of letters, as many as a foreign text keeps
	input.SetValue(value)
	input.Cursor.SetMode(cursor.CursorStatic)
	input.Focus()
	return &Model{input: input}
}

// Hint says what can be typed, as long as nothing is.
func (p *Model) Hint(words string) { p.input.Placeholder = words }

// Complain says what is wrong with what was typed.
func (p *Model) Complain(words string) { p.complaint = words }

// Update takes typed keys. What is pasted is foreign text like any other.
func (p *Model) Update(msg tea.KeyMsg) {
	p.complaint = ""
	if msg.Paste {
		msg.Runes = []rune(model.Clean(string(msg.Runes)).String())
	}
	if key.Matches(msg, p.input.KeyMap.DeleteWordForward) {
		p.deleteWord()
		return
	}
	p.input, _ = p.input.Update(msg)
}

// deleteWord takes away the word behind the cursor. That of bubbles 1.0.0 panics
// where the cursor is on the last letter, or only blanks follow.
func (p *Model) deleteWord() {
	text, at := []rune(p.input.Value()), p.input.Position()
	p.input, _ = p.input.Update(tea.KeyMsg{Type: tea.KeyRight, Alt: true}) // a word on
	p.input.SetValue(string(text[:at]) + string(text[p.input.Position():]))
	p.input.SetCursor(at)
}

// Value is what was typed.
func (p *Model) Value() string { return p.input.Value() }

// View is the line in a width, with what is wrong with it behind.
func (p *Model) View(width int) string {
	if p.complaint != "" {
		width -= len(p.complaint) + 4
	}
	p.input.Width = max(1, width-len(p.input.Prompt)-2)
	if p.complaint != "" {
		return p.input.View() + "  ✗ " + p.complaint
	}
	return p.input.View()
}
