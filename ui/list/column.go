package list

import (
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

// gap is what stands between two columns.
const gap = 2

// Column is one column of a list.
type Column[T any] struct {
	Title string
	By    model.By                       // the order in which what it says rises; the zero value for none
	Cell  func(T) string                 // plain text of one line
	Beat  func(T) int64                  // another number whenever the text of the same object is another, as an age is; nil where it never is
	Style func(T) (lipgloss.Style, bool) // how to draw the cell, if in a special way: by the object alone; may be nil
	Max   int                            // cells that it takes at most
	Least int                            // cells that it makes do with; 0 for no less than its content
	Bare  func(T) bool                   // whether the cell says nothing; a column of such cells is left out; may be nil
	Rank  int                            // 0 stays in every window, and has room before the others; the highest goes first
}

// spare is the lowest rank of what is no part of knowing an object again: such columns
// leave before one of rank 0 is cut.
const spare = 3

// layout is which columns are shown and how wide.
type layout struct{ shown, widths []int }

// arrange reads the page and lays its columns out for the window. It runs when either
// changes and not when the cursor moves, so that columns stand still under a moving cursor.
func (m *Model[T]) arrange() {
	m.read()
	m.lay()
	m.moveTo(m.cursor)
}

// lay lays the columns out for what they say.
func (m *Model[T]) lay() {
	m.layout, m.canvas.titles, m.canvas.rows = layout{}, "", make([]string, len(m.page.Items))
	room := m.width - marker
	shown := m.fitting(room)
	m.layout.shown, m.layout.widths = shown, make([]int, len(shown))
	left := room + gap
	for at, i := range shown {
		m.layout.widths[at] = m.least(i)
		left -= m.least(i) + gap
	}
	byRank := make([]int, len(shown))
	for at := range byRank {
		byRank[at] = at
	}
	slices.SortStableFunc(byRank, func(a, b int) int { return m.canvas.ranks[shown[a]] - m.canvas.ranks[shown[b]] })
	for _, at := range byRank {
		more := max(0, min(m.canvas.natural[shown[at]]-m.layout.widths[at], left))
		m.layout.widths[at] += more
		left -= more
	}
	m.squeeze(-left)
}

// squeeze takes cells from the last columns, where the ones that stay in every window want
// more than there are. One without any is not shown.
func (m *Model[T]) squeeze(over int) {
	for last := len(m.layout.shown) - 1; last >= 0 && over > 0; last-- {
		if width := m.layout.widths[last]; width > over {
			m.layout.widths[last] -= over
			return
		}
		over -= m.layout.widths[last] + gap
		m.layout = layout{m.layout.shown[:last], m.layout.widths[:last]}
	}
}

// fitting are the columns that fit, by their place: first without those that are to spare
// if one of rank 0 would be cut, then with as many of the others as make do.
func (m *Model[T]) fitting(room int) []int {
	var all []int
	for i := range m.opt.Columns {
		if !m.canvas.bare[i] {
			all = append(all, i)
		}
	}
	m.canvas.tight = m.canvas.asks
	shown := m.leave(m.leave(slices.Clone(all), room, spare, m.wanted), room, 1, m.least)
	whose := func(i int) bool { return m.canvas.ranks[i] <= 1 && !slices.Contains(shown, i) }
	if m.canvas.asks || !slices.ContainsFunc(all, whose) {
		return shown
	}
	m.canvas.tight = true
	return m.leave(m.leave(all, room, spare, m.wanted), room, 1, m.least)
}

// leave lets columns of that rank or a higher one go until the rest fits, the last of the
// highest first.
func (m *Model[T]) leave(shown []int, room, rank int, width func(column int) int) []int {
	sum := -gap
	for _, i := range shown {
		sum += width(i) + gap
	}
	for sum > room {
		worst := 0
		for at, i := range shown {
			if m.canvas.ranks[i] >= m.canvas.ranks[shown[worst]] {
				worst = at
			}
		}
		if m.canvas.ranks[shown[worst]] < rank {
			break
		}
		sum -= width(shown[worst]) + gap
		shown = slices.Delete(shown, worst, worst+1)
	}
	return shown
}

// wanted is the width that a column has before those to spare do.
func (m *Model[T]) wanted(column int) int {
	if m.canvas.ranks[column] == 0 {
		return m.canvas.natural[column]
	}
	return m.least(column)
}

// least is the width that a column makes do with.
func (m *Model[T]) least(column int) int {
	if least := m.opt.Columns[column].Least; least > 0 {
		if m.canvas.tight {
			least = min(least, leastTight)
		}
		return min(least, m.canvas.natural[column])
	}
	return m.canvas.natural[column]
}

// leastTight is what a column makes do with beside those that a question names, and where one
// would go that tells whose a row is.
const leastTight = 12

// cell cuts text to a width and pads it. Text with right-to-left letters ends
// in a left-to-right mark, or a terminal that reorders would draw it into the
// next column.
func cell(text string, width int) string {
	cut := ansi.Truncate(text, width, "…")
	pad := strings.Repeat(" ", max(0, width-ansi.StringWidth(cut)))
	if strings.ContainsFunc(cut, RightToLeft) {
		cut += "\u200e"
	}
	return cut + pad
}

// RightToLeft reports a letter of a script that is written from right to left. A terminal
// may turn a line round from such a letter on, up to a left-to-right mark.
func RightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam)
}
