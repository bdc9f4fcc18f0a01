package order

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/form"
	"authdeck/ui/look"
)

// confirm asks the last question.
func (d *Desk) confirm(fl flow) (Modal, tea.Cmd) {
	op := d.operation(fl)
	q := Question{
		Title:  look.Capital(fl.words().Ask) + "?",
		Danger: fl.form.Danger,
		Mood:   fl.mood(),
		Verb:   fl.verb(),
		Says:   slices.Concat(fl.part.Says, d.alone(fl), fl.review(fl.order.Draft), fl.form.Warnings, fl.form.Now),
		About:  append(d.facts(fl), fl.part.About...),
		Back:   op.back,
		Away:   "back to the form",
		Forget: op.forget,
	}
	if first := slices.Concat(fl.part.Says, fl.form.Warnings); q.Danger && len(first) > 0 {
		q.Heed = first[0]
	}
	q.Phrase, q.Why = fl.order.Phrase(fl.api.Info())
	q.Yes = func(from *look.Scroller) (Modal, tea.Cmd) {
		b, cmd := d.start(op)
		b.Scroller, b.about = from.Seated(), q.About
		return b, cmd
	}
	return d.Ask(q)
}

// alone says that an order is about one token, where a person may have others in mind.
func (d *Desk) alone(fl flow) []string {
	one := d.Marks.Has(fl.api.Info().Name, fl.order.Token.ID)
	switch n := d.Marks.Len(); {
	case !fl.order.Action.AboutOne(), n == 0, n == 1 && one:
		return nil
	case n == 1:
		return []string{"This is about this token alone, and not about the one that is marked."}
	default:
		return []string{"This is about this token alone, and not about the " + look.Thousands(n) + " that are marked."}
	}
}

// review is what the system has to say of what was filled in.
func (fl flow) review(d model.Draft) []string {
	if fl.form.Review == nil {
		return nil
	}
	return fl.form.Review(d)
}

// verb is what yes does, in a word.
func (fl flow) verb() string {
	switch fl.order.Action {
	case model.Reveal:
		return "show the key"
	case model.Edit:
		return "change"
	default:
		return fl.order.Action.String()
	}
}

// mood is what the question looks like: red where something is ended for good, or on a
// production system.
func (fl flow) mood() look.Mood {
	a := fl.order.Action
	switch {
	case a == model.Delete, a == model.Replace, a == model.Revoke, a.Writes() && fl.api.Info().Production:
		return look.Alarm
	case fl.form.Danger:
		return look.Heed
	}
	return look.Calm
}

// facts are what the question is about, a line each.
func (d *Desk) facts(fl flow) []look.Field {
	var facts []look.Field
	t, now := fl.order.Token, d.Clock.Now()
	if fl.order.Owner.ID != "" {
		facts = append(facts, look.Field{Label: "owner", Value: look.OwnerLine(fl.order.Owner)})
	}
	if fl.whom == oneself {
		facts = append(facts, look.Field{Label: "owner", Value: "yourself"})
	}
	for _, f := range fl.fields() {
		if f.Idles(fl.order.Values) != "" {
			continue
		}
		facts = append(facts, look.Field{Label: f.Label, Value: form.Shown(f, fl.order.Values[f.Key])})
	}
	if fl.order.Action.AboutOne() {
		if t.Own {
			facts = append(facts, look.Field{Label: "used here", Value: "authdeck itself signs in with this token"})
		}
		for _, f := range slices.Concat(look.OptionalField("kind", t.Kind), look.OptionalField("application", t.App), look.OptionalField("description", t.Description), look.OptionalField("scope", t.Scope)) {
			if fl.stays(f) {
				continue
			}
			f.Label = fl.before(f.Label) + f.Label
			facts = append(facts, f)
		}
		facts = append(facts, look.TimeField("key since", t.Updated, now), look.TimeField(fl.before("expires")+"expires", t.Expires, now), look.TimeField("last used", t.LastUsed, now))
	}
	facts = append(facts, look.Field{Label: "system", Value: d.inSystem(fl.api)})
	if fl.altered() {
		facts = append(facts, look.Field{Label: "a ! before", Value: "it is altered for the screen, and not what the system has letter by letter"})
	}
	return append(facts, look.OptionalField("reason", d.Reason)...)
}

// altered reports whether a text of the question has that mark: who is asked reads no help.
func (fl flow) altered() bool {
	t := fl.order.Token
	return slices.ContainsFunc([]model.Text{t.Name, t.Kind, t.App, t.Description, t.Scope, t.Owner.Username, t.Owner.FullName, fl.order.Owner.Username, fl.order.Owner.FullName}, model.Text.Changed)
}

// stays reports whether something of a token was filled in as it was, and stands there already.
func (fl flow) stays(had look.Field) bool {
	return slices.ContainsFunc(fl.fields(), func(f model.Field) bool { return f.Label == had.Label && fl.order.Values[f.Key] == had.Value })
}

// before marks what a token has of a field that is filled in anew.
func (fl flow) before(label string) string {
	if slices.ContainsFunc(fl.fields(), func(f model.Field) bool { return f.Label == label }) {
		return "until now, "
	}
	return ""
}

// inSystem names the system: the same user may be in another one.
func (d *Desk) inSystem(api model.API) string {
	info := api.Info()
	words := info.Name + ", " + info.Kind + " at " + info.Host
	if info.Production {
		return d.Styles.Alarm.Render(" PRODUCTION ") + " " + words
	}
	return words
}
