// Package prompt is a bubble for one line that a person types or pastes. It does not know
// what the line is for, and changes nothing of what is typed into it.
package prompt

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/caret"
)

// Model is a line that a person types into. It is written by hand because the input of
// bubbles 1.0.0 makes blanks of line breaks and tabs, cuts what is long, and panics where
// a word is deleted at the end.
type Model struct {
	label     string
	hint      string
	line      line
	lines     bool
	complaint string // what is wrong with it; until the next key

	completion completion
	recall     recall

	faint, chosen lipgloss.Style // of what can be typed, and of the candidate that stands in the line
}

// New is ready to type.
func New(label, value string) *Model {
	p := &Model{label: label}
	p.line.insert([]rune(value))
	p.line.at = len(p.line.runes)
	return p
}

// Lines lets the line have line breaks in it, also at its ends. They are shown as their
// pictures.
func (p *Model) Lines() { p.lines = true }

// Hint says what can be typed, as long as nothing is.
func (p *Model) Hint(words string) { p.hint = words }

// Dress draws what can be typed so, and so the candidate that stands in the line: as the rest of
// the screen is drawn, whose colours no line asks a terminal for.
func (p *Model) Dress(faint, chosen lipgloss.Style) { p.faint, p.chosen = faint, chosen }

// Complain says what is wrong with what was typed.
func (p *Model) Complain(words string) { p.complaint = model.Clean(words).String() }

// Put sets the cursor before a letter of the line, counted from 0, or at its end.
func (p *Model) Put(at int) { p.line.at = max(0, min(at, len(p.line.runes))) }

// Update takes typed keys, and what is pasted, as it is. Terminals give a line break of
// a paste as CR; the one at its end, which comes along with a copied line, is no part of
// a text that has no line breaks.
func (p *Model) Update(msg tea.KeyMsg) {
	p.complaint = ""
	if step := p.turned(msg); step != 0 {
		p.complete(step)
		return
	}
	if step := p.recalled(msg); step != 0 {
		p.remember(step)
		return
	}
	defer p.offer()
	switch {
	case msg.Paste:
		text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(msg.Runes))
		if !p.lines {
			text = strings.Trim(text, "\n")
		}
		p.line.insert([]rune(text))
	case (msg.Type != tea.KeyRunes || msg.Alt) && p.line.press(msg.String()):
	case msg.Type == tea.KeyRunes, msg.Type == tea.KeySpace:
		p.line.insert(msg.Runes)
	}
}

// Value is what was typed, and what was there at first.
func (p *Model) Value() string { return string(p.line.runes) }

// View is the line in a width, with what is wrong with it behind, or in [Model.Offered]. The terminal's own cursor
// stands in it: where a letter would be put, or on the blank after the last one.
func (p *Model) View(width int) string {
	behind := ""
	if p.complaint != "" && p.completion.find == nil {
		behind = "  ✗ " + p.complaint
	}
	room := max(1, width-ansi.StringWidth(p.label)-1-ansi.StringWidth(behind))
	if len(p.line.runes) == 0 && p.hint != "" {
		hint := ansi.Truncate(p.hint, room, "…")
		return p.label + caret.Here + p.faint.Inline(true).Render(hint) + behind
	}
	return p.label + p.line.view(room) + behind
}
