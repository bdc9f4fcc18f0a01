package form

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/look"
)

// draw is a field: its label, its value, and beside that what is to know of it. In a
// spacious form its help stands under it, and an error in the place of that.
func (fs fields) draw(i int) []string {
	in, st := fs.inputs[i], fs.state(i)
	words, style := fs.beside(i)
	width := fs.value
	if in.typed() {
		width = fs.blank
	}
	if words != "" {
		width = min(width, fs.value-between-ansi.StringWidth(words))
		words = strings.Repeat(" ", between) + style.Render(words)
	}
	lines := in.view(room{fs.styles, width, fs.height, st})
	for n, line := range lines {
		lines[n] = strings.Repeat(" ", fs.indent()) + line
		if n == 0 {
			lines[n] = fs.head(in, st) + line + words
		}
	}
	if fs.seat.plan == spacious {
		lines = append(lines, fs.under(i)...)
	}
	return lines
}

// head is what stands before a value.
func (fs fields) head(in *input, st state) string {
	label, style := look.Cut(in.Label, fs.label), fs.styles.Faint
	if st == open {
		style = fs.styles.Accent
	}
	return fs.styles.Mark(st == open) + style.Render(label) + strings.Repeat(" ", fs.label-ansi.StringWidth(label)+between)
}

// remark is the most important of what is to know of a field in a few words, and its look.
func (fs fields) remark(i int) (string, lipgloss.Style) {
	in := fs.inputs[i]
	why := in.Idles(fs.values)
	switch {
	case why != "":
		return why, fs.styles.Faint
	case in.wrong != "" && fs.seat.plan != spacious:
		return "✗ " + in.wrong, fs.styles.Warn
	case in.widget.beside() != "":
		return in.widget.beside(), fs.styles.Faint
	case in.Optional && in.typed():
		return optional, fs.styles.Faint
	}
	return "", fs.styles.Faint
}

// beside is the remark as far as it stands beside the value: an error cut if it has to be,
// all else whole or not at all.
func (fs fields) beside(i int) (string, lipgloss.Style) {
	words, style := fs.remark(i)
	room := fs.value - between - fs.kept(i)
	if strings.HasPrefix(words, "✗") {
		return look.Cut(words, max(1, room)), style
	}
	if ansi.StringWidth(words) > room {
		return "", style
	}
	return words, style
}

// kept are the columns that a value keeps for itself: where it does not count, no more than
// it needs.
func (fs fields) kept(i int) int {
	in, columns := fs.inputs[i], least
	if _, is := in.widget.(*timeField); is {
		columns = longestTime
	}
	if in.Idles(fs.values) == "" {
		return columns
	}
	return min(columns, ansi.StringWidth(in.view(room{fs.styles, fs.value, 1, idle})[0]))
}

// under are the lines below a field, as many whatever is wrong with it.
func (fs fields) under(i int) []string {
	lines := fs.about(i)
	for len(lines) < max(1, len(fs.helps(i))) {
		lines = append(lines, "")
	}
	for n, line := range lines {
		if line != "" {
			lines[n] = strings.Repeat(" ", fs.indent()) + line
		}
	}
	return lines
}

// notes are what is to know of the open field, on so many lines.
func (fs fields) notes(lines int) []string {
	notes := fs.about(fs.at)
	for len(notes) < lines {
		notes = append(notes, "")
	}
	return notes[:lines]
}

// most are the lines of the field of which there is most to know. In a box they are counted
// also of what does not count now, so that a choice does not make it jump.
func (fs fields) most() int {
	most := 0
	for i, in := range fs.inputs {
		most = max(most, len(fs.about(i)))
		if fs.seat.plan != whole || in.Idles(fs.values) == "" {
			most = max(most, len(fs.helps(i)))
		}
	}
	return most
}

// about are the lines of what is to know of a field that is not said beside it: what is
// wrong with it, else its help.
func (fs fields) about(i int) []string {
	in, why := fs.inputs[i], fs.inputs[i].Idles(fs.values)
	words, style := fs.remark(i)
	beside, _ := fs.beside(i)
	switch {
	case why != "" && beside != "":
		return nil
	case why != "":
		return look.Rendered(style, words, fs.text())
	case in.wrong != "" && beside != "✗ "+in.wrong:
		return look.Rendered(fs.styles.Warn, "✗ "+in.wrong, fs.text())
	}
	return fs.helps(i)
}

// helps are the lines of what helps to fill in a field.
func (fs fields) helps(i int) []string {
	in := fs.inputs[i]
	words, style := fs.remark(i)
	var lines []string
	if beside, _ := fs.beside(i); beside == "" && words != "" {
		lines = look.Rendered(style, words, fs.text())
	}
	for _, sentence := range append(in.hints(), in.Help) {
		if sentence != "" {
			lines = append(lines, look.Rendered(fs.styles.Faint, sentence, fs.text())...)
		}
	}
	return lines
}

// text are the columns of what is said of a field: under its value, or below all.
func (fs fields) text() int {
	if fs.seat.plan == spacious {
		return fs.value
	}
	return fs.value + fs.indent()
}
