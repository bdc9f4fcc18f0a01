package paint

import (
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// style is the number of one of the styles that a reader has met; the plain one is 0.
type style int32

// reader makes cells of the lines of a view.
type reader struct {
	page    uv.ScreenBuffer // of one row
	styles  []uv.Style
	numbers map[uv.Style]style
	ink     Ink
}

func newReader(width int, ink Ink) *reader {
	return &reader{
		ink:     ink,
		page:    uv.ScreenBuffer{RenderBuffer: uv.NewRenderBuffer(width, 1), Method: ansi.GraphemeWidth},
		styles:  []uv.Style{{}},
		numbers: map[uv.Style]style{{}: 0},
	}
}

// draw makes a row of a sheet of a line of a view, unless it is of that line already; what
// goes beyond the edge is not drawn. The sheet keeps the line, and not all of the view.
func (r *reader) draw(s *sheet, y int, line string) {
	if line == s.lines[y] {
		return
	}
	s.lines[y] = strings.Clone(line)
	line = s.lines[y]
	width := len(s.rows[y])
	if ansi.StringWidth(line) > width {
		line = ansi.Truncate(line, width, "") // else marks of letters behind the edge would climb onto the last one
	}
	uv.NewStyledString(line).Draw(r.page, uv.Rect(0, 0, width, 1))
	for x := range s.rows[y] {
		s.rows[y][x] = r.cell(r.page.CellAt(x, 0))
	}
}

// cell takes from one what is not to be seen: colours that are not sent, and the style of a
// blank that has neither background nor line. And it takes what no view has: a letter that
// would be an order.
func (r *reader) cell(c *uv.Cell) cell {
	looks := c.Style
	if r.ink == Colourless {
		looks.Fg, looks.Bg, looks.UnderlineColor = nil, nil, nil
	}
	switch {
	case c.Width == 0:
		return cell{}
	case c.Content == " " && bare(&looks):
		return void()
	case strings.ContainsFunc(c.Content, control) || !utf8.ValidString(c.Content):
		return cell{strings.Repeat("?", c.Width), r.number(looks), int8(c.Width)} //nolint:gosec // a letter is some columns wide
	}
	return cell{c.Content, r.number(looks), int8(c.Width)} //nolint:gosec // as above
}

// bare reports a style in which a blank is as blank as in the plain one.
func bare(s *uv.Style) bool {
	return s.Bg == nil && s.Underline == uv.UnderlineNone && s.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0
}

func control(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }

// number is that of a style, from now on if it is a new one.
func (r *reader) number(s uv.Style) style {
	n, known := r.numbers[s]
	if !known {
		n = style(len(r.styles)) //nolint:gosec // a program has some dozens
		r.styles = append(r.styles, s)
		r.numbers[s] = n
	}
	return n
}

// change is the order that makes of one style another.
func (r *reader) change(from, to style) string { return r.styles[to].Diff(&r.styles[from]) }
