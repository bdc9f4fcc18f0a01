package paint

import (
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// bridge is how many letters between two changes are written once more: to go on costs as
// many bytes.
const bridge = 3

// erasure is how many blanks cost as much as the order to erase the rest of a row.
const erasure = 3

// row makes one row of the screen like a new one.
func (p *pen) row(y int, old, now uv.Line) {
	sure := min(doubtful(old), doubtful(now))
	for sure > 0 && sure < len(now) && now[sure].Width == 0 {
		sure-- // a wide letter is written whole
	}
	last := end(now)
	if end(old)-last <= erasure {
		last = max(last, end(old))
	}
	for x := 0; x < min(sure, last); x++ {
		if !same(&old[x], &now[x]) && now[x].Width > 0 {
			p.reach(spot{x, y}, now)
			p.put(&now[x])
		}
	}
	switch {
	case distance(old[sure:], now[sure:]) > 0:
		p.anew(min(sure, last), y, now)
	case last < end(old):
		p.erase(spot{last, y})
	}
}

// reach goes to a cell, over letters that are there already if that is short.
func (p *pen) reach(to spot, row uv.Line) {
	if p.place.y == to.y && p.place.x >= 0 && p.place.x < to.x && to.x-p.place.x <= bridge {
		between := row[p.place.x:to.x]
		if p.plainly(between) {
			for i := range between {
				p.put(&between[i])
			}
			return
		}
	}
	p.move(to)
}

// plainly reports whether cells are written by a byte each.
func (p *pen) plainly(cells uv.Line) bool {
	for i := range cells {
		if len(cells[i].Content) != 1 || !cells[i].Style.Equal(&p.style) {
			return false
		}
	}
	return true
}

// anew writes a row from a letter on of which terminals differ how wide it is. Nobody knows
// where the pen is then; and if it came to the edge, the rest must not go into the next row.
func (p *pen) anew(x, y int, row uv.Line) {
	p.erase(spot{x, y})
	last := end(row)
	if x >= last {
		return
	}
	p.order(ansi.ResetModeAutoWrap)
	for ; x < last; x++ {
		p.put(&row[x])
	}
	p.order(ansi.SetModeAutoWrap)
	p.place = nowhere()
}

// erase clears the rest of a row.
func (p *pen) erase(from spot) {
	p.move(from)
	p.undress()
	p.order(ansi.EraseLineRight)
}
