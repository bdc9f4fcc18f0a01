package paint

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
)

// Painter knows what a terminal's screen shows, as long as nobody else writes to it. Make
// it with New.
type Painter struct {
	can    Abilities
	pen    pen
	shown  sheet    // on the screen; without rows while nobody knows what it shows
	coming []string // the lines of the view that is being painted
	next   sheet    // what they make, in the rows that change
	cursor visibility
	at     spot // where the terminal's cursor was left, while it is visible
}

// visibility is whether the terminal shows its cursor.
type visibility int

const (
	undecided visibility = iota
	visible
	hidden
)

// New knows nothing yet of the screen.
func New(can Abilities) *Painter { return &Painter{can: can} }

// Forget says that the screen may show anything: the next frame is painted whole.
func (p *Painter) Forget() { p.shown = sheet{} }

// Mistrust says that the cells with such letters may show anything, because something else
// than what was painted stands for them now.
func (p *Painter) Mistrust(letter func(rune) bool) {
	for y, row := range p.shown.rows {
		for x := range row {
			if strings.ContainsFunc(row[x].letter, letter) {
				row[x], p.shown.lines[y] = unknown(), unknown().letter
			}
		}
	}
}

// Paint gives what has to be written to a screen of that size so that it shows the view,
// nil if that is nothing. It is valid until the next call. What of the view goes beyond the
// edges is not shown.
func (p *Painter) Paint(view string, width, height int) []byte {
	p.pen.out, p.pen.width = p.pen.out[:0], width
	p.pen.place = nowhere() // a message to all terminals may have moved the cursor meanwhile
	if width <= 0 || height <= 0 {
		p.Forget()
		return nil
	}
	lines, at := cut(view, height)
	if len(p.shown.rows) != height || len(p.shown.rows[0]) != width {
		p.clear(width, height)
	}
	p.coming = lines
	p.draw()
	if p.can.Regions && p.scrolled() {
		p.draw()
	}
	for y, line := range lines {
		if line != p.shown.lines[y] {
			p.pen.amend(y, p.shown.rows[y], p.next.rows[y])
			swap(&p.shown, &p.next, y)
		}
	}
	p.pen.undress()
	if len(p.pen.out) > 0 || at != p.at {
		p.rest(at)
	}
	return p.pen.out
}

// cut makes as many lines of a view as the screen has, and says where the cursor is to
// stand; nowhere if the view has no place for it.
func cut(view string, height int) (lines []string, at spot) {
	lines, at = make([]string, height), nowhere()
	for y := range lines {
		line, rest, more := strings.Cut(view, "\n")
		clean, x, found := caret.Take(line)
		if lines[y] = clean; found {
			at = spot{x, y}
		}
		if view = rest; !more {
			break
		}
	}
	return lines, at
}

// Wipe gives what has to be written to have a blank screen, whatever was on it, with the
// terminal's cursor in its first cell. It is valid until the next call.
func (p *Painter) Wipe() []byte {
	p.pen.out = p.pen.out[:0]
	p.wipe()
	p.Forget()
	return p.pen.out
}

func (p *Painter) wipe() {
	p.pen.order(ansi.ResetStyle)
	if p.can.Regions {
		p.pen.order(wholeScreen)
	}
	p.pen.order(ansi.CursorHomePosition + ansi.EraseScreenBelow)
	p.pen.style, p.pen.place = 0, spot{}
}

// clear makes a screen of which nothing is known a blank one.
func (p *Painter) clear(width, height int) {
	p.shown, p.next = newSheet(width, height), newSheet(width, height)
	p.pen.read = newReader(width, p.can.Ink)
	p.wipe()
	p.cursor = undecided
}

// draw makes cells of the lines that change.
func (p *Painter) draw() {
	for y, line := range p.coming {
		if line != p.shown.lines[y] {
			p.pen.read.draw(&p.next, y, line)
		}
	}
}

// wanted is the cells that a row of the screen is to have.
func (p *Painter) wanted(y int) row {
	if p.coming[y] == p.shown.lines[y] {
		return p.shown.rows[y]
	}
	return p.next.rows[y]
}

// rest leaves the terminal's cursor where it is to stand, or hides it.
func (p *Painter) rest(at spot) {
	p.at = at
	switch {
	case at == nowhere() && p.cursor != hidden:
		p.pen.order(ansi.HideCursor)
		p.cursor = hidden
	case at != nowhere():
		p.pen.move(spot{min(at.x, p.pen.width-1), at.y})
		if p.cursor != visible {
			p.pen.order(ansi.ShowCursor)
			p.cursor = visible
		}
	}
}
