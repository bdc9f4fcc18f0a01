package claim

import (
	"bytes"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/form"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

const question = "Whose key is this?"

// entry asks for the key.
type entry struct {
	order.Base
	*order.Desk
	apis []model.API
	form *form.Model
}

// Ask begins the conversation: nobody is asked yet.
func Ask(d *order.Desk, apis []model.API) (order.Modal, tea.Cmd) {
	e := &entry{Desk: d, apis: apis, form: form.New(d.Styles, d.Keys, d.Clock.Now, []model.Field{{
		Key: "key", Label: "key", Kind: model.AskSecret, Help: "Paste it, or type it. It is never shown; no system gets it before you say which.",
	}})}
	e.form.Last("go on")
	return e, nil
}

// Update implements [order.Modal].
func (e *entry) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case press.Type == tea.KeyEsc:
		e.Forget()
		e.Say("Nobody was asked.")
		return nil, nil
	case e.form.Press(press):
		return e.choose(), nil
	}
	return e, nil
}

// choose goes on with the key, without the blanks around it that a copy brings along: no key
// has any.
func (e *entry) choose() order.Modal {
	typed := e.form.Secret()
	plain := typed.RevealTo(nil)
	h := &hand{Desk: e.Desk, key: model.NewSecret(string(bytes.TrimSpace(plain)))}
	clear(plain)
	typed.Wipe()
	e.Forget()
	for _, api := range e.apis {
		h.systems = append(h.systems, newSystem(api, h.key))
	}
	h.at = max(0, slices.IndexFunc(h.systems, func(s system) bool { return s.by != model.NoPassage }))
	c := &choice{hand: h}
	c.Scroller = e.Succeeded()
	return c
}

// View implements [order.Modal].
func (e *entry) View(width, height int, _ order.Readiness) look.Box {
	return e.form.View(&e.Scroller, question, nil, width, height)
}

// Help implements [order.Modal].
func (e *entry) Help() []key.Binding { return e.form.Help() }

// Ready implements [order.Modal]: what is pasted goes nowhere yet.
func (*entry) Ready() order.Readiness { return order.Armed }

// Focus implements [order.Modal].
func (*entry) Focus() order.Focus { return order.Typing }

// Commits implements [order.Modal].
func (*entry) Commits(tea.KeyMsg) bool { return false }

// Forget implements [order.Modal].
func (e *entry) Forget() { e.form.Again() }
