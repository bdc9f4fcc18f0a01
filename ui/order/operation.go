package order

import (
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// operation is one write: what is read while it is under way and after it, and
// what does it.
type operation struct {
	api     model.API
	order   model.Order
	system  string                              // its name, for the file of a key
	ask     string                              // "delete token #31 of sara"
	doing   string                              // "Deleting token #31 of sara"
	done    string                              // "Token #31 of sara is deleted."
	named   func(model.Token) string            // done, of the token that the answer names; nil for done itself
	sign    string                              // how an uncertain end can be told; empty for by the list alone
	instead func(model.Action) (Modal, tea.Cmd) // what is offered where the system has no such write
	back    func() Modal                        // to the form that it was filled in on; nil without one
	forget  func()                              // what was typed in secret; nil without that
	shows   showing
	witness Witness // hears of it where it is sent; nil for nobody
}

// showing is whether a key that comes back can be had again. That a system shows
// keys does not say that it shows this one to this account: authentik gives a
// right of its own for that.
type showing int

const (
	once     showing = iota
	perhaps          // the system shows keys to those who may see them
	repeated         // it was not made but read from the system just now
)

// operation is the write itself.
func (d *Desk) operation(fl flow) operation {
	api, order, said := fl.api, fl.order, fl.words()
	info := api.Info()
	op := operation{
		api: api, order: order, system: info.Name, ask: said.Ask, doing: said.Doing, done: said.Done, sign: ownSign(order),
		shows:   again(order.Action, info),
		instead: func(a model.Action) (Modal, tea.Cmd) { return d.Begin(api, a, about(a, order.Token)) },
		forget:  order.Password.Wipe,
		witness: fl.part.Witness,
	}
	if order.Action.AboutOne() {
		op.named = func(t model.Token) string {
			fl.order.Token = t
			return fl.words().Done
		}
	}
	if len(fl.fields()) > 0 {
		op.back = func() Modal { return newFill(d, fl) }
	}
	return op
}

// again is whether the key can be had again, if nobody takes it now.
func again(a model.Action, info model.Info) showing {
	switch {
	case a == model.Reveal:
		return repeated
	case info.Missing[model.Reveal] == "":
		return perhaps
	}
	return once
}

// about is the token that an action is about; one that is not there yet is none.
func about(a model.Action, t model.Token) model.Token {
	if a.AboutOne() {
		return t
	}
	return model.Token{}
}

// ownSign is how a lost change of the console's own token shows.
func ownSign(o model.Order) string {
	if !o.Token.Own {
		return ""
	}
	return "authdeck signs in with this token: if it is refused from now on, it happened."
}
