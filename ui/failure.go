package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// failure says how a write ended that did not succeed, and stays until it is
// read.
type failure struct {
	calm
	*desk
	op  operation
	err error
}

func newFailure(d *desk, op operation, err error) *failure {
	return &failure{desk: d, op: op, err: err}
}

// offers reports whether there is something to do instead.
func (f *failure) offers() bool {
	return f.op.otherwise != nil && model.KindOf(f.err) == model.Unsupported
}

// Update implements modal.
func (f *failure) Update(msg tea.Msg) (modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case f.offers() && key.Matches(press, f.keys.regenerate):
		return f.op.otherwise()
	case key.Matches(press, f.keys.enter, f.keys.back):
		return nil, nil
	}
	return f, nil
}

// View implements modal.
func (f *failure) View(width, height int) string {
	title := f.op.doing + ": failed"
	if model.KindOf(f.err) == model.Uncertain {
		title = f.op.doing + ": nobody knows"
	}
	body := []string{sentence(f.err), aftermath(f.err)}
	if f.op.sign != "" && model.KindOf(f.err) == model.Uncertain {
		body = append(body, f.op.sign)
	}
	return f.dialog(width, height, true, title, body...)
}

// Help implements modal.
func (f *failure) Help() []key.Binding {
	keys := []key.Binding{named(f.keys.enter, "understood")}
	if f.offers() {
		keys = append(keys, named(f.keys.regenerate, "regenerate instead"))
	}
	return keys
}
