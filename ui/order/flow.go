package order

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/form"
	"authdeck/ui/look"
)

// flow is an action on its way from a key to the server: what it is about, what
// the system wants to be asked and told before, and what has been filled in.
type flow struct {
	api   model.API
	order model.Order
	form  model.Form
	whom  whom
	part  Part

	filled *form.Model // as it was left; nil before there was a form
}

// whom is what is known of the owner of a token that is made.
type whom int

const (
	notAsked whom = iota // the system does not ask, or knows
	oneself              // it asked, and the person is the owner
)

// Begin starts an order: the system says first what it has to be asked.
func (d *Desk) Begin(api model.API, a model.Action, t model.Token) (Modal, tea.Cmd) {
	return d.prepare(flow{api: api, order: model.Order{Action: a, Token: t, Draft: model.Draft{Owner: t.Owner}}})
}

// End starts the order that ends a key which was found to be somebody's. Where the system
// takes the key itself it is handed on, and asked for no second time; the order wipes it.
func (d *Desk) End(api model.API, a model.Action, c model.Claim, pasted model.Secret) (Modal, tea.Cmd) {
	if a != model.Revoke {
		pasted.Wipe()
		return d.Begin(api, a, c.Token)
	}
	return d.prepare(flow{api: api, order: model.Order{Action: a, Draft: model.Draft{Owner: c.Owner, Password: pasted}}})
}

// told is the flow after a system has said what it has to be asked: all but a secret that is
// at hand.
func (fl flow) told(form model.Form) flow {
	fl.form = form
	if !fl.order.Password.Empty() {
		fl.form.Fields = slices.DeleteFunc(slices.Clone(form.Fields), func(f model.Field) bool { return f.Kind == model.AskSecret })
	}
	return fl
}

// next is what comes next of an order: a user to pick, a form to fill in, or
// the last question.
func (d *Desk) next(fl flow) (Modal, tea.Cmd) {
	if f, ok := fl.asksUser(); ok {
		return d.pickUser(fl, f)
	}
	if len(fl.fields()) > 0 {
		return newFill(d, fl), nil
	}
	return d.confirm(fl)
}

// asksUser is the field for a user, while nobody is chosen.
func (fl flow) asksUser() (model.Field, bool) {
	i := slices.IndexFunc(fl.form.Fields, func(f model.Field) bool { return f.Kind == model.AskUser })
	if i < 0 {
		return model.Field{}, false
	}
	return fl.form.Fields[i], true
}

// fields are those that a form asks for on one screen.
func (fl flow) fields() []model.Field {
	return slices.DeleteFunc(slices.Clone(fl.form.Fields), func(f model.Field) bool { return f.Kind == model.AskUser })
}

// picked is the flow after a user was picked.
func (fl flow) picked(u model.User) flow {
	fl.order.Owner = u
	if u.ID == "" {
		fl.whom = oneself
	}
	fl.form.Fields = fl.fields()
	return fl
}

func (fl flow) words() model.Wording {
	said := fl.order.Wording()
	if fl.part.Like.ID != "" {
		return likeWords(fl.part.Like.Called())
	}
	said.Done = look.Sentences(said.Done, fl.part.Then)
	return said
}

// likeWords are those of an order that makes a token like another one.
func likeWords(old string) model.Wording {
	return model.Wording{Ask: "create a successor of " + old, Doing: "Creating a successor of " + old, Done: "The successor of " + old}
}
