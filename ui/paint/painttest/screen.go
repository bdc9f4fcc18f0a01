package painttest

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is in what one terminal differs from another.
type Kind struct {
	NoRegions  bool // a scroll region is a fault
	NoGround   bool // what is erased has no background, whatever the style
	Older      bool // trigrams and other signs take one column, as before Unicode 16
	Clustering bool // a letter takes the columns of its first sign, however many follow
}

// Cell is one place of the screen. The second half of a wide letter has no content and no
// width.
type Cell struct {
	Content string
	Width   int
	Style   Style
	torn    bool // half of a wide letter was overwritten, and terminals differ in what colour the rest has
}

// Screen is a terminal's. Make it with New.
type Screen struct {
	Is            Kind
	Width, Height int
	X, Y          int  // the cursor
	Visible       bool // is it seen
	Alternate     bool // the screen of a program
	Pastes        bool // pastes are marked
	cells         [][]Cell
	kept          kept
	style         Style
	top, bottom   int  // of the region, both in it
	pending       bool // the last column has been written, and the cursor stands on it
	after         bool // nothing but styles since the last letter
	wrap, frame   bool
	faults        []error
}

// kept is the other screen.
type kept struct {
	cells [][]Cell
	x, y  int
}

// New is an empty screen with a cursor in its first cell.
func New(is Kind, width, height int) *Screen {
	return &Screen{Is: is, Width: width, Height: height, Visible: true, wrap: true, cells: grid(width, height), bottom: height - 1}
}

func grid(width, height int) [][]Cell {
	all := make([]Cell, width*height)
	for i := range all {
		all[i] = Cell{Content: " ", Width: 1}
	}
	rows := make([][]Cell, height)
	for y := range rows {
		rows[y] = all[y*width : (y+1)*width : (y+1)*width]
	}
	return rows
}

// Cell is what is at a place.
func (s *Screen) Cell(x, y int) Cell { return s.cells[y][x] }

// Row is the letters of a row, with its blanks.
func (s *Screen) Row(y int) string {
	var b strings.Builder
	for _, c := range s.cells[y] {
		b.WriteString(c.Content)
	}
	return b.String()
}

// Frame draws what a painter wrote for one frame, and reports what it must not have
// written: what is not of the grammar, of which terminals differ, or what leaves the
// terminal in another state than a frame has to.
func (s *Screen) Frame(b []byte) error {
	s.faults = nil
	s.draw(b)
	if s.style != (Style{}) {
		s.fault("the frame leaves a style: %v", s.style)
	}
	if s.top != 0 || s.bottom != s.Height-1 {
		s.fault("the frame leaves a region: %d to %d", s.top, s.bottom)
	}
	if !s.wrap {
		s.fault("the frame leaves rows that do not wrap")
	}
	if s.frame {
		s.fault("the frame does not end")
	}
	if len(s.faults) == 0 {
		return nil
	}
	return fmt.Errorf("%w\nin %q", errors.Join(s.faults...), b)
}

// draw draws bytes, as many as are of the grammar.
func (s *Screen) draw(b []byte) {
	for len(b) > 0 {
		t, err := next(b)
		if err != nil {
			s.fault("%w", err)
			return
		}
		if t.letter != 0 {
			s.letter(t.letter)
		} else {
			s.obey(t)
		}
		b = b[len(t.bytes):]
	}
}

func (s *Screen) fault(format string, args ...any) {
	if len(s.faults) < 8 {
		s.faults = append(s.faults, fmt.Errorf(format, args...))
	}
}

// Spoil changes the letters that are of a kind, as somebody does who writes other ones in
// their place.
func (s *Screen) Spoil(kind func(rune) bool) {
	for y := range s.cells {
		for x := range s.cells[y] {
			if c := &s.cells[y][x]; strings.ContainsFunc(c.Content, kind) {
				c.Content = "?"
			}
		}
	}
}

// Scramble makes the screen one that others have left behind: letters everywhere, the
// cursor somewhere, a style, and a region.
func (s *Screen) Scramble(width, height, salt int) {
	*s = Screen{
		Is: s.Is, Width: width, Height: height, Visible: salt%2 == 0, Alternate: s.Alternate, Pastes: s.Pastes, wrap: true,
		cells: grid(width, height), kept: s.kept, bottom: height - 1,
	}
	if width < 1 || height < 1 {
		return
	}
	rubbish := Style{Text: Colour{1, salt % 16}, Ground: Colour{2, salt % 256}, Looks: Bold | Underline}
	for y := range s.cells {
		for x := range s.cells[y] {
			s.cells[y][x] = Cell{Content: string(rune('A' + (x+y+salt)%26)), Width: 1, Style: rubbish}
		}
	}
	s.X, s.Y, s.style = salt%width, salt%height, rubbish
	s.pending = s.X == width-1 && salt%3 == 0
	if height > 2 && !s.Is.NoRegions {
		s.top, s.bottom = salt%2, height-2
	}
}
