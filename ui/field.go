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

// said is the line of an answer that not every system gives; none without it.
func said(label string, a model.Answer) []field {
	if a == model.Unsaid {
		return nil
	}
	return []field{{label: label, value: yesNo(a)}}
}

// describe draws the details as lines of a width.
func (st styles) describe(fields []field, width int) []string {
	var lines []string
	room := max(8, width-labelWidth-2)
	for _, f := range fields {
		label := cut(f.label, labelWidth)
		label = st.faint.Render(label + strings.Repeat(" ", labelWidth+1-ansi.StringWidth(label)))
		for _, part := range wrap(f.value, room) {
			lines = append(lines, label+" "+part)
			label = strings.Repeat(" ", labelWidth+1)
		}
		if f.came != "" {
			lines = append(lines, label+" "+st.warn.Render("altered; it came as"))
			for _, part := range wrap(f.came, room) {
				lines = append(lines, label+" "+part)
			}
		}
	}
	return lines
}
