package choose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/look"
)

const (
	now    = "now" // behind the choice that holds
	mark   = 2     // columns before a choice
	least  = 42    // columns of a box: all its keys stand in a line
	fewest = 3     // rows without which a box is no help
)

// View draws the question: in a box where there is room for one, else all over the window.
func (m *Model) View(width, height int) look.Box {
	inner := look.Room(width)
	head := m.head(inner)
	if room := height - len(head) - 5; inner < width && room >= min(fewest, len(m.question.Choices)) { // frame, blank, keys and a blank
		inner = min(inner, m.widest())
		box := m.styles.Sheet(&m.Scroller, width, height, look.Sheet{Lines: append(m.head(inner), m.list(inner, room)...), Width: inner, Offer: look.Alike, Keys: [][]key.Binding{m.Help()}})
		if box.Framed() {
			return box
		}
	}
	head = m.head(width)
	head = head[:max(1, min(len(head), height-fewest))]
	lines := append(head, m.list(width, height-len(head))...)
	return look.Whole(look.Fit(strings.Join(lines, "\n"), width, height))
}

// head is the question, with what is typed, and what has to be known.
func (m *Model) head(width int) []string {
	lines := []string{m.styles.Bold.Render(look.Cut(m.question.Title, width))}
	switch {
	case m.typing != moving:
		lines = append(lines, m.line.View(width))
	case m.question.Help != "":
		lines = append(lines, look.Block(m.styles.Faint, m.question.Help, width, 2)...)
	default:
		lines = append(lines, "") // the rows do not jump when something is typed
	}
	return lines
}

// list are as many choices as there is room for, the one under the cursor among them.
func (m *Model) list(width, room int) []string {
	if len(m.shown) == 0 {
		return []string{m.styles.Warn.Render(look.Cut("Nothing fits “"+model.Clean(m.line.Value()).String()+"”.", width))}
	}
	m.rows = max(1, min(room, len(m.shown)))
	if m.rows < len(m.shown) && m.rows > 1 {
		m.rows-- // for how many there are
	}
	top := max(0, min(m.cursor-m.rows/2, len(m.shown)-m.rows))
	columns := min(width, m.widest())
	var lines []string
	for i := top; i < top+m.rows; i++ {
		lines = append(lines, m.row(i, columns))
	}
	if m.rows < len(m.shown) {
		lines = append(lines, m.styles.Faint.Render(look.Cut(fmt.Sprintf("  %d of %d", m.cursor+1, len(m.shown)), width)))
	}
	return lines
}

// widest is how wide the longest row is, whatever is shown of them, or the question: the box
// stays as it is.
func (m *Model) widest() int {
	longest := slices.MaxFunc(m.question.Choices, func(a, b model.Choice) int { return ansi.StringWidth(a.Label) - ansi.StringWidth(b.Label) })
	return max(least, ansi.StringWidth(m.question.Title), mark+ansi.StringWidth(longest.Label)+2+len(now))
}

func (m *Model) row(i, width int) string {
	c, line := m.shown[i], m.styles.Mark(i == m.cursor)
	if i == m.cursor && m.typing == moving {
		line = caret.Here + line
	}
	label := look.Cut(c.Label, width-mark-2-len(now))
	line += label
	if c.Value == m.question.Current {
		line += strings.Repeat(" ", width-mark-ansi.StringWidth(label)-len(now)) + m.styles.Faint.Render(now)
	}
	return line
}
