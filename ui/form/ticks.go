package form

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/look"
)

// choicesField is any number of choices, ticked with the space bar.
type choicesField struct {
	choices []model.Choice
	ticked  map[string]bool
	at      int
}

func newChoicesField(choices []model.Choice, value string) *choicesField {
	s := &choicesField{choices: choices, ticked: map[string]bool{}}
	for v := range strings.FieldsSeq(value) {
		s.ticked[v] = true
	}
	return s
}

func (s *choicesField) press(msg tea.KeyMsg) bool {
	switch {
	case len(s.choices) == 0:
		return msg.Type == tea.KeyRunes
	case msg.Type == tea.KeySpace:
		v := s.choices[s.at].Value
		s.ticked[v] = !s.ticked[v]
	case msg.Type == tea.KeyDown && s.at < len(s.choices)-1:
		s.at++
	case msg.Type == tea.KeyUp && s.at > 0:
		s.at--
	default:
		return msg.Type == tea.KeyRunes
	}
	return true
}

func (s *choicesField) value() (string, error) {
	var values []string
	for _, c := range s.choices {
		if s.ticked[c.Value] {
			values = append(values, c.Value)
		}
	}
	return strings.Join(values, " "), nil
}

// someShown is how many choices a field shows at once.
const someShown = 6

func (s *choicesField) view(r room) []string {
	if len(s.choices) == 0 {
		return r.nothing()
	}
	shown := max(1, min(someShown, r.height-1, len(s.choices)))
	top := max(0, min(s.at-shown/2, len(s.choices)-shown))
	var lines []string
	for i := top; i < top+shown; i++ {
		lines = append(lines, s.choice(i, r))
	}
	if shown < len(s.choices) {
		value, _ := s.value()
		lines = append(lines, r.Faint.Render(look.Cut(fmt.Sprintf("%d of %d, %d ticked", s.at+1, len(s.choices), len(strings.Fields(value))), r.width)))
	}
	return lines
}

// choice is the line of one of them.
func (s *choicesField) choice(i int, r room) string {
	box := "[ ] "
	if s.ticked[s.choices[i].Value] {
		box = "[x] "
	}
	line := look.Cut(box+s.choices[i].Label, r.width-2)
	switch {
	case r.field == open && i == s.at:
		return caret.Here + r.Accent.Render("▸ ") + line
	case r.field == idle:
		return r.Faint.Render("  " + line)
	}
	return "  " + line
}

func (*choicesField) beside() string { return "" }

func (*choicesField) hints() []string { return nil }

func (*choicesField) keys(k look.Keys) []key.Binding {
	return []key.Binding{look.Named(k.Pick, "tick")}
}
