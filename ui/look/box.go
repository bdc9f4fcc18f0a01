package look

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
	"authdeck/ui/list"
)

// Box is a dialog as it was drawn: lines of one width that stand over a page, or all of what
// the page has room for.
type Box struct {
	lines []string
	width int
	alone int    // the line that nothing stands beside, in the box or outside; -1 for none
	whole string // instead of the lines
	seat  *seat
}

// Whole is a dialog that leaves nothing of its page.
func Whole(view string) Box { return Box{whole: view} }

// None reports whether nothing was drawn.
func (b Box) None() bool { return b.whole == "" && b.lines == nil }

// Framed reports whether it stands over its page, with its keys in it.
func (b Box) Framed() bool { return b.lines != nil }

// enclosed draws a frame around lines, as wide as the longest. A line that stands alone has
// a gap in the frame: whoever clicks it three times marks the line and nothing else.
func enclosed(lines []string, alone int, edge lipgloss.Style, kept *seat) Box {
	inner := max(tightest, kept.inner)
	for _, line := range lines {
		inner = max(inner, ansi.StringWidth(line))
	}
	kept.inner, kept.lines = inner, len(lines)
	rule, side := strings.Repeat("─", inner+frame-2), edge.Render("│")
	b := Box{lines: []string{edge.Render("╭" + rule + "╮")}, width: inner + frame, alone: -1, seat: kept}
	for i, line := range lines {
		padded := "  " + line + strings.Repeat(" ", inner-ansi.StringWidth(line)) + "  "
		if i == alone {
			b.alone = i + 1
			b.lines = append(b.lines, " "+padded+" ")
			continue
		}
		b.lines = append(b.lines, side+padded+side)
	}
	b.lines = append(b.lines, edge.Render("╰"+rule+"╯"))
	return b
}

// begun puts the cursor at the beginning of lines in which it does not stand yet.
func begun(lines []string) []string {
	if len(lines) > 0 && !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, caret.Here) }) {
		lines[0] = caret.Here + lines[0]
	}
	return lines
}

// Behind is a page as it stands behind a box: faint, but for the row that is marked.
type Behind struct {
	lines []string
	row   int // the marked one; -1 for none
}

// Fade is a page that goes behind a box. The marked row is where its cursor stood; so many
// columns of it stay as they were, since that is what the box is about.
func (st Styles) Fade(page string, columns int) Behind {
	b := Behind{strings.Split(page, "\n"), -1}
	for i, line := range b.lines {
		if strings.Contains(line, caret.Here) {
			b.row = i
			line = caret.Without(line)
			kept := ansi.Truncate(line, columns, "")
			b.lines[i] = kept + st.fainted(ansi.TruncateLeft(line, columns, ""))
			continue
		}
		b.lines[i] = st.fainted(line)
	}
	return b
}

func (st Styles) fainted(line string) string {
	if line = strings.TrimRight(ansi.Strip(line), " "); line == "" {
		return ""
	}
	return st.Faint.Render(line)
}

// Over sets a box over the middle of a page that is so wide and high.
func (b Box) Over(page Behind, width, height int) string {
	if !b.Framed() {
		return b.whole
	}
	lines := slices.Clone(page.lines[:min(height, len(page.lines))])
	for len(lines) < height {
		lines = append(lines, "")
	}
	left, top := (width-b.width)/2, b.top(page.row, height)
	if b.alone >= 0 {
		left = min(left, margin) // near the line that begins where the screen does
	}
	for i, line := range b.lines {
		if i == b.alone {
			lines[top+i] = strings.TrimSpace(line) // blanks before a key would be marked and pasted with it
			continue
		}
		lines[top+i] = across(lines[top+i], line, left, b.width)
	}
	return strings.Join(lines, "\n")
}

// top is the line at which a box begins: as near to the middle, or to where it stood, as
// leaves the marked row to be seen. Where no place does, the row's marker is still beside
// the box, but for the line that stands alone.
func (b Box) top(row, height int) int {
	room := height - len(b.lines)
	middle := room / 2
	if b.seat.taken {
		middle = min(b.seat.top, room)
	}
	best, price := middle, -1
	for top := range room + 1 {
		cost := max(top-middle, middle-top)
		switch {
		case b.alone >= 0 && row == top+b.alone:
			cost += 4 * height
		case row >= top && row < top+len(b.lines):
			cost += 2 * height
		}
		if price < 0 || cost < price {
			best, price = top, cost
		}
	}
	b.seat.top, b.seat.taken = best, true
	return best
}

// across sets a text into a line from a column on. A wide letter of which half is covered
// is not drawn.
func across(line, text string, from, width int) string {
	left := ansi.Truncate(line, from, "")
	left += strings.Repeat(" ", from-ansi.StringWidth(left))
	if strings.ContainsFunc(left, list.RightToLeft) {
		left += "\u200e" // its own may have been cut off, and what follows would be turned round with it
	}
	rest := ansi.StringWidth(line) - from - width
	if rest <= 0 {
		return left + text
	}
	right := ansi.TruncateLeft(line, from+width, "")
	for cut := 1; ansi.StringWidth(right) > rest; cut++ {
		right = ansi.TruncateLeft(line, from+width+cut, "")
	}
	return left + text + strings.Repeat(" ", rest-ansi.StringWidth(right)) + right
}
