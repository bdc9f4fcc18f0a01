package look

import "github.com/charmbracelet/lipgloss"

// Status is the line above the keys: one sentence, until the next key.
type Status struct {
	styles Styles
	Words  string // empty for none
	style  lipgloss.Style
}

// NewStatus is a line that says nothing.
func NewStatus(st Styles) *Status { return &Status{styles: st} }

// Say puts a sentence there.
func (s *Status) Say(words string) { s.Words, s.style = words, s.styles.Plain }

// Warn puts a sentence there that wants attention.
func (s *Status) Warn(words string) { s.Words, s.style = words, s.styles.Warn }

// Hush takes the sentence away.
func (s *Status) Hush() { s.Words = "" }

// Lines are the sentence in a width, on as many lines as it takes and there may be; none for
// none.
func (s *Status) Lines(width, most int) []string {
	if s.Words == "" {
		return nil
	}
	return Block(s.style, s.Words, width, most)
}

// Line is the sentence in a width; empty for none.
func (s *Status) Line(width int) string {
	if s.Words == "" {
		return ""
	}
	return s.style.Render(Cut(s.Words, width))
}
