package look

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

// labelWidth is the room of a label in the details.
const labelWidth = 11

// Field is one line of the details. Came is the quoted form of a text that
// cleaning changed.
type Field struct{ Label, Value, came string }

// TextField is the line of a text that every system has.
func TextField(label string, t model.Text) Field {
	f := Field{Label: label, Value: Marked(t)}
	if t.Changed() {
		f.came = t.Quoted()
	}
	if t.Empty() && !t.Changed() {
		f.Value = "not set"
	}
	return f
}

// OptionalField is the line of a text that not every system has; none without it.
func OptionalField(label string, t model.Text) []Field {
	if t.Empty() && !t.Changed() {
		return nil
	}
	return []Field{TextField(label, t)}
}

// Told tells what never happened from what a system does not say.
func Told(w model.When, now time.Time) string {
	if w.Knowledge() == model.Unknown {
		return "this system does not say"
	}
	return exact(w, now)
}

// AnswerField is the line of an answer that not every system gives; none without it.
func AnswerField(label string, a model.Answer) []Field {
	if a == model.Unsaid {
		return nil
	}
	return []Field{{Label: label, Value: YesNo(a)}}
}

// Describe draws the details as lines of a width.
func (st Styles) Describe(fields []Field, width int) []string {
	var lines []string
	room := max(8, width-labelWidth-2)
	for _, f := range fields {
		label := Cut(f.Label, labelWidth)
		label = st.Faint.Render(label + strings.Repeat(" ", labelWidth+1-ansi.StringWidth(label)))
		for _, part := range Wrap(f.Value, room) {
			lines = append(lines, label+" "+part)
			label = strings.Repeat(" ", labelWidth+1)
		}
		if f.came != "" {
			lines = append(lines, label+" "+st.Warn.Render("altered; it came as"))
			for _, part := range Wrap(f.came, room) {
				lines = append(lines, label+" "+part)
			}
		}
	}
	return lines
}
