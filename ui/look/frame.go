package look

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Cut shortens a line to a width, with styles or without.
func Cut(line string, width int) string { return ansi.Truncate(line, max(0, width), "…") }

// Fit makes a view exactly so many lines high and none wider than the window.
func Fit(view string, width, height int) string {
	lines := strings.Split(High(view, height), "\n")
	for i, line := range lines {
		lines[i] = Cut(line, width)
	}
	return strings.Join(lines, "\n")
}

// High makes a view whose lines fit exactly so many lines high.
func High(view string, height int) string {
	if height < 1 {
		return ""
	}
	at, lines := 0, 1
	for ; lines <= height; lines++ {
		next := strings.IndexByte(view[at:], '\n')
		if next < 0 {
			return view + strings.Repeat("\n", height-lines)
		}
		at += next + 1
	}
	return view[:at-1]
}

// Between sets two texts at the ends of a line; the right one yields.
func Between(left, right string, width int) string {
	room := width - ansi.StringWidth(left) - 2
	if room < 8 {
		return Cut(left, width)
	}
	right = Cut(right, room)
	return left + strings.Repeat(" ", width-ansi.StringWidth(left)-ansi.StringWidth(right)) + right
}

// Wrap breaks a text into lines, words whole where that is possible.
func Wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(1, width), " "), "\n")
}

// Beside sets a narrow text to the right of a wide one, line by line. The narrow one fits.
func Beside(left, right string, width int, divider string) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	var b strings.Builder
	for i, line := range l {
		room := width - ansi.StringWidth(line)
		if room < 0 {
			line = Cut(line, width)
			room = width - ansi.StringWidth(line)
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		b.WriteString(strings.Repeat(" ", max(0, room)))
		b.WriteString(divider)
		if i < len(r) {
			b.WriteString(r[i])
		}
	}
	return b.String()
}

// Hang sets lines to the right of a label, which has so much room.
func Hang(label string, lines []string, room int) []string {
	for i, line := range lines {
		lines[i] = label + strings.Repeat(" ", max(0, room-ansi.StringWidth(label))) + line
		label = ""
	}
	return lines
}
