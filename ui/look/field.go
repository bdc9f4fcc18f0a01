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
	for _, f := range fields {
		lines = append(lines, st.beside(f.Label, f.Value, labelWidth, width)...)
		if f.came != "" {
			lines = append(lines, st.beside("", st.Warn.Render("altered; it came as"), labelWidth, width)...)
			lines = append(lines, st.beside("", f.came, labelWidth, width)...)
		}
	}
	return lines
}

// beside are the lines of a value to the right of its label, which has so much room.
func (st Styles) beside(label, value string, room, width int) []string {
	label = Cut(label, room)
	margin := strings.Repeat(" ", room-ansi.StringWidth(label)+2)
	if label != "" {
		margin = st.Faint.Render(label) + margin
	}
	lines := Wrap(value, max(8, width-room-2))
	for i, part := range lines {
		lines[i] = margin + part
		margin = strings.Repeat(" ", room+2)
	}
	return lines
}
