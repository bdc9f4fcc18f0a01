package look

import (
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

// widestLabel is the most room that labels take in the details.
const widestLabel = 14

// Field is one line of the details, or what has no line of its own because there is nothing
// to say. Came is the quoted form of a text that cleaning changed.
type Field struct {
	Label, Value string
	Stress       Stress
	came         string
	silence      silence
}

// Stress is how the value of a field is drawn.
type Stress int

// The stresses.
const (
	Even   Stress = iota
	Strong        // what the details are about
	Heeded        // what to look at
)

// silence is why a field has no value.
type silence int

const (
	told         silence = iota // it has one
	untold                      // the system does not say
	inapplicable                // there is no such thing in this object
	undecided                   // the system says too little to tell
)

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

// TimeField is the line of a time, if the system says anything of it that is worth one.
func TimeField(label string, w model.When, now time.Time) Field {
	switch w.Knowledge() {
	case model.Unknown:
		return Field{Label: label, silence: untold}
	case model.NotApplicable:
		return Field{Label: label, silence: inapplicable}
	case model.Known, model.Never:
	}
	return Field{Label: label, Value: exact(w, now)}
}

// AnswerField is the line of an answer, if the system gives one.
func AnswerField(label string, a model.Answer) Field {
	if a == model.Unsaid {
		return Field{Label: label, silence: untold}
	}
	return Field{Label: label, Value: YesNo(a)}
}

// Describe draws the details as lines of a width. What the system has nothing to say of
// stands at the end, on a line for all of it.
func (st Styles) Describe(fields []Field, width int) []string {
	room := labelRoom(fields, widestLabel)
	var lines []string
	for _, f := range fields {
		if f.silence == told {
			lines = append(lines, st.describe(f, room, width)...)
		}
	}
	return append(lines, st.silences(fields, width)...)
}

// labelRoom is how wide the labels of fields with a value are, at most so much.
func labelRoom(fields []Field, most int) int {
	room := 0
	for _, f := range fields {
		if f.silence == told {
			room = max(room, min(ansi.StringWidth(f.Label), most))
		}
	}
	return room
}

// silences are the fields without a value, on a line for each reason.
func (st Styles) silences(fields []Field, width int) []string {
	var silent [undecided + 1][]string
	for _, f := range fields {
		silent[f.silence] = append(silent[f.silence], f.Label)
	}
	lines := st.silent("this system does not say: ", silent[untold], width)
	lines = append(lines, st.silent("not applicable: ", silent[inapplicable], width)...)
	return append(lines, st.silent("cannot be told: ", silent[undecided], width)...)
}

func (st Styles) describe(f Field, room, width int) []string {
	style := [...]lipgloss.Style{Even: st.Plain, Strong: st.Bold, Heeded: st.Warn}[f.Stress]
	lines := st.hung(f.Label, Rendered(style, f.Value, valueRoom(room, width)), room)
	if f.came != "" {
		lines = append(lines, st.hung("", Rendered(st.Warn, "altered; it came as", valueRoom(room, width)), room)...)
		lines = append(lines, st.beside("", f.came, room, width)...)
	}
	return lines
}

func (st Styles) silent(words string, labels []string, width int) []string {
	if len(labels) == 0 {
		return nil
	}
	return Rendered(st.Faint, words+strings.Join(labels, ", "), width)
}

// beside are the lines of a value to the right of its label, which has so much room.
func (st Styles) beside(label, value string, room, width int) []string {
	return st.hung(label, Wrap(value, valueRoom(room, width)), room)
}

// valueRoom is how wide a value is beside a label that has so much room.
func valueRoom(room, width int) int { return max(8, width-room-2) }

// hung are lines to the right of their label.
func (st Styles) hung(label string, lines []string, room int) []string {
	if label = Cut(label, room); label != "" {
		label = st.Faint.Render(label)
	}
	return Hang(label, lines, room+2)
}
