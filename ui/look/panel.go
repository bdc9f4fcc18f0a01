package look

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
)

const (
	widestPanel = 96 // columns in the largest box
	mostLines   = 22 // lines of it, however high the window is
	lowest      = 14 // lines of a window that has room for one
)

// Inside is how wide and how high what stands above the keys is in a box that takes all the
// room that a page gives, as a list does; false where a window is too low or too narrow for
// that, and shows it bare.
func Inside(width, height int, keys []key.Binding) (columns, lines int, framed bool) {
	columns = min(widestPanel, width-frame-2*margin)
	if columns < tightest || height < lowest {
		return width, height, false
	}
	return columns, min(height-onlyRow, mostLines) - 2 - len(Styles{}.answers(Dialog{Keys: keys, Offer: NotYet}, columns)) - 1, true
}

// Panel draws the lines of something that fits [Inside] of a window, in a box with its keys
// in it, or bare.
func (st Styles) Panel(s *Scroller, width, height int, lines []string, keys []key.Binding, offer Offer) Box {
	columns, high, framed := Inside(width, height, keys)
	lines = strings.Split(Fit(strings.Join(lines, "\n"), columns, high), "\n")
	if !framed {
		return Whole(strings.Join(lines, "\n"))
	}
	*s = Scroller{seat: s.seat.in(width, height)}
	s.seat.inner = columns
	answers := st.answers(Dialog{Keys: keys, Offer: offer}, columns)
	return enclosed(slices.Concat(lines, []string{""}, answers), st.Accent, &s.seat)
}
