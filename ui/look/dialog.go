package look

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// dialogWidth is the widest a dialog's text becomes: longer lines are hard to
// read.
const dialogWidth = 72

// Dialog draws a question in the room that it has: boxed, or bare where the
// window is low or narrow, and then in parts. What matters most comes first.
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
		boxed := box.Width(inner + 4).Render(strings.Join(lines, "\n"))
		return Fit("\n"+indent(boxed), width, height)
	}
	lines = slices.DeleteFunc(paragraphs(width, heading, title, body), func(line string) bool { return line == "" })
	return Fit(strings.Join(s.cut(lines, height, st.Accent.Render("… pgdn shows more")), "\n"), width, height)
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
