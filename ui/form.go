package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
)

// form asks for the values of an order on one screen.
type form struct {
	calm
	*desk
	errand errand
	inputs []*input
	at     int // the input that takes the keys
}

// input is one field of a form.
type input struct {
	model.Field
	widget
	wrong string // what is wrong with its value; until it changes
}

// widget is how a kind of field is filled in.
type widget interface {
	press(tea.KeyMsg) (mine bool)
	value() (string, error)
	view(width, height int, open bool) []string // the lines of the value; open where the keys go
	keys(keyMap) []key.Binding
}

// newForm is a form with what was filled in before, or what the fields begin with.
// A secret is typed anew.
func newForm(d *desk, e errand) *form {
	f := &form{desk: d, errand: e}
	for _, field := range e.fields() {
		if value, filled := e.order.Values[field.Key]; filled {
			field.Value = value
		}
		f.inputs = append(f.inputs, &input{Field: field, widget: d.widgetFor(field)})
	}
	return f
}

// Update implements modal.
func (f *form) Update(msg tea.Msg) (modal, tea.Cmd) {
	if press, ok := msg.(tea.KeyMsg); ok {
		return f.key(press)
	}
	return f, nil
}

func (f *form) key(msg tea.KeyMsg) (modal, tea.Cmd) {
	in := f.inputs[f.at]
	switch {
	case msg.Type == tea.KeyEsc:
		f.errand.order.Password.Wipe()
		f.say("Nothing was done.")
		return nil, nil
	case in.press(msg):
		in.wrong = ""
	case msg.Type == tea.KeyEnter && f.at == len(f.inputs)-1:
		return f.submit()
	case msg.Type == tea.KeyEnter, msg.Type == tea.KeyTab, msg.Type == tea.KeyDown:
		f.at = min(f.at+1, len(f.inputs)-1)
	case msg.Type == tea.KeyShiftTab, msg.Type == tea.KeyUp:
		f.at = max(f.at-1, 0)
	}
	return f, nil
}

// submit goes on to the question, or to the first field that is wrong.
func (f *form) submit() (modal, tea.Cmd) {
	values := map[string]string{}
	first := -1
	for i, in := range f.inputs {
		value, err := in.checked()
		if err != nil {
			in.wrong = err.Error()
			if first < 0 {
				first = i
			}
		}
		if in.Kind == model.AskSecret {
			f.errand.order.Password.Wipe()
			f.errand.order.Password = model.NewSecret(value)
			continue
		}
		values[in.Key] = value
	}
	if first >= 0 {
		f.at = first
		return f, nil
	}
	f.errand.order.Values = values
	return f.confirm(f.errand)
}

// checked is the value, or what is wrong with it.
func (in *input) checked() (string, error) {
	value, err := in.value()
	switch {
	case err != nil:
		return "", err
	case value == "" && !in.Optional:
		return "", errNeeded
	case value != "" && in.Check != nil:
		return value, in.Check(value)
	}
	return value, nil
}

// View implements modal: the fields, with as many lines around the open one as
// there is room for.
func (f *form) View(width, height int) string {
	lines := []string{f.styles.bold.Render(cut(capital(f.errand.words().ask), width)), ""}
	top := 0
	for i, in := range f.inputs {
		begin := len(lines)
		lines = append(lines, f.draw(in, i == f.at, width, height)...)
		if i == f.at { // all of the open field, or at least its beginning
			top = max(0, min(begin, len(lines)-height))
		}
	}
	return fit(strings.Join(lines[top:], "\n"), width, height)
}

// draw is a field: its label, its value, and where the keys go also its help.
func (f *form) draw(in *input, open bool, width, height int) []string {
	label, mark, style := in.Label, "  ", f.styles.faint
	if in.Optional {
		label += " (optional)"
	}
	if open {
		mark, style = "› ", f.styles.accent
	}
	lines := []string{style.Render(mark + label)}
	for _, line := range in.view(width-4, max(1, height-2), open) {
		lines = append(lines, "    "+line)
	}
	if in.wrong != "" {
		lines = f.add(lines, f.styles.warn, "✗ "+in.wrong, width)
	}
	if open && in.Help != "" {
		lines = f.add(lines, f.styles.faint, in.Help, width)
	}
	return lines
}

func (f *form) add(lines []string, style lipgloss.Style, text string, width int) []string {
	for _, line := range wrap(text, width-4) {
		lines = append(lines, "    "+style.Render(line))
	}
	return lines
}

// Help implements modal.
func (f *form) Help() []key.Binding {
	onward := named(f.keys.enter, "next field")
	if f.at == len(f.inputs)-1 {
		onward = named(f.keys.enter, "go on")
	}
	return append(append([]key.Binding{onward, named(f.keys.back, "leave")}, f.inputs[f.at].keys(f.keys)...), f.keys.field)
}

// Ready implements modal: what is typed into a form changes nothing yet, and must
// not lose its first letters.
func (f *form) Ready() readiness { return armed }

// Focus implements modal.
func (f *form) Focus() focus { return typing }
