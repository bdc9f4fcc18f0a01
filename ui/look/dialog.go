package look

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"authdeck/ui/caret"
)

// dialogWidth is the widest a dialog's text becomes: longer lines are hard to
// read.
const dialogWidth = 72

// Dialog draws a question in the room that it has: boxed, or bare where the
// window is low or narrow, and then in parts. What matters most comes first. The terminal's
// own cursor stands where a text is typed, else where the reading begins.
func (st Styles) Dialog(s *Scroller, width, height int, alarm bool, title string, body ...string) string {
	heading, box := st.Bold, st.box
	if alarm {
		heading, box = st.Danger, st.alarmBox
	}
	body = slices.DeleteFunc(slices.Clone(body), func(paragraph string) bool { return paragraph == "" })
	inner := min(dialogWidth, width-8)
	lines := paragraphs(inner, heading, title, body)
	if inner > 32 && len(lines)+3 <= height {
		*s = Scroller{}
		boxed := box.Width(inner + 4).Render(strings.Join(begun(lines), "\n"))
		return Fit("\n"+indent(boxed), width, height)
	}
	lines = slices.DeleteFunc(paragraphs(width, heading, title, body), func(line string) bool { return line == "" })
	return Fit(strings.Join(begun(s.cut(lines, height, st.Accent.Render("… pgdn shows more"))), "\n"), width, height)
}

// begun puts the cursor at the beginning of lines in which it does not stand yet.
func begun(lines []string) []string {
	if len(lines) > 0 && !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, caret.Here) }) {
		lines[0] = caret.Here + lines[0]
	}
	return lines
}

// paragraphs are the lines of a title and of paragraphs with empty lines before
// them.
func paragraphs(width int, heading lipgloss.Style, title string, body []string) []string {
	var lines []string
	for _, line := range Wrap(title, width) {
		lines = append(lines, heading.Render(line))
	}
	for _, paragraph := range body {
		lines = append(lines, "")
		for line := range strings.SplitSeq(paragraph, "\n") {
			lines = append(lines, Wrap(line, width)...)
		}
	}
	return lines
}

func indent(text string) string { return " " + strings.ReplaceAll(text, "\n", "\n ") }
