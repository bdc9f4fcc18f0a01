package form

import (
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/look"
)

// Model asks for values on one screen, a field each.
type Model struct {
	keys   look.Keys
	styles look.Styles
	inputs []*input
	at     int // the input that takes the keys
}

// New is a form with what the fields begin with; now is what spans of time count
// from.
func New(st look.Styles, k look.Keys, now func() time.Time, fields []model.Field) *Model {
	f := &Model{keys: k, styles: st}
	for _, field := range fields {
		f.inputs = append(f.inputs, &input{Field: field, widget: widgetFor(field, now)})
	}
	return f
}

// Press takes a key; it says whether that was the last word, and every value is as
// it has to be. The first field that is wrong gets the keys otherwise.
func (f *Model) Press(msg tea.KeyMsg) (filled bool) {
	in := f.inputs[f.at]
	switch {
	case in.press(msg):
		in.wrong = ""
	case msg.Type == tea.KeyEnter && f.at == len(f.inputs)-1:
		return f.check()
	case msg.Type == tea.KeyEnter, msg.Type == tea.KeyTab, msg.Type == tea.KeyDown:
		f.at = min(f.at+1, len(f.inputs)-1)
	case msg.Type == tea.KeyShiftTab, msg.Type == tea.KeyUp:
		f.at = max(f.at-1, 0)
	}
	return false
}

func (f *Model) check() (right bool) {
	first := -1
	for i, in := range f.inputs {
		if _, err := in.checked(); err != nil {
			in.wrong = model.Clean(err.Error()).String() // it may quote the value
			if first < 0 {
				first = i
			}
		}
	}
	if first >= 0 {
		f.at = first
	}
	return first < 0
}

// Values are what was filled in, by the fields' keys; a secret stands apart.
func (f *Model) Values() (values map[string]string, secret model.Secret) {
	values = map[string]string{}
	for _, in := range f.inputs {
		value, _ := in.value()
		if in.Kind == model.AskSecret {
			secret = model.NewSecret(value)
			continue
		}
		values[in.Key] = value
	}
	return values, secret
}

// View is a title and the fields, with as many lines around the open one as there is
// room for.
func (f *Model) View(title string, width, height int) string {
	lines := []string{f.styles.Bold.Render(look.Cut(title, width)), ""}
	top := 0
	for i, in := range f.inputs {
		begin := len(lines)
		lines = append(lines, f.draw(in, i == f.at, width, height)...)
		if i == f.at { // all of the open field, or at least its beginning
			top = max(0, min(begin, len(lines)-height))
		}
	}
	return look.Fit(strings.Join(lines[top:], "\n"), width, height)
}

// draw is a field: its label, its value, and where the keys go also its help.
func (f *Model) draw(in *input, open bool, width, height int) []string {
	label, mark, style := in.Label, "  ", f.styles.Faint
	if in.Optional {
		label += " (optional)"
	}
	if open {
		mark, style = "› ", f.styles.Accent
	}
	lines := []string{style.Render(mark + label)}
	for _, line := range in.view(width-4, max(1, height-2), open) {
		lines = append(lines, "    "+line)
	}
	if in.wrong != "" {
		lines = f.add(lines, f.styles.Warn, "✗ "+in.wrong, width)
	}
	if open && in.Help != "" {
		lines = f.add(lines, f.styles.Faint, in.Help, width)
	}
	return lines
}

func (f *Model) add(lines []string, style lipgloss.Style, text string, width int) []string {
	for _, line := range look.Wrap(text, width-4) {
		lines = append(lines, "    "+style.Render(line))
	}
	return lines
}

// Help are the keys of the form: on, leave, and those of the field.
func (f *Model) Help() []key.Binding {
	onward := look.Named(f.keys.Enter, "next field")
	if f.at == len(f.inputs)-1 {
		onward = look.Named(f.keys.Enter, "go on")
	}
	return append(append([]key.Binding{onward, look.Named(f.keys.Back, "leave")}, f.inputs[f.at].keys(f.keys)...), f.keys.Field)
}
