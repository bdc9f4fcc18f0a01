package order

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/form"
	"authdeck/ui/look"
)

// fill asks for the values of an order.
type fill struct {
	Base
	*Desk
	flow flow
	form *form.Model
}

// newFill is a form as it was left, or with what its fields begin with. A secret is typed
// anew.
func newFill(d *Desk, fl flow) *fill {
	if fl.filled == nil {
		fl.filled = form.New(d.Styles, d.Keys, d.Clock.Now, fl.fields())
	}
	fl.filled.Again()
	return &fill{Desk: d, flow: fl, form: fl.filled}
}

// Update implements [Modal].
func (f *fill) Update(msg tea.Msg) (Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case press.Type == tea.KeyEsc:
		f.Forget()
		f.Say("Nothing was done.")
		return nil, nil
	case f.form.Press(press):
		return f.submit()
	}
	return f, nil
}

// submit goes on to the question.
func (f *fill) submit() (Modal, tea.Cmd) {
	f.flow.order.Password.Wipe()
	f.flow.order.Values, f.flow.order.Password = f.form.Values(), f.form.Secret()
	if f.flow.order.Action == model.Edit {
		f.flow.order.Ends = f.flow.form.Sets(f.flow.order.Values)
	}
	return f.confirm(f.flow)
}

// View implements [Modal]: what the server will do with the values is said while they are
// filled in.
func (f *fill) View(width, height int, _ Readiness) look.Box {
	says := f.flow.review(model.Draft{Owner: f.flow.order.Owner, Values: f.form.Values()})
	return f.form.View(&f.Scroller, look.Capital(f.flow.words().Ask)+" on "+f.flow.api.Info().Name, says, width, height)
}

// Help implements [Modal].
func (f *fill) Help() []key.Binding { return f.form.Help() }

// Ready implements [Modal]: what is typed into a form changes nothing yet, and must
// not lose its first letters.
func (f *fill) Ready() Readiness { return Armed }

// Focus implements [Modal].
func (f *fill) Focus() Focus { return Typing }

// Forget implements [Modal].
func (f *fill) Forget() {
	f.flow.order.Password.Wipe()
	f.form.Again()
}
