package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

// labelWidth is the room of a label in the details.
const labelWidth = 11

// field is one line of the details. Came is the quoted form of a text that
// cleaning changed.
type field struct{ label, value, came string }

func textField(label string, t model.Text) field {
	f := field{label: label, value: marked(t)}
	if t.Changed() {
		f.came = t.Quoted()
	}
	if t.Empty() && !t.Changed() {
		f.value = "not set"
	}
	return f
}

func tokenFields(t model.Token, now time.Time) []field {
	return []field{
		textField("token", t.Name),
		textField("owner", t.Owner.Username),
		textField("full name", t.Owner.FullName),
		{label: "owner's no.", value: model.Clean(t.Owner.ID).String()},
		textField("mobile", t.Owner.Mobile),
		{label: "state", value: stateWord(t)},
		{label: "created", value: exact(t.Created, now)},
		{label: "key since", value: exact(t.Updated, now)},
		{label: "expires", value: exact(t.Expires, now)},
		{label: "last used", value: lastUsed(t.LastUsed, now)},
	}
}

// lastUsed tells a token that was never used from a system that does not say.
func lastUsed(w model.When, now time.Time) string {
	if w.Knowledge() == model.Unknown {
		return "this system does not say"
	}
	return exact(w, now)
}

func userFields(u model.User, now time.Time) []field {
	return []field{
		textField("username", u.Username),
		textField("full name", u.FullName),
		{label: "number", value: model.Clean(u.ID).String()},
		textField("mobile", u.Mobile),
		textField("e-mail", u.Email),
		{label: "active", value: yesNo(u.Active)},
		{label: "staff", value: yesNo(u.Staff)},
		{label: "admin", value: yesNo(u.Admin)},
		{label: "has token", value: yesNo(u.HasToken)},
		{label: "last login", value: exact(u.LastLogin, now)},
		{label: "created", value: exact(u.Created, now)},
	}
}

// describe draws the details as lines of a width.
func (d *desk) describe(fields []field, width int) []string {
	var lines []string
	room := max(8, width-labelWidth-2)
	for _, f := range fields {
		label := cut(f.label, labelWidth)
		label = d.styles.faint.Render(label + strings.Repeat(" ", labelWidth+1-ansi.StringWidth(label)))
		for _, part := range wrap(f.value, room) {
			lines = append(lines, label+" "+part)
			label = strings.Repeat(" ", labelWidth+1)
		}
		if f.came != "" {
			lines = append(lines, label+" "+d.styles.warn.Render("altered; it came as"))
			for _, part := range wrap(f.came, room) {
				lines = append(lines, label+" "+part)
			}
		}
	}
	return lines
}
