package order

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/form"
	"authdeck/ui/look"
)

// confirm asks the last question.
func (d *Desk) confirm(fl flow) (Modal, tea.Cmd) {
	q := question{
		title:  look.Capital(fl.words().ask) + "?",
		danger: fl.form.Danger,
		body:   slices.Concat(fl.review(), fl.form.Warnings, []string{strings.Join(d.facts(fl), "\n")}),
	}
	if fl.api.Info().Production && fl.order.Action.Writes() {
		q.phrase = fl.phrase()
	}
	return d.ask(q, d.operation(fl))
}

// review is what the system has to say of what was filled in.
func (fl flow) review() []string {
	if fl.form.Review == nil {
		return nil
	}
	return fl.form.Review(fl.order.Draft)
}

// facts are what the question is about, a line each.
func (d *Desk) facts(fl flow) []string {
	var lines []string
	t, now := fl.order.Token, d.Clock.Now()
	if fl.order.Owner.ID != "" {
		lines = append(lines, look.OwnerLine(fl.order.Owner))
	}
	if fl.whom == oneself {
		lines = append(lines, "owner: yourself")
	}
	for _, f := range fl.fields() {
		lines = append(lines, f.Label+": "+form.Shown(f, fl.order.Values[f.Key]))
	}
	if fl.order.Action.AboutOne() {
		for _, f := range slices.Concat(look.OptionalField("kind", t.Kind), look.OptionalField("description", t.Description), look.OptionalField("scope", t.Scope)) {
			lines = append(lines, fl.before(f.Label)+f.Label+": "+f.Value)
		}
		lines = append(lines, "key since: "+look.Told(t.Updated, now), "expires: "+look.Told(t.Expires, now), "last used: "+look.Told(t.LastUsed, now))
	}
	return append(lines, d.inSystem(fl.api))
}

// before marks what a token has of a field that is filled in anew.
func (fl flow) before(label string) string {
	if slices.ContainsFunc(fl.fields(), func(f model.Field) bool { return f.Label == label }) {
		return "until now, "
	}
	return ""
}

// phrase is what a person types on a production system: the object's name.
func (fl flow) phrase() string {
	switch {
	case fl.order.Action.AboutOne():
		return look.Typable(fl.order.Token.Name, fl.order.Token.ID)
	case fl.order.Owner.ID != "":
		return look.Typable(fl.order.Owner.Username, fl.order.Owner.ID)
	}
	return fl.api.Info().Name
}

// inSystem names the system: the same user may be in another one.
func (d *Desk) inSystem(api model.API) string {
	info := api.Info()
	words := info.Name + " (" + info.Kind + ", " + info.Host + ")"
	if info.Production {
		return d.Styles.Alarm.Render(" PRODUCTION ") + " " + words
	}
	return "in " + words
}
