package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// fill asks for the values of an order.
type fill struct {
	calm
	*Desk
	errand errand
	form   *Form
}

// newFill is a form with what was filled in before, or what the fields begin with. A
// secret is typed anew.
func newFill(d *Desk, e errand) *fill {
	fields := e.fields()
	for i, field := range fields {
		if value, filled := e.order.Values[field.Key]; filled {
			fields[i].Value = value
		}
	}
	return &fill{Desk: d, errand: e, form: NewForm(d.Styles, d.Keys, d.Clock.Now, fields)}
}

// Update implements modal.
func (f *fill) Update(msg tea.Msg) (Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case press.Type == tea.KeyEsc:
		f.errand.order.Password.Wipe()
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
	f.errand.order.Password.Wipe()
	f.errand.order.Values, f.errand.order.Password = values, secret
	return f.confirm(f.errand)
}

// View implements modal.
func (f *fill) View(width, height int) string {
	return f.form.View(Capital(f.errand.words().ask), width, height)
}

// Help implements modal.
func (f *fill) Help() []key.Binding { return f.form.Help() }

// Ready implements modal: what is typed into a form changes nothing yet, and must
// not lose its first letters.
func (f *fill) Ready() Readiness { return Armed }

// Focus implements modal.
func (f *fill) Focus() Focus { return Typing }
