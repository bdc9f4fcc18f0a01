package paint

import "github.com/charmbracelet/x/ansi"

// bridge is how many letters between two changes are written once more: to go on costs as
// many bytes.
const bridge = 3

// erasure is how many blanks cost as much as the order to erase the rest of a row.
const erasure = 3

// amend makes one row of the screen like a new one.
func (p *pen) amend(y int, old, now row) {
	sure := min(doubtful(old), doubtful(now))
	for sure > 0 && sure < len(now) && now[sure].width == 0 {
		sure-- // a wide letter is written whole
	}
	last := now.end()
	if old.end()-last <= erasure {
		last = max(last, old.end())
	}
	for x := 0; x < min(sure, last); x++ {
		if old[x] != now[x] && now[x].width > 0 {
			p.reach(spot{x, y}, now)
			p.put(now[x])
		}
	}
	switch {
	case distance(old[sure:], now[sure:]) > 0:
		p.anew(min(sure, last), y, now)
	case last < old.end():
		p.erase(spot{last, y})
	}
}

// reach goes to a cell, over letters that are there already if that is short.
func (p *pen) reach(to spot, r row) {
	if p.place.y == to.y && p.place.x >= 0 && p.place.x < to.x && to.x-p.place.x <= bridge {
		between := r[p.place.x:to.x]
		if p.plainly(between) {
			for i := range between {
				p.put(between[i])
			}
			return
		}
	}
	p.move(to)
}

// plainly reports whether cells are written by a byte each.
func (p *pen) plainly(cells row) bool {
	for i := range cells {
		if len(cells[i].letter) != 1 || !p.suits(cells[i]) {
			return false
		}
	}
	return true
}

// anew writes a row from a letter on of which terminals differ how wide it is. Nobody knows
// where the pen is then; and if it came to the edge, the rest must not go into the next row.
func (p *pen) anew(x, y int, r row) {
	p.erase(spot{x, y})
	last := r.end()
	if x >= last {
		return
	}
	p.order(ansi.ResetModeAutoWrap)
	for doubt := doubtful(r); x < last; x++ {
		if x >= doubt {
			p.dress(r[x].style) // a terminal may draw a mark into the blank before it
		}
		p.put(r[x])
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
