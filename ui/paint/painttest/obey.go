package painttest

// obey carries out an order.
func (s *Screen) obey(t token) {
	if t.order != "m" {
		s.after = false
	}
	switch t.order {
	case "m":
		s.style.apply(t.args)
	case "?h", "?l":
		s.mode(t.args[0], t.order == "?h")
	case "\r":
		s.X, s.pending = 0, false
	case "\n":
		s.down()
	case "\x1bM":
		s.up()
	case "J", "K":
		s.clear(t)
	case "r":
		s.region(t)
	case "L", "M", "S", "T", "X":
		s.shift(t)
	default:
		s.move(t)
	}
}

// move goes with the cursor. Behind the last column terminals do not agree where it is, so
// only an order that names the column does there.
func (s *Screen) move(t token) {
	n, err := t.number(0)
	if err != nil {
		s.fault("%w: %s", err, around(t.bytes))
	}
	x, y := s.X, s.Y
	switch t.order {
	case "H":
		column, err := t.number(1)
		if err != nil {
			s.fault("%w: %s", err, around(t.bytes))
		}
		x, y = column-1, n-1
	case "G":
		x = n - 1
	case "d":
		y = n - 1
	case "A":
		y -= n
	case "B":
		y += n
	case "C":
		x += n
	case "D":
		x -= n
	case "\b":
		x--
	}
	s.stand(t, x, y)
}

// stand puts the cursor to a place, which must be one and on the way to which there must
// be no end of the region.
func (s *Screen) stand(t token, x, y int) {
	sideways := t.order == "C" || t.order == "D" || t.order == "\b"
	if s.pending && sideways {
		s.fault("from behind the last column: %s", around(t.bytes))
	}
	if x < 0 || y < 0 || x >= s.Width || y >= s.Height {
		s.fault("%d,%d is not on the screen: %s", x, y, around(t.bytes))
		x, y = min(max(x, 0), s.Width-1), min(max(y, 0), s.Height-1)
	}
	if (t.order == "A" && s.Y >= s.top && y < s.top) || (t.order == "B" && s.Y <= s.bottom && y > s.bottom) {
		s.fault("out of the region: %s", around(t.bytes))
		y = min(max(y, s.top), s.bottom)
	}
	if sideways || t.order == "H" || t.order == "G" {
		s.pending = false
	}
	s.X, s.Y = x, y
}

// clear erases a part of the row or of the screen.
func (s *Screen) clear(t token) {
	kind := t.kind()
	if kind > 2 || kind < 0 {
		s.fault("a strange part: %s", around(t.bytes))
		return
	}
	if s.pending && kind < 2 {
		s.fault("erased behind the last column: %s", around(t.bytes))
	}
	from, to := [3]int{s.X, 0, 0}[kind], [3]int{s.Width, s.X + 1, s.Width}[kind]
	s.erase(s.Y, from, to)
	if t.order == "K" {
		return
	}
	for y := range s.cells {
		if y > s.Y && kind != 1 || y < s.Y && kind != 0 {
			s.erase(y, 0, s.Width)
		}
	}
}

// region sets which rows scroll, and goes home.
func (s *Screen) region(t token) {
	top, err := t.number(0)
	bottom := s.Height
	if len(t.args) > 1 && t.args[1] != missing {
		bottom = t.args[1]
	}
	switch whole := top == 1 && bottom == s.Height; {
	case s.Is.NoRegions:
		s.fault("a terminal without regions: %s", around(t.bytes))
		return
	case err != nil || bottom > s.Height || top >= bottom && !whole:
		s.fault("no region: %s", around(t.bytes))
		return
	}
	s.top, s.bottom, s.X, s.Y, s.pending = top-1, bottom-1, 0, 0, false
}

// shift moves rows, or erases letters.
func (s *Screen) shift(t token) {
	n, err := t.number(0)
	inside := s.Y >= s.top && s.Y <= s.bottom
	most := map[string]int{"L": s.bottom - s.Y + 1, "M": s.bottom - s.Y + 1, "S": s.bottom - s.top + 1, "T": s.bottom - s.top + 1, "X": s.Width - s.X}[t.order]
	switch {
	case err != nil || n > most || s.pending && t.order == "X":
		s.fault("too far: %s", around(t.bytes))
		n = min(n, most)
	case (t.order == "L" || t.order == "M") && (!inside || s.X != 0):
		s.fault("rows are moved out of the region or not from the first column: %s", around(t.bytes))
		return
	}
	switch t.order {
	case "L":
		s.scroll(s.Y, s.bottom, -n)
	case "M":
		s.scroll(s.Y, s.bottom, n)
	case "S":
		s.scroll(s.top, s.bottom, n)
	case "T":
		s.scroll(s.top, s.bottom, -n)
	case "X":
		s.erase(s.Y, s.X, s.X+n)
	}
}

// mode switches one.
func (s *Screen) mode(number int, on bool) {
	switch modes()[number] {
	case "wrap":
		s.wrap = on
	case "cursor":
		s.Visible = on
	case "paste":
		s.Pastes = on
	case "frame":
		if s.frame == on {
			s.fault("a frame within a frame, or an end without a beginning")
		}
		s.frame = on
	case "alternate screen":
		s.change(on)
	}
}

// change goes to the other screen; that of a program is empty at first.
func (s *Screen) change(on bool) {
	if s.Alternate == on {
		s.fault("the same screen once more: %v", on)
		return
	}
	other := kept{s.cells, s.X, s.Y}
	if s.Alternate = on; on {
		s.cells = grid(s.Width, s.Height)
	} else {
		s.cells, s.X, s.Y, s.pending = s.kept.cells, s.kept.x, s.kept.y, false
	}
	s.kept = other
}
