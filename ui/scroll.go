package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/list"
)

// scroller is how far a dialog is read that does not fit into a low window.
type scroller struct {
	top  int // the first line that is shown
	last int // what top is when the end is shown; 0 where all fits
	read int // the furthest top that was shown
}

// unread reports whether the end has not been on the screen yet.
func (s *scroller) unread() bool { return s.read < s.last }

// Scroll turns a dialog that does not fit; it says whether the key was for that.
func (s *scroller) Scroll(msg tea.KeyMsg) bool {
	step := max(1, s.page()-1)
	switch keys := list.Keys(); {
	case s.last == 0:
		return false
	case msg.Type == tea.KeyPgDown, msg.Type == tea.KeyDown:
		s.top = min(s.top+step, s.last)
	case msg.Type == tea.KeyPgUp, msg.Type == tea.KeyUp, key.Matches(msg, keys.Top):
		s.top = max(0, s.top-step)
	default:
		return false
	}
	return true
}

// page is how many lines a turn goes: a part of what is hidden, so that nothing is
// passed over.
func (s *scroller) page() int { return max(2, s.last/2) }

// cut is the part of the lines that is shown in a height, its last line a sign
// that there is more.
func (s *scroller) cut(lines []string, height int, more string) []string {
	if len(lines) <= height || height < 2 {
		*s = scroller{}
		return lines
	}
	s.last = len(lines) - (height - 1)
	s.top = min(s.top, s.last)
	s.read = max(s.read, s.top)
	shown := append([]string{}, lines[s.top:s.top+height-1]...)
	if s.top == s.last {
		more = ""
	}
	return append(shown, more)
}
