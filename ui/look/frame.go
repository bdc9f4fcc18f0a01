package look

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// Cut shortens a line to a width, with styles or without.
func Cut(line string, width int) string { return ansi.Truncate(line, max(0, width), "…") }

// Longest is the first of some texts, the longest first, that has room; else the last. A text
// that is shortened says less, and one that is cut may say something else.
func Longest(room int, texts ...string) string {
	for _, text := range texts {
		if ansi.StringWidth(text) <= room {
			return text
		}
	}
	return texts[len(texts)-1]
}

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

// Between sets two texts at the ends of a line; the right one yields: of its lines those
// stand there that fit, from the first on, with a dot between them.
func Between(left, right string, width int) string {
	room := width - ansi.StringWidth(left) - 2
	if room < 8 {
		return Cut(left, width)
	}
	right = Cut(several(right, room), room)
	return left + strings.Repeat(" ", width-ansi.StringWidth(left)-ansi.StringWidth(right)) + right
}

// several are as many lines of a text as fit in a row, and the first in any case.
func several(lines string, room int) string {
	said, rest, more := strings.Cut(lines, "\n")
	for more {
		var next string
		next, rest, more = strings.Cut(rest, "\n")
		if longer := said + " · " + next; ansi.StringWidth(longer) <= room {
			said = longer
			continue
		}
		break
	}
	return said
}

// Wrap breaks a text into lines, at blanks alone where that is possible: an option such as
// --read-only stays whole. A path that is longer than a line breaks behind a slash.
func Wrap(text string, width int) []string { return WrapWithin(text, width, width) }

// Rendered are the lines of a text in a style.
func Rendered(style lipgloss.Style, text string, width int) []string {
	return styled(style, Wrap(text, width))
}

func styled(style lipgloss.Style, lines []string) []string {
	for i, line := range lines {
		lines[i] = style.Render(line)
	}
	return lines
}

// WrapWithin breaks a text as [Wrap] does where the window is wider than a line that reads
// well: a single word may take so much of it before it is broken.
func WrapWithin(text string, width, room int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, filled(paragraph, max(1, width), max(1, width, room))...)
	}
	return lines
}

// Block is a text in a style on so many lines at most. What is cut off is seen to be.
func Block(style lipgloss.Style, text string, width, most int) []string {
	if text == "" {
		return []string{""}
	}
	lines := Wrap(text, width)
	if most = max(1, most); len(lines) > most {
		lines = append(lines[:most-1], Cut(behind(text, lines[:most-1]), width))
	}
	return styled(style, lines)
}

// behind is what of a text comes after its first lines. A path that was broken is put together
// again without a blank.
func behind(text string, lines []string) string {
	for _, line := range lines {
		_, rest, _ := strings.Cut(text, line)
		text = strings.TrimLeft(rest, " \n")
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// filled is a text of one line in as few as it takes. No word is broken that fits the room.
func filled(paragraph string, width, room int) []string {
	var lines []string
	line, used := "", 0
	for i, word := range strings.Split(paragraph, " ") {
		long := ansi.StringWidth(word)
		switch {
		case i == 0:
			line, used = word, long
		case used+1+long <= width:
			line, used = line+" "+word, used+1+long
		default:
			lines, line, used = append(lines, strings.TrimRight(line, " ")), word, long
		}
		if used > room {
			pieces := broken(line, room)
			line = pieces[len(pieces)-1]
			lines, used = append(lines, pieces[:len(pieces)-1]...), ansi.StringWidth(line)
		}
	}
	return append(lines, line)
}

// broken are the pieces of a word that fits no line: they end with a slash where one is in
// their second half, else where they have to.
func broken(word string, width int) []string {
	var pieces []string
	for ansi.StringWidth(word) > width && !strings.Contains(word, "\x1b") {
		piece := ansi.Truncate(word, width, "")
		slash := strings.LastIndex(piece, "/") + 1
		if 2*ansi.StringWidth(piece[:slash]) < width {
			break
		}
		pieces, word = append(pieces, piece[:slash]), word[slash:]
	}
	return append(pieces, strings.Split(ansi.Hardwrap(word, width, true), "\n")...)
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
