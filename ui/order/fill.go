package order

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/form"
	"authdeck/ui/look"
)

// fill asks for the values of an order.
type fill struct {
	base
	*Desk
	flow flow
	form *form.Model
}

// newFill is a form with what was filled in before, or what the fields begin with. A
// secret is typed anew.
func newFill(d *Desk, fl flow) *fill {
	fields := fl.fields()
	for i, field := range fields {
		if value, filled := fl.order.Values[field.Key]; filled {
			fields[i].Value = value
		}
	}
	return &fill{Desk: d, flow: fl, form: form.New(d.Styles, d.Keys, d.Clock.Now, fields)}
}

// Update implements [Modal].
func (f *fill) Update(msg tea.Msg) (Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case press.Type == tea.KeyEsc:
		f.flow.order.Password.Wipe()
		f.Say("Nothing was done.")
		return nil, nil
	case f.form.Press(press):
		return f.submit()
	}
	return f, nil
}

// submit goes on to the question.
func (f *fill) submit() (Modal, tea.Cmd) {
	values, secret := f.form.Values()
	f.flow.order.Password.Wipe()
	f.flow.order.Values, f.flow.order.Password = values, secret
	return f.confirm(f.flow)
}

// View implements [Modal].
func (f *fill) View(width, height int, _ Readiness) look.Box {
	return look.Whole(f.form.View(look.Capital(f.flow.words().ask), width, height))
}

// Help implements [Modal].
func (f *fill) Help() []key.Binding { return f.form.Help() }

// Ready implements [Modal]: what is typed into a form changes nothing yet, and must
// not lose its first letters.
func (f *fill) Ready() Readiness { return Armed }

// Focus implements [Modal].
func (f *fill) Focus() Focus { return Typing }
