package ui

import (
	"strings"

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
// window is low. What matters most comes first, since the end may be cut.
func (d *desk) dialog(width, height int, alarm bool, title string, body ...string) string {
	inner := min(dialogWidth, width-8)
	heading := d.styles.bold
	box := d.styles.box
	if alarm {
		heading, box = d.styles.danger, d.styles.alarmBox
	}
	var lines []string
	for _, line := range wrap(title, inner) {
		lines = append(lines, heading.Render(line))
	}
	for _, paragraph := range body {
		lines = append(lines, "")
		for line := range strings.SplitSeq(paragraph, "\n") {
			lines = append(lines, wrap(line, inner)...)
		}
	}
	if len(lines)+2 <= height && inner > 24 {
		return fit("\n"+indent(box.Width(inner+4).Render(strings.Join(lines, "\n")), 1), width, height)
	}
	return fit(indent(strings.Join(dense(lines), "\n"), 1), width, height)
}

// dense drops the empty lines.
func dense(lines []string) []string {
	var full []string
	for _, line := range lines {
		if line != "" {
			full = append(full, line)
		}
	}
	return full
}

func indent(text string, by int) string {
	pad := strings.Repeat(" ", by)
	return pad + strings.ReplaceAll(text, "\n", "\n"+pad)
}

// beside sets a narrow text to the right of a wide one, line by line.
func beside(left, right string, width int, divider string) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range l {
		if i < len(r) {
			l[i] = cut(l[i], width)
			l[i] += strings.Repeat(" ", width-ansi.StringWidth(l[i])) + divider + r[i]
		}
	}
	return strings.Join(l, "\n")
}
