package form

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
)

// Model asks for values on one screen, a field each.
type Model struct {
	keys   look.Keys
	styles look.Styles
	inputs []*input
	at     int // the input that takes the keys
	seat   seat
	last   string // what follows the form, as its keys say
}

// New is a form with what the fields begin with; now is what spans of time count
// from.
func New(st look.Styles, k look.Keys, now func() time.Time, fields []model.Field) *Model {
	f := &Model{keys: k, styles: st, last: k.Onward.Help().Desc}
	for _, field := range fields {
		f.inputs = append(f.inputs, &input{Field: field, widget: widgetFor(field, now)})
	}
	f.Again()
	return f
}

// Last says what follows the form, where that is no question.
func (f *Model) Last(what string) { f.last = what }

// Again begins at the first field, with what was filled in before. A secret is typed anew.
func (f *Model) Again() {
	for _, in := range f.inputs {
		if s, is := in.widget.(*secretField); is {
			s.forget()
		}
	}
	f.at = -1
	f.at = max(0, f.next(1))
}

// Press takes a key; it says whether that was the last word, and every value is as
// it has to be. The first field that is wrong gets the keys otherwise.
func (f *Model) Press(msg tea.KeyMsg) (filled bool) {
	in := f.inputs[f.at]
	switch {
	case key.Matches(msg, f.keys.Onward), msg.Type == tea.KeyEnter && f.next(1) == f.at:
		return f.check()
	case in.press(msg):
		in.wrong = ""
	case msg.Type == tea.KeyEnter, msg.Type == tea.KeyTab, msg.Type == tea.KeyDown:
		f.at = f.next(1)
	case msg.Type == tea.KeyShiftTab, msg.Type == tea.KeyUp:
		f.at = f.next(-1)
	}
	return false
}

// next is the nearest field in a direction that counts; the present one where none does.
func (f *Model) next(step int) int {
	values := f.held()
	for at := f.at + step; at >= 0 && at < len(f.inputs); at += step {
		if f.inputs[at].Idles(values) == "" {
			return at
		}
	}
	return f.at
}

func (f *Model) check() (right bool) {
	first, values := -1, f.held()
	for i, in := range f.inputs {
		in.wrong = ""
		if in.Idles(values) != "" {
			continue
		}
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

// held are the values of all fields, whether they count or not.
func (f *Model) held() map[string]string {
	values := map[string]string{}
	for _, in := range f.inputs {
		if in.Kind != model.AskSecret {
			values[in.Key], _ = in.value()
		}
	}
	return values
}

// Values are what was filled in, by the keys of the fields that count. A secret is none of
// them.
func (f *Model) Values() map[string]string {
	held := f.held()
	values := map[string]string{}
	for _, in := range f.inputs {
		if value, plain := held[in.Key]; plain && in.Idles(held) == "" {
			values[in.Key] = value
		}
	}
	return values
}

// Secret is the password or the key that was filled in; the absent one without such a field.
func (f *Model) Secret() model.Secret {
	for _, in := range f.inputs {
		if in.Kind == model.AskSecret {
			value, _ := in.value()
			return model.NewSecret(value)
		}
	}
	return model.Secret{}
}

// Help are the keys of the form: on, those of the field, and leave.
func (f *Model) Help() []key.Binding { return f.help(f.at) }

// help are the keys at a field. The tabulator, which everybody knows, is not told where the
// field has keys of its own: all of them stand on one line of a box.
func (f *Model) help(at int) []key.Binding {
	own := f.inputs[at].keys(f.keys)
	keys := append([]key.Binding{look.Named(f.keys.Enter, "next")}, own...)
	keys = append(keys, look.Named(f.keys.Back, "leave"))
	if f.at == at && f.next(1) == at {
		keys[0] = look.Named(f.keys.Enter, f.last)
	} else {
		keys = append(keys, look.Named(f.keys.Onward, f.last))
	}
	if len(f.inputs) > 1 && len(own) == 0 {
		keys = append(keys, f.keys.Field)
	}
	return keys
}
