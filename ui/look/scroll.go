package look

import (
	tea "github.com/charmbracelet/bubbletea"
)

// Scroller is how far a dialog is read that does not fit into a low window.
type Scroller struct {
	top  int // the first line that is shown
	last int // what top is when the end is shown; 0 where all fits
	read int // the furthest top that was shown
	step int // how many lines a turn goes; a line of the last part stays

	seat seat
}

// seat is where a box stands in a window, so that it neither jumps nor shrinks while what it
// says changes.
type seat struct {
	window       [2]int
	inner, lines int
	top          int
	taken        bool
}

// in is the seat in a window; another window has another one.
func (s seat) in(width, height int) seat {
	if s.window != [2]int{width, height} {
		return seat{window: [2]int{width, height}}
	}
	return s
}

// Seated is for the dialog that goes on in the same box.
func (s *Scroller) Seated() Scroller { return Scroller{seat: s.seat} }

// Succeeded is for another dialog that comes in the place of this one: its box begins in the
// same line, and is as large as it needs to be.
func (s *Scroller) Succeeded() Scroller {
	next := Scroller{seat: s.seat}
	next.seat.inner, next.seat.lines = 0, 0
	return next
}

// ToTop goes back to the first line.
func (s *Scroller) ToTop() { s.top = 0 }

// Unread reports whether the end has not been on the screen yet.
func (s *Scroller) Unread() bool { return s.read < s.last }

// Scroll turns a dialog that does not fit; it says whether the key was for that.
// Letters are never: they may be typed into the dialog.
func (s *Scroller) Scroll(msg tea.KeyMsg) bool {
	if s.last == 0 {
		return false
	}
	switch msg.Type {
	case tea.KeyPgDown, tea.KeyDown:
		s.top = min(s.top+s.step, s.last)
	case tea.KeyPgUp, tea.KeyUp:
		s.top = max(0, s.top-s.step)
	default:
		return false
	}
	return true
}

// cut is the part of the lines that is shown in a height, its last line a sign
// that there is more.
func (s *Scroller) cut(lines []string, height int, more string) []string {
	if len(lines) <= height || height < 2 {
		*s = s.Seated()
		return lines
	}
	s.last, s.step = len(lines)-(height-1), max(1, height-2)
	s.top = min(s.top, s.last)
	s.read = max(s.read, s.top)
	shown := append([]string{}, lines[s.top:s.top+height-1]...)
	if s.top == s.last {
		more = ""
	}
	return append(shown, more)
}
