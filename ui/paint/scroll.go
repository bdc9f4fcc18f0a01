package paint

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// worth is how many cells a scroll has to save. To set a region, go there and set it
// back costs as much as to write so many.
const worth = 20

// wholeScreen ends a region: DECSTBM without margins.
const wholeScreen = "\x1b[r"

// scroll is a part of the screen whose rows are by so many further up; down, if there
// are fewer than none.
type scroll struct{ top, bottom, by int } // both ends are part of it

// scrolled moves the rows that are there already, and reports whether there are any.
func (p *Painter) scrolled() bool {
	s, found := p.findScroll()
	if !found {
		return false
	}
	p.pen.undress()
	p.pen.order(ansi.SetTopBottomMargins(s.top+1, s.bottom+1))
	p.pen.place = nowhere() // terminals differ in where that leaves it
	if s.by > 0 {
		p.pen.move(spot{0, s.bottom})
		p.pen.order(strings.Repeat("\n", s.by))
	} else {
		p.pen.move(spot{0, s.top})
		p.pen.order(strings.Repeat(ansi.ReverseIndex, -s.by))
	}
	p.pen.order(wholeScreen)
	p.pen.place = nowhere()
	p.shift(s)
	return true
}

// shift does to what we know what the terminal does to its rows.
func (p *Painter) shift(s scroll) {
	n := s.bottom - s.top + 1
	p.shown.turn(s.top, s.bottom, (s.by+n)%n)
	fresh := s.bottom - s.by + 1
	if s.by < 0 {
		fresh = s.top
	}
	for y := fresh; y < fresh+max(s.by, -s.by); y++ {
		p.pen.read.draw(&p.shown, y, "")
	}
}

// findScroll looks for the scroll that leaves the fewest cells to write.
func (p *Painter) findScroll() (scroll, bool) {
	lines := p.coming
	top, bottom := 0, len(lines)-1
	for top < bottom && lines[top] == p.shown.lines[top] {
		top++
	}
	for bottom > top && lines[bottom] == p.shown.lines[bottom] {
		bottom--
	}
	best, most := scroll{}, 2
	for by := top - bottom; by <= bottom-top; by++ {
		if s, n := p.moved(top, bottom, by); by != 0 && n > most {
			best, most = s, n
		}
	}
	if most == 2 {
		return scroll{}, false
	}
	best = p.widen(best, top, bottom)
	return best, p.saves(best) > worth
}

// moved counts the rows between two that are by so many further up now, and gives the part
// of the screen that they move in.
func (p *Painter) moved(top, bottom, by int) (s scroll, n int) {
	first, last := -1, -1
	for y := max(top, top-by); y <= min(bottom, bottom-by); y++ {
		if line := p.coming[y]; line != "" && line == p.shown.lines[y+by] && line != p.shown.lines[y] {
			if n++; first < 0 {
				first = y
			}
			last = y
		}
	}
	return scroll{min(first, first+by), max(last, last+by), by}, n
}

// widen takes in the rows at the edges that have moved as well and were changed besides,
// such as the one that the cursor has left.
func (p *Painter) widen(s scroll, top, bottom int) scroll {
	for s.bottom < bottom && p.cameAlong(s.bottom+1, s.by) {
		s.bottom++
	}
	for s.top > top && p.cameAlong(s.top-1, s.by) {
		s.top--
	}
	return s
}

// cameAlong reports whether a row that is moved is nearer to what is to be there than to
// what is to be in its own place.
func (p *Painter) cameAlong(y, by int) bool {
	to := y - by
	if to < 0 || to >= len(p.next.rows) {
		return false
	}
	return distance(p.wanted(to), p.shown.rows[y]) < distance(p.wanted(to), p.shown.rows[to])
}

// saves is how many cells a scroll saves.
func (p *Painter) saves(s scroll) int {
	saved := 0
	for y := s.top; y <= s.bottom; y++ {
		saved += distance(p.wanted(y), p.shown.rows[y])
		if from := y + s.by; from >= s.top && from <= s.bottom {
			saved -= distance(p.wanted(y), p.shown.rows[from])
		} else {
			saved -= p.wanted(y).end()
		}
	}
	return saved
}
