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
	whole string // instead of the lines
	seat  *seat
}

// Whole is a dialog that leaves nothing of its page.
func Whole(view string) Box { return Box{whole: view} }

// None reports whether nothing was drawn.
func (b Box) None() bool { return b.whole == "" && b.lines == nil }

// Framed reports whether it stands over its page, with its keys in it.
func (b Box) Framed() bool { return b.lines != nil }

// enclosed draws a frame around lines, as wide as the longest.
func enclosed(lines []string, edge lipgloss.Style, kept *seat) Box {
	inner := max(tightest, kept.inner)
	for _, line := range lines {
		inner = max(inner, ansi.StringWidth(line))
	}
	kept.inner, kept.lines = inner, len(lines)
	rule, side := strings.Repeat("─", inner+frame-2), edge.Render("│")
	b := Box{lines: []string{edge.Render("╭" + rule + "╮")}, width: inner + frame, seat: kept}
	for _, line := range lines {
		b.lines = append(b.lines, side+"  "+leftAgain(line)+strings.Repeat(" ", inner-ansi.StringWidth(line))+"  "+side)
	}
	b.lines = append(b.lines, edge.Render("╰"+rule+"╯"))
	return b
}

// banded draws rules above and below lines, as wide as the window. Nothing stands beside
// them, not even a blank: whoever clicks one of them three times marks it and nothing else.
func banded(lines []string, width int, edge lipgloss.Style, kept *seat) Box {
	kept.lines = len(lines)
	rule := edge.Render(strings.Repeat("─", width))
	return Box{lines: slices.Concat([]string{rule}, lines, []string{rule}), width: width, seat: kept}
}

// begun puts the cursor at the beginning of lines in which it does not stand yet.
func begun(lines []string) []string {
	if len(lines) > 0 && !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, caret.Here) }) {
		lines[0] = caret.Here + lines[0]
	}
	return lines
}

// leftAgain ends letters that are written from right to left: what follows them in a line
// would be turned round with them.
func leftAgain(line string) string {
	last := strings.LastIndexFunc(line, list.RightToLeft)
	if last < 0 || strings.Contains(line[last:], "\u200e") {
		return line
	}
	return line + "\u200e"
}

// Ends is the line of the page below the box, where it was set last.
func (b Box) Ends() int { return b.seat.top + len(b.lines) }
