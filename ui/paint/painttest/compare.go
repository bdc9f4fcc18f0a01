package painttest

import (
	"fmt"
	"strings"
)

// Differs says in which cells two screens do not show the same, and where the cursor is
// not; empty if they do.
func (s *Screen) Differs(want *Screen) string {
	if s.Width != want.Width || s.Height != want.Height {
		return fmt.Sprintf("%d×%d, not %d×%d", s.Width, s.Height, want.Width, want.Height)
	}
	var b strings.Builder
	for y := range s.cells {
		for x := range s.cells[y] {
			if is, wanted := &s.cells[y][x], &want.cells[y][x]; b.Len() < 1000 && !is.shows(wanted) {
				fmt.Fprintf(&b, "column %d of row %d is %v, not %v\n", x, y, is, wanted)
			}
		}
	}
	switch {
	case s.Visible != want.Visible:
		fmt.Fprintf(&b, "the cursor is seen: %v, not %v\n", s.Visible, want.Visible)
	case s.Visible && (s.X != want.X || s.Y != want.Y):
		fmt.Fprintf(&b, "the cursor is at %d,%d, not at %d,%d\n", s.X, s.Y, want.X, want.Y)
	}
	return b.String()
}

// shows reports whether two cells look the same to an eye.
func (c *Cell) shows(want *Cell) bool {
	return c.Content == want.Content && c.Width == want.Width && c.torn == want.torn && c.Style.visible(c.Content) == want.Style.visible(want.Content)
}

// String says the cell as one finds it in a report.
func (c *Cell) String() string {
	if c.torn {
		return "torn"
	}
	return fmt.Sprintf("%+q/%d (%v)", c.Content, c.Width, c.Style)
}
