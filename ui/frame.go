package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

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
