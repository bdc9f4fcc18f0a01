package paint

import (
	"slices"
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// unknown is a cell of which nobody knows what the terminal shows there.
func unknown() uv.Cell { return uv.Cell{Content: "\x00", Width: 1} }

// sheet is the cells of a screen, row by row.
type sheet struct {
	lines []string // of the view that the rows are made of
	rows  []uv.Line
	page  uv.ScreenBuffer // draws into them
}

// newSheet is blank.
func newSheet(width, height int) sheet {
	buffer := uv.NewRenderBuffer(width, height)
	return sheet{make([]string, height), buffer.Lines, uv.ScreenBuffer{RenderBuffer: buffer, Method: ansi.WcWidth}}
}

// draw makes a row of a line of a view; what goes beyond the edge is not drawn.
func (s *sheet) draw(y int, line string) {
	if line == s.lines[y] {
		return
	}
	s.lines[y] = line
	row := s.rows[y]
	if ansi.StringWidthWc(line) > len(row) {
		line = ansi.TruncateWc(line, len(row), "") // else marks of letters behind the edge would climb onto the last one
	}
	uv.NewStyledString(line).Draw(s.page, uv.Rect(0, y, len(row), 1))
	for x := range row {
		row[x] = plain(row[x])
	}
}

// plain takes from a cell what is not to be seen: the style of a blank that has neither
// background nor line. And it takes what no view has: a letter that would be an order.
func plain(c uv.Cell) uv.Cell {
	c.Link = uv.Link{}
	switch {
	case c.Width == 0:
		return uv.Cell{}
	case c.Content == " " && c.Style.Bg == nil && c.Style.Underline == uv.UnderlineNone && c.Style.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0:
		return uv.EmptyCell
	case strings.ContainsFunc(c.Content, control) || !utf8.ValidString(c.Content):
		c.Content = strings.Repeat("?", c.Width)
	}
	return c
}

// swap gives each of two sheets the row of the other.
func swap(a, b *sheet, y int) {
	a.rows[y], b.rows[y] = b.rows[y], a.rows[y]
	a.lines[y], b.lines[y] = b.lines[y], a.lines[y]
}

// turn moves rows up so that one of them is the first, and what was before it the last.
func (s *sheet) turn(top, bottom, first int) {
	rotate(s.rows[top:bottom+1], first)
	rotate(s.lines[top:bottom+1], first)
}

// rotate brings the element at an index to the front.
func rotate[T any](s []T, index int) {
	slices.Reverse(s[:index])
	slices.Reverse(s[index:])
	slices.Reverse(s)
}

func control(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }

func blank(c *uv.Cell) bool { return c.Content == " " && *c == uv.EmptyCell }

func same(a, b *uv.Cell) bool {
	return a.Content == b.Content && a.Width == b.Width && a.Style.Equal(&b.Style)
}

// end is the column after the last one that is not blank.
func end(row uv.Line) int {
	for x := len(row); x > 0; x-- {
		if !blank(&row[x-1]) {
			return x
		}
	}
	return 0
}

// distance is how many cells of two rows differ.
func distance(a, b uv.Line) int {
	n := 0
	for x := range a {
		if !same(&a[x], &b[x]) {
			n++
		}
	}
	return n
}
