package paint

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// pen writes to the terminal, and knows where it stands and in what style it writes.
type pen struct {
	out   []byte
	read  *reader // knows the styles
	style style
	place spot
	width int
}

// spot is a cell of the screen, from 0.
type spot struct{ x, y int }

// nowhere is where a pen is of which nobody knows where the terminal has it.
func nowhere() spot { return spot{-1, -1} }

// order writes a sequence that leaves the pen where it is.
func (p *pen) order(sequence string) { p.out = append(p.out, sequence...) }

// put writes a cell at the pen.
func (p *pen) put(c cell) {
	if int(c.width) == 0 {
		return // the second half of a wide letter, which came with the first
	}
	if !p.suits(c) {
		p.dress(c.style)
	}
	p.out = append(p.out, c.letter...)
	p.place.x += int(c.width)
}

// suits reports whether a cell can be written in the style that is worn.
func (p *pen) suits(c cell) bool {
	return c.style == p.style || c == void() && bare(&p.read.styles[p.style])
}

// dress changes the style that is written in.
func (p *pen) dress(to style) {
	if to != p.style {
		p.order(p.read.change(p.style, to))
		p.style = to
	}
}

// undress goes back to the plain style, in which cells are erased and rows scrolled:
// others would leave their colour behind.
func (p *pen) undress() { p.dress(0) }

// move goes to a cell by the shortest way.
func (p *pen) move(to spot) {
	if to == p.place {
		return
	}
	way := absolute(to)
	if step, ok := p.near(to); ok && len(step) < len(way) {
		way = step
	}
	p.order(way)
	p.place = to
}

func absolute(to spot) string {
	switch {
	case to.x > 0:
		return ansi.CursorPosition(to.x+1, to.y+1)
	case to.y > 0:
		return "\x1b[" + strconv.Itoa(to.y+1) + "H"
	}
	return ansi.CursorHomePosition
}

// near is the way from where the pen is. Beyond the last column only the return is
// understood by all terminals alike.
func (p *pen) near(to spot) (way string, ok bool) {
	switch {
	case p.place.y < 0:
		return "", false
	case to.x == 0 && p.place.x != 0:
		way = "\r"
	case to.x == p.place.x:
	case p.place.x < 0 || p.place.x >= p.width:
		return "", false
	case to.x > p.place.x:
		way = ansi.CursorForward(to.x - p.place.x)
	default:
		way = ansi.CursorBackward(p.place.x - to.x)
	}
	switch rows := to.y - p.place.y; {
	case rows > 3:
		return "", false
	case rows > 0:
		way += strings.Repeat("\n", rows) // never in the last row, and so nothing scrolls
	case rows < 0:
		way += ansi.CursorUp(-rows)
	}
	return way, true
}
