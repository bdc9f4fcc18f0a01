package painttest

// letter writes one where the cursor is.
func (s *Screen) letter(r rune) {
	if before := s.before(); before != nil && s.joins(before.Content, r) {
		if !s.after {
			s.fault("a mark without its letter: %q", r)
		}
		before.Content += string(r)
		return
	}
	w := s.Is.columns(r)
	switch {
	case w == 0:
		s.fault("a mark at the start of a row: %q", r)
		return
	case !s.wrap && w > s.Width:
		return
	case !s.wrap && s.X+w >= s.Width: // over what is at the edge, time and again
		s.X, s.pending = s.Width-w, false
	case s.pending:
		s.fault("a letter behind the last column: %q", r)
		s.newLine()
	case s.X+w > s.Width:
		s.fault("a wide letter with half of it behind the last column: %q", r)
		return
	}
	s.put(string(r), w)
}

// before is the cell of the letter that was written last, nil if there is none.
func (s *Screen) before() *Cell {
	x := s.X
	if !s.pending {
		x--
	}
	for ; x >= 0; x-- {
		if c := &s.cells[s.Y][x]; c.Width > 0 {
			return c
		}
	}
	return nil
}

// newLine is what a terminal does with a letter behind the last column.
func (s *Screen) newLine() {
	s.X, s.pending = 0, false
	s.down()
}

func (s *Screen) put(content string, w int) {
	row := s.cells[s.Y]
	s.tear(row, s.X, s.X+w)
	row[s.X] = Cell{Content: content, Width: w, Style: s.style}
	if w == 2 {
		row[s.X+1] = Cell{Style: s.style}
	}
	s.X += w
	s.after = true
	if s.X == s.Width {
		s.X, s.pending = s.Width-1, true
	}
}

// tear blanks the halves of wide letters of which the others are about to go.
func (s *Screen) tear(row []Cell, from, to int) {
	if from < len(row) && row[from].Width == 0 && from > 0 {
		row[from-1] = torn(row[from-1])
	}
	if to < len(row) && row[to].Width == 0 {
		row[to] = torn(row[to])
	}
}

func torn(c Cell) Cell {
	return Cell{Content: " ", Width: 1, torn: c.Style.visible(" ") != Style{}}
}

// blank is a cell that was erased.
func (s *Screen) blank() Cell {
	c := Cell{Content: " ", Width: 1}
	if !s.Is.NoGround {
		c.Style.Ground = s.style.Ground
	}
	return c
}

func (s *Screen) erase(y, from, to int) {
	row := s.cells[y]
	s.tear(row, from, to)
	for x := from; x < to; x++ {
		row[x] = s.blank()
	}
}

// scroll moves the rows from top to bottom up by n, down if that is negative.
func (s *Screen) scroll(top, bottom, n int) {
	for ; n > 0; n-- {
		row := s.cells[top]
		copy(s.cells[top:bottom], s.cells[top+1:bottom+1])
		s.cells[bottom] = row
		s.erase(bottom, 0, s.Width)
	}
	for ; n < 0; n++ {
		row := s.cells[bottom]
		copy(s.cells[top+1:bottom+1], s.cells[top:bottom])
		s.cells[top] = row
		s.erase(top, 0, s.Width)
	}
}

// down is a line feed: to the next row, and at the end of the region that scrolls.
func (s *Screen) down() {
	switch s.Y {
	case s.bottom:
		s.scroll(s.top, s.bottom, 1)
	case s.Height - 1:
		s.fault("a line feed below the region, in the last row")
	default:
		s.Y++
	}
}

func (s *Screen) up() {
	switch s.Y {
	case s.top:
		s.scroll(s.top, s.bottom, -1)
	case 0:
		s.fault("a reverse index above the region, in the first row")
	default:
		s.Y--
	}
}
