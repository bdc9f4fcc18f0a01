package look

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
)

const (
	scrap   = 12 // fewer columns of a page beside a box are pieces of words, and are not shown
	onlyRow = 2  // lines of a page that no box covers: the titles, and the row that it is about
)

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

// Over sets a box over the middle of a page that is so wide and high, in the line that
// [Box.Lift] has found.
func (b Box) Over(page Behind, width, height int) string {
	if !b.Framed() {
		return b.whole
	}
	lines := slices.Clone(page.lines[:min(height, len(page.lines))])
	for len(lines) < height {
		lines = append(lines, "")
	}
	left, top := (width-b.width)/2, b.top(page.row, height)
	for i, line := range b.lines {
		lines[top+i] = b.across(lines[top+i], line, left)
	}
	return strings.Join(lines, "\n")
}

// Lift is by how many lines a page has to be turned up for its marked row to be seen: no
// place of the box may leave it where it is.
func (b Box) Lift(page string, height int) int {
	before, _, marked := strings.Cut(page, caret.Here)
	if !b.Framed() || !marked {
		return 0
	}
	row := strings.Count(before, "\n")
	if top := b.top(row, height); b.covers(row, top) {
		return row - top + 1
	}
	return 0
}

func (b Box) covers(row, top int) bool { return row >= top && row < top+len(b.lines) }

// top is the line at which a box begins: as near to the middle, or to where it stood, as
// leaves the marked row to be seen. Where no place does, it is one with room for that row
// above it.
func (b Box) top(row, height int) int {
	room := max(0, height-len(b.lines))
	middle := room / 2
	if b.seat.taken {
		middle = min(b.seat.top, room)
	}
	best := -1
	for top := range room + 1 {
		if !b.covers(row, top) && (best < 0 || max(top-middle, middle-top) < max(best-middle, middle-best)) {
			best = top
		}
	}
	if best < 0 {
		best = min(max(middle, onlyRow), room)
	}
	b.seat.top, b.seat.taken = best, true
	return best
}

// across sets a line of a box into one of a page. Where the box leaves but scraps of the page
// at its sides, these are blank.
func (b Box) across(line, text string, left int) string {
	if left < scrap {
		return strings.Repeat(" ", left) + text
	}
	return across(line, text, left, b.width)
}

// across sets a text into a line from a column on. What it cuts in two is seen to be: the
// beginning of it at the left ends with an ellipsis or is not drawn, and its end at the right
// is never. A blank stands between.
func across(line, text string, from, width int) string {
	until := from + width
	left := leftAgain(beginning(line, from))
	left += strings.Repeat(" ", from-ansi.StringWidth(left))
	start := nextCell(ansi.Strip(line), until)
	if start < 0 {
		return left + text
	}
	right := ansi.TruncateLeft(line, start, "")
	return strings.TrimRight(left+text+strings.Repeat(" ", start-until)+right, " ")
}

// beginning is a line as far as it stands at the left of a column.
func beginning(line string, until int) string {
	plain := ansi.Strip(line)
	if !letter(plain, until-1) {
		return ansi.Truncate(line, until, "")
	}
	word := trailing(ansi.Truncate(plain, until, ""))
	if word < fewLetters {
		return ansi.Truncate(line, until-word-1, "") // before it
	}
	return ansi.Truncate(line, until-1, "…")
}

// fewLetters are too few of a word's beginning to be told from another word.
const fewLetters = 6

// nextCell is the first blank column from one on that has another before it: what follows is
// a whole cell of a row. It is -1 where nothing follows.
func nextCell(plain string, from int) int {
	for column := from; column < ansi.StringWidth(plain); column++ {
		if !letter(plain, column) && !letter(plain, column-1) {
			return column
		}
	}
	return -1
}

// letter reports whether something other than a blank is in a column of a line.
func letter(plain string, column int) bool {
	cell := ansi.Cut(plain, column, column+1) // empty for half of a wide letter
	return ansi.StringWidth(plain) > column && (cell == "" || strings.Trim(cell, " \u200e") != "")
}

// trailing is how wide the word is at the end of a text.
func trailing(plain string) int {
	return ansi.StringWidth(plain) - ansi.StringWidth(strings.TrimRightFunc(plain, func(r rune) bool { return r != ' ' }))
}
