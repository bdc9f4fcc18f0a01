package look

import "github.com/charmbracelet/lipgloss"

// Status is the line above the keys: one sentence, until the next key.
type Status struct {
	styles Styles
	Words  string // empty for none
	style  lipgloss.Style
}

func NewStatus(st Styles) *Status { return &Status{styles: st} }

func (s *Status) Say(words string)  { s.Words, s.style = words, s.styles.Plain }
func (s *Status) Warn(words string) { s.Words, s.style = words, s.styles.Warn }
func (s *Status) Hush()             { s.Words = "" }

func (s *Status) Line(width int) string {
	if s.Words == "" {
		return ""
	}
	return s.style.Render(Cut(s.Words, width))
}
