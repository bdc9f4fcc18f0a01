package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// confirm asks the last question.
func (d *Desk) confirm(e errand) (Modal, tea.Cmd) {
	q := question{
		title:  Capital(e.words().ask) + "?",
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
func (d *Desk) facts(e errand) []string {
	var lines []string
	t, now := e.order.Token, d.Clock.Now()
	if e.order.Owner.ID != "" {
		lines = append(lines, OwnerLine(e.order.Owner))
	}
	if e.whom == oneself {
		lines = append(lines, "owner: yourself")
	}
	for _, f := range e.fields() {
		lines = append(lines, f.Label+": "+Shown(f, e.order.Values[f.Key]))
	}
	if e.order.Action.AboutOne() {
		for _, f := range slices.Concat(OptionalField("kind", t.Kind), OptionalField("description", t.Description), OptionalField("scope", t.Scope)) {
			lines = append(lines, e.before(f.Label)+f.Label+": "+f.Value)
		}
		lines = append(lines, "key since: "+Told(t.Updated, now), "expires: "+Told(t.Expires, now), "last used: "+Told(t.LastUsed, now))
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

// phrase is what a person types on a production system: the object's name.
func (e errand) phrase() string {
	switch {
	case e.order.Action.AboutOne():
		return Typable(e.order.Token.Name, e.order.Token.ID)
	case e.order.Owner.ID != "":
		return Typable(e.order.Owner.Username, e.order.Owner.ID)
	}
	return e.api.Info().Name
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
