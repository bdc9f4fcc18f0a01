package form

import (
	"slices"

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

func (o *choiceField) view(r room) []string {
	if len(o.choices) == 0 {
		return r.nothing()
	}
	label := look.Cut(o.choices[o.at].Label, r.width-4)
	switch r.field {
	case open:
		return []string{r.Accent.Render("‹") + " " + caret.Here + label + " " + r.Accent.Render("›")}
	case idle:
		return []string{r.Faint.Render("‹ " + label + " ›")}
	case closed:
	}
	return []string{r.Faint.Render("‹") + " " + label + " " + r.Faint.Render("›")}
}

// nothing is the line of a field without a choice.
func (r room) nothing() []string {
	line := r.Faint.Render(look.Cut("nothing to choose from", r.width))
	if r.field == open {
		line = caret.Here + line
	}
	return []string{line}
}

func (*choiceField) beside() string { return "" }

func (*choiceField) hints() []string { return nil }

func (*choiceField) keys(k look.Keys) []key.Binding {
	return []key.Binding{look.Named(k.Pick, "change")}
}
