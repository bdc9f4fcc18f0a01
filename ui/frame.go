package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// dialogWidth is the widest a dialog's text becomes: longer lines are hard to
// read.
const dialogWidth = 72

// cut shortens a line to a width, with styles or without.
func cut(line string, width int) string { return ansi.Truncate(line, max(0, width), "…") }

// fit makes a view exactly so many lines high and none wider than the window.
// Bubble Tea v1 drops the first lines of a view that is too high.
func fit(view string, width, height int) string {
	lines := strings.Split(view, "\n")
	for len(lines) < height {
		lines = append(lines, "")
	}
	lines = lines[:max(0, height)]
	for i, line := range lines {
		lines[i] = cut(line, width)
	}
	return strings.Join(lines, "\n")
}

// between sets two texts at the ends of a line; the right one yields.
func between(left, right string, width int) string {
	room := width - ansi.StringWidth(left) - 2
	if room < 8 {
		return cut(left, width)
	}
	right = cut(right, room)
	return left + strings.Repeat(" ", width-ansi.StringWidth(left)-ansi.StringWidth(right)) + right
}

// wrap breaks a text into lines, words whole where that is possible.
func wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(1, width), " "), "\n")
}

// dialog draws a question in the room that it has: boxed, or bare where the
// window is low or narrow, and then in parts. What matters most comes first.
func (d *desk) dialog(s *scroller, width, height int, alarm bool, title string, body ...string) string {
	heading, box := d.styles.bold, d.styles.box
	if alarm {
		heading, box = d.styles.danger, d.styles.alarmBox
	}
	body = slices.DeleteFunc(slices.Clone(body), func(paragraph string) bool { return paragraph == "" })
	inner := min(dialogWidth, width-8)
	lines := paragraphs(inner, heading, title, body)
	if inner > 32 && len(lines)+3 <= height {
		*s = scroller{}
		boxed := box.Width(inner + 4).Render(strings.Join(lines, "\n"))
		return fit("\n"+indent(boxed), width, height)
	}
	lines = slices.DeleteFunc(paragraphs(width, heading, title, body), func(line string) bool { return line == "" })
	return fit(strings.Join(s.cut(lines, height, d.styles.accent.Render("… pgdn shows more")), "\n"), width, height)
}

// paragraphs are the lines of a title and of paragraphs with empty lines before
// them.
func paragraphs(width int, heading lipgloss.Style, title string, body []string) []string {
	var lines []string
	for _, line := range wrap(title, width) {
		lines = append(lines, heading.Render(line))
	}
	for _, paragraph := range body {
		lines = append(lines, "")
		for line := range strings.SplitSeq(paragraph, "\n") {
			lines = append(lines, wrap(line, width)...)
		}
	}
	return lines
}

func indent(text string) string { return " " + strings.ReplaceAll(text, "\n", "\n ") }

// beside sets a narrow text to the right of a wide one, line by line.
func beside(left, right string, width int, divider string) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range l {
		l[i] = cut(l[i], width)
		l[i] += strings.Repeat(" ", width-ansi.StringWidth(l[i])) + divider
		if i < len(r) {
			l[i] += r[i]
		}
	}
	return strings.Join(l, "\n")
}
