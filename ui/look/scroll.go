package look

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Scroller is how far a dialog is read that does not fit into a low window, and where its box
// stands in one in which it does.
type Scroller struct {
	part Part
	read int // the furthest line that was shown first
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
func (s *Scroller) ToTop() { s.part.Go(-s.part.top) }

// Unread reports whether the end has not been on the screen yet.
func (s *Scroller) Unread() bool { return s.read+s.part.height < s.part.total }

// Scroll turns a dialog that does not fit; it says whether the key was for that.
// Letters are never: they may be typed into the dialog.
func (s *Scroller) Scroll(msg tea.KeyMsg) bool {
	switch msg.Type {
	case tea.KeyPgDown, tea.KeyDown:
		return s.part.Turn(1)
	case tea.KeyPgUp, tea.KeyUp:
		return s.part.Turn(-1)
	default:
		return false
	}
}

// cut is the part of the lines that is shown in a height, its last line a sign
// that there is more.
func (s *Scroller) cut(lines []string, height int, more string) []string {
	if len(lines) <= height || height < 2 {
		*s = s.Seated()
		return lines
	}
	shown := slices.Clone(s.part.Of(lines, height-1))
	s.read = max(s.read, s.part.top)
	if !s.part.More() {
		more = ""
	}
	return append(shown, more)
}
