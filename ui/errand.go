package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// errand is an action on its way from a key to the server: what it is about, what
// the system wants to be asked and told before, and what has been filled in.
type errand struct {
	api   model.API
	order model.Order
	form  model.Form
	whom  whom
}

// whom is what is known of the owner of a token that is made.
type whom int

const (
	notAsked whom = iota // the system does not ask, or knows
	oneself              // it asked, and the person is the owner
)

// Begin starts an errand: the system says first what it has to be asked.
func (d *Desk) Begin(api model.API, a model.Action, t model.Token) (Modal, tea.Cmd) {
	return d.prepare(errand{api: api, order: model.Order{Action: a, Token: t, Draft: model.Draft{Owner: t.Owner}}})
}

// further is what comes next of an errand: a user to pick, a form to fill in, or
// the last question.
func (d *Desk) further(e errand) (Modal, tea.Cmd) {
	if f, ok := e.asksUser(); ok {
		return d.pickUser(e, f)
	}
	if len(e.fields()) > 0 {
		return newFill(d, e), nil
	}
	return d.confirm(e)
}

// asksUser is the field for a user, while nobody is chosen.
func (e errand) asksUser() (model.Field, bool) {
	i := slices.IndexFunc(e.form.Fields, func(f model.Field) bool { return f.Kind == model.AskUser })
	if i < 0 {
		return model.Field{}, false
	}
	return e.form.Fields[i], true
}

// fields are those that a form asks for on one screen.
func (e errand) fields() []model.Field {
	return slices.DeleteFunc(slices.Clone(e.form.Fields), func(f model.Field) bool { return f.Kind == model.AskUser })
}

// chose is the errand after a user was picked.
func (e errand) chose(u model.User) errand {
	e.order.Owner = u
	if u.ID == "" {
		e.whom = oneself
	}
	e.form.Fields = e.fields()
	return e
}

// wording is an errand in words: as a question, while it is done, and after.
type wording struct{ ask, doing, done string }

func (e errand) words() wording {
	what, whose := TokenName(e.order.Token), ""
	if owner := e.order.Owner; owner.ID != "" {
		whose = " of " + Marked(owner.Username)
	}
	forWhom := strings.Replace(whose, " of ", " for ", 1)
	return map[model.Action]wording{
		model.Create:     {"create a token" + forWhom, "Creating a token" + forWhom, "The new token" + whose},
		model.Edit:       {"change " + what, "Changing " + what, "Changed: " + what + "."},
		model.Regenerate: {"regenerate " + what, "Regenerating " + what, "The new key of " + what},
		model.Replace:    {"delete " + what + " and create one like it", "Replacing " + what, "The new key of " + what},
		model.Delete:     {"delete " + what, "Deleting " + what, "Deleted: " + what + "."},
		model.Revoke:     {"revoke the pasted key", "Revoking the pasted key", "The pasted key: the order was sent."},
		model.Reveal:     {"show the key of " + what, "Fetching the key of " + what, "The key of " + what},
	}[e.order.Action]
}
