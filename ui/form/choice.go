package form

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/look"
)

// choiceField is a choice among few: the arrows and the space bar go through them.
type choiceField struct {
	choices []model.Choice
	at      int
}

func newChoiceField(choices []model.Choice, value string) *choiceField {
	return &choiceField{choices, max(0, slices.IndexFunc(choices, func(c model.Choice) bool { return c.Value == value }))}
}

func (o *choiceField) press(msg tea.KeyMsg) bool {
	step := map[tea.KeyType]int{tea.KeySpace: 1, tea.KeyRight: 1, tea.KeyLeft: len(o.choices) - 1}[msg.Type]
	if step == 0 || len(o.choices) == 0 {
		return msg.Type == tea.KeyRunes // letters mean nothing here, and are nobody else's
	}
	o.at = (o.at + step) % len(o.choices)
	return true
}

func (o *choiceField) value() (string, error) {
	if len(o.choices) == 0 {
		return "", nil
	}
	return o.choices[o.at].Value, nil
}

func (o *choiceField) view(width, _ int, open bool) []string {
	if len(o.choices) == 0 {
		return []string{nothing(open)}
	}
	label := o.choices[o.at].Label
	if open {
		label = "‹ " + caret.Here + label + " ›"
	}
	return []string{look.Cut(label, width)}
}

// nothing is the line of a field without a choice.
func nothing(open bool) string {
	if open {
		return caret.Here + "nothing to choose from"
	}
	return "nothing to choose from"
}

func (*choiceField) keys(k look.Keys) []key.Binding {
	return []key.Binding{look.Named(k.Pick, "change")}
}

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

// someShown is how many choices an open field shows at once.
const someShown = 6

func (s *choicesField) view(width, height int, open bool) []string {
	if value, _ := s.value(); !open {
		return []string{look.Cut(value, width)}
	}
	room := max(1, min(someShown, height-1))
	top := max(0, min(s.at-room/2, len(s.choices)-room))
	var lines []string
	for i := top; i < min(top+room, len(s.choices)); i++ {
		mark, box := "  ", "[ ] "
		if i == s.at {
			mark = caret.Here + "▸ "
		}
		if s.ticked[s.choices[i].Value] {
			box = "[x] "
		}
		lines = append(lines, look.Cut(mark+box+s.choices[i].Label, width))
	}
	if len(lines) == 0 {
		return []string{nothing(open)}
	}
	return append(lines, fmt.Sprintf("%d of %d", s.at+1, len(s.choices)))
}

func (*choicesField) keys(k look.Keys) []key.Binding {
	return []key.Binding{look.Named(k.Pick, "tick")}
}
