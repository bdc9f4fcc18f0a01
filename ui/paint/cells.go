package paint

import "slices"

// cell is what one column of a screen shows. It is small, since a screen has thousands.
type cell struct {
	letter string // with its marks; empty for the second half of a wide one
	style  style
	width  int8
}

// void is the cell of a screen that was cleared.
func void() cell { return cell{letter: " ", width: 1} }

// unknown is a cell of which nobody knows what the terminal shows there.
func unknown() cell { return cell{letter: "\x00", width: 1} }

// row is the cells of one line of a screen.
type row []cell

// sheet is the cells of a screen, row by row.
type sheet struct {
	lines []string // of the view that the rows are made of
	rows  []row
}

// newSheet is blank.
func newSheet(width, height int) sheet {
	s := sheet{make([]string, height), make([]row, height)}
	for y := range s.rows {
		s.rows[y] = slices.Repeat(row{void()}, width)
	}
	return s
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

// end is the column after the last one that is not blank.
func (r row) end() int {
	for x := len(r); x > 0; x-- {
		if r[x-1] != void() {
			return x
		}
	}
	return 0
}

// distance is how many cells of two rows differ.
func distance(a, b row) int {
	n := 0
	for x := range a {
		if a[x] != b[x] {
			n++
		}
	}
	return n
}
