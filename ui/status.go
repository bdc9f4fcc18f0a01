package ui

import "github.com/charmbracelet/lipgloss"

// status is the line above the keys: one sentence, until the next key.
type status struct {
	styles styles
	words  string // empty for none
	style  lipgloss.Style
}

func newStatus(st styles) *status { return &status{styles: st} }

func (s *status) say(words string)  { s.words, s.style = words, s.styles.plain }
func (s *status) warn(words string) { s.words, s.style = words, s.styles.warn }
func (s *status) hush()             { s.words = "" }

func (s *status) line(width int) string {
	if s.words == "" {
		return ""
	}
	return s.style.Render(cut(s.words, width))
}
