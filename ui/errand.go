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

// begin starts an errand: the system says first what it has to be asked.
func (d *desk) begin(api model.API, a model.Action, t model.Token) (modal, tea.Cmd) {
	return d.prepare(errand{api: api, order: model.Order{Action: a, Token: t, Draft: model.Draft{Owner: t.Owner}}})
}

// further is what comes next of an errand: a user to pick, a form to fill in, or
// the last question.
func (d *desk) further(e errand) (modal, tea.Cmd) {
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

// confirm asks the last question.
func (d *desk) confirm(e errand) (modal, tea.Cmd) {
	q := question{
		title:  capital(e.words().ask) + "?",
		danger: e.form.Danger,
		body:   slices.Concat(e.review(), e.form.Warnings, []string{strings.Join(d.facts(e), "\n")}),
	}
	if e.api.Info().Production && e.order.Action.Writes() {
		q.phrase = e.phrase()
	}
	return d.ask(q, d.operation(e))
}

// review is what the system has to say of what was filled in.
func (e errand) review() []string {
	if e.form.Review == nil {
		return nil
	}
	return e.form.Review(e.order.Draft)
}

// facts are what the question is about, a line each.
func (d *desk) facts(e errand) []string {
	var lines []string
	t, now := e.order.Token, d.Clock.Now()
	if e.order.Owner.ID != "" {
		lines = append(lines, whose(e.order.Owner))
	}
	if e.whom == oneself {
		lines = append(lines, "owner: yourself")
	}
	for _, f := range e.fields() {
		lines = append(lines, f.Label+": "+e.filled(f))
	}
	if e.order.Action.AboutOne() {
		for _, f := range slices.Concat(given("kind", t.Kind), given("description", t.Description), given("scope", t.Scope)) {
			lines = append(lines, e.before(f.label)+f.label+": "+f.value)
		}
		lines = append(lines, "key since: "+told(t.Updated, now), "expires: "+told(t.Expires, now), "last used: "+told(t.LastUsed, now))
	}
	return append(lines, d.inSystem(e.api))
}

// before marks what a token has of a field that is filled in anew.
func (e errand) before(label string) string {
	if slices.ContainsFunc(e.fields(), func(f model.Field) bool { return f.Label == label }) {
		return "until now, "
	}
	return ""
}

// filled is a value as the question shows it.
func (e errand) filled(f model.Field) string {
	value := e.order.Values[f.Key]
	switch {
	case f.Kind == model.AskSecret:
		return "as typed"
	case value == "":
		return "none"
	case f.Kind == model.AskChoice:
		return labelOf(f.Choices, value)
	case f.Kind == model.AskTime:
		return asTyped(value) + " UTC"
	}
	return value
}

// phrase is what a person types on a production system: the object's name.
func (e errand) phrase() string {
	switch {
	case e.order.Action.AboutOne():
		return typable(e.order.Token.Name, e.order.Token.ID)
	case e.order.Owner.ID != "":
		return typable(e.order.Owner.Username, e.order.Owner.ID)
	}
	return e.api.Info().Name
}

// operation is the write itself.
func (d *desk) operation(e errand) operation {
	api, order, w := e.api, e.order, e.words()
	info := api.Info()
	op := operation{
		api: api, order: order, system: info.Name, ask: w.ask, doing: w.doing, done: w.done, sign: ownSign(order),
		shows:   again(order.Action, info),
		instead: func(a model.Action) (modal, tea.Cmd) { return d.begin(api, a, about(a, order.Token)) },
		forget:  order.Password.Wipe,
	}
	if order.Action.AboutOne() {
		op.named = func(t model.Token) string {
			e.order.Token = t
			return e.words().done
		}
	}
	if len(e.fields()) > 0 {
		op.back = func() modal { return newFill(d, e) }
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

// wording is an errand in words: as a question, while it is done, and after.
type wording struct{ ask, doing, done string }

func (e errand) words() wording {
	what, whose := called(e.order.Token), ""
	if owner := e.order.Owner; owner.ID != "" {
		whose = " of " + marked(owner.Username)
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

// inSystem names the system: the same user may be in another one.
func (d *desk) inSystem(api model.API) string {
	info := api.Info()
	words := info.Name + " (" + info.Kind + ", " + info.Host + ")"
	if info.Production {
		return d.styles.alarm.Render(" PRODUCTION ") + " " + words
	}
	return "in " + words
}
