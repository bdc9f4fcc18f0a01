package look

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/list"
)

// Part is how far a text is read that may be longer than the room it stands in.
type Part struct{ top, height, total int }

// Of is what is shown of the lines of a text in a height.
func (p *Part) Of(lines []string, height int) []string {
	p.height, p.total = max(1, height), len(lines)
	p.Go(0)
	return lines[p.top:min(p.top+p.height, p.total)]
}

// Go goes so many lines on, or back.
func (p *Part) Go(lines int) { p.top = max(0, min(p.top+lines, p.total-p.height)) }

// Show goes as few lines as it takes to show one of them.
func (p *Part) Show(line int) {
	switch {
	case line < p.top:
		p.Go(line - p.top)
	case line >= p.top+p.height:
		p.Go(line - p.top - p.height + 1)
	}
}

// Shows reports whether a line is among those that are shown.
func (p *Part) Shows(line int) bool { return line >= p.top && line < p.top+p.height }

// End goes to the end.
func (p *Part) End() { p.Go(p.total) }

// Turn goes so many parts on, or back; a line of the last one stays. It says whether
// there was anything to turn.
func (p *Part) Turn(parts int) bool {
	p.Go(parts * max(1, p.height-1))
	return p.Cut()
}

// Cut reports whether not all of it is shown.
func (p *Part) Cut() bool { return p.total > p.height }

// More reports whether something follows.
func (p *Part) More() bool { return p.top+p.height < p.total }

// Place is which lines are shown, of how many; nothing where all are.
func (p *Part) Place() string {
	if !p.Cut() {
		return ""
	}
	return fmt.Sprintf("%d–%d of %d", p.top+1, p.top+p.height, p.total)
}

// Sign says by which keys the rest is reached; nothing where all is shown.
func (st Styles) Sign(p *Part) string {
	switch {
	case p.More():
		return st.Bold.Render("pgdn") + st.Faint.Render(" more")
	case p.Cut():
		return st.Bold.Render("pgup") + st.Faint.Render(" back")
	}
	return ""
}

// Signed is what is shown of lines that have the room for themselves. Where they do not
// fit, the last line says so.
func (st Styles) Signed(p *Part, lines []string, height int) []string {
	if len(lines) <= height {
		return p.Of(lines, height)
	}
	return append(append([]string{}, p.Of(lines, height-1)...), st.Sign(p))
}

// Under sets a text below another one, and a line between them that says what it is about
// and whether there is more of it.
func (st Styles) Under(above, title string, p *Part, lines []string, width, height int) string {
	room := height - strings.Count(above, "\n") - 2
	shown := p.Of(lines, room)
	return above + "\n" + st.rule(title, st.Sign(p), width) + "\n" + High(strings.Join(shown, "\n"), room)
}

// ruleEnd is how much of a rule stands before the words at its beginning, and after those
// at its end.
const ruleEnd = 2

// rule is a faint line with words near its ends.
func (st Styles) rule(left, right string, width int) string {
	if right = inRule(right); right != "" {
		right += st.dashes(ruleEnd)
	}
	room := width - ansi.StringWidth(right)
	if left = inRule(Cut(left, room-ruleEnd-3)); left != "" {
		left = st.dashes(ruleEnd) + left
	}
	return left + st.dashes(room-ansi.StringWidth(left)) + right
}

func (st Styles) dashes(n int) string { return st.Faint.Render(strings.Repeat("─", max(0, n))) }

func inRule(words string) string {
	switch {
	case words == "":
		return ""
	case strings.ContainsFunc(words, list.RightToLeft):
		words += "\u200e" // or the line would be turned round with them
	}
	return " " + words + " "
}
