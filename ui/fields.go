package ui

import (
	"slices"
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

func tokenFields(t model.Token, state string, now time.Time) []field {
	return slices.Concat(
		[]field{textField("token", t.Name)},
		given("kind", t.Kind), given("description", t.Description), given("scope", t.Scope), given("managed by", t.Managed),
		[]field{textField("owner", t.Owner.Username)},
		given("full name", t.Owner.FullName),
		[]field{{label: "owner's no.", value: model.Clean(t.Owner.ID).String()}},
		given("mobile", t.Owner.Mobile),
		[]field{
			{label: "state", value: state},
			{label: "created", value: told(t.Created, now)},
			{label: "key since", value: told(t.Updated, now)},
			{label: "expires", value: told(t.Expires, now)},
			{label: "last used", value: told(t.LastUsed, now)},
		},
		given("to know", t.Note),
	)
}

// given is the line of a text that not every system has; none without it.
func given(label string, t model.Text) []field {
	if t.Empty() && !t.Changed() {
		return nil
	}
	return []field{textField(label, t)}
}

// told tells what never happened from what a system does not say.
func told(w model.When, now time.Time) string {
	if w.Knowledge() == model.Unknown {
		return "this system does not say"
	}
	return exact(w, now)
}

func userFields(u model.User, now time.Time) []field {
	return slices.Concat(
		[]field{textField("username", u.Username)},
		given("full name", u.FullName),
		[]field{{label: "number", value: model.Clean(u.ID).String()}},
		given("mobile", u.Mobile), given("e-mail", u.Email), given("kind", u.Kind), given("role", u.Role),
		said("active", u.Active), said("staff", u.Staff), said("admin", u.Admin),
		[]field{
			{label: "has token", value: tokenWord(u)},
			{label: "last login", value: told(u.LastLogin, now)},
			{label: "created", value: told(u.Created, now)},
		},
	)
}

// said is the line of an answer that not every system gives; none without it.
func said(label string, a model.Answer) []field {
	if a == model.Unsaid {
		return nil
	}
	return []field{{label: label, value: yesNo(a)}}
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
