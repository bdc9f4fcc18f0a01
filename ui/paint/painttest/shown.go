package painttest

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// caret is the mark in a view before the cell at which the terminal's cursor is to stand.
const caret = "\x1b7"

// Shown is the screen that a view means, read letter by letter in the plainest way: no
// terminal, no changes. What of the view goes beyond the edges is not shown, and what is
// neither a letter nor a style does nothing.
func Shown(is Kind, view string, width, height int) *Screen {
	s := New(is, width, height)
	s.Visible = false
	lines := strings.Split(view, "\n")
	for y := range min(height, len(lines)) {
		s.read(lines[y], y)
	}
	return s
}

// read draws a line of a view.
func (s *Screen) read(line string, y int) {
	style, x, last, full := Style{}, 0, -1, false
	s.after = false
	for len(line) > 0 {
		r, size := utf8.DecodeRuneInString(line)
		switch {
		case strings.HasPrefix(line, caret):
			size = len(caret)
			s.X, s.Y, s.Visible = min(x, s.Width-1), y, true
			s.after = false
		case r == '\x1b':
			size = s.dress(&style, line)
		case full: // only the place of the cursor is looked for
		case r < ' ' || r >= 0x7f && r < 0xa0:
		case last >= 0 && s.joins(s.cells[y][last].Content, r):
			s.cells[y][last].Content += string(r)
		case s.Is.columns(r) == 0: // a mark without a letter
		case x+s.Is.columns(r) > s.Width:
			full, x = true, s.Width
		default:
			last = x
			s.cells[y][x] = Cell{Content: string(r), Width: s.Is.columns(r), Style: style}
			if s.Is.columns(r) == 2 {
				s.cells[y][x+1] = Cell{Style: style}
			}
			x += s.Is.columns(r)
			s.after = true
		}
		line = line[size:]
	}
}

// dress changes the style if a sequence does, and says how long the sequence is.
func (s *Screen) dress(style *Style, line string) int {
	whole, _, size, _ := ansi.DecodeSequence(line, ansi.NormalState, nil)
	if t, err := sequence([]byte(whole)); err == nil && t.order == "m" && len(t.bytes) == size {
		style.apply(t.args)
	}
	return max(1, size)
}
