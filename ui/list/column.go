package list

import (
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// gap is what stands between two columns.
const gap = 2

// Column is one column of a list.
type Column[T any] struct {
	Title string
	Cell  func(T) string                 // plain text of one line
	Beat  func(T) int64                  // another number whenever the text of the same object is another, as an age is; nil where it never is
	Style func(T) (lipgloss.Style, bool) // how to draw the cell, if in a special way: by the object alone; may be nil
	Max   int                            // cells that it takes at most
	Least int                            // cells that it makes do with before others leave; 0 for no less than its content
	Bare  func(T) bool                   // whether the cell says nothing; a column of such cells is left out; may be nil
	Rank  int                            // 0 stays in every window; the highest goes first
}

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
	columns := m.fitting(room)
	for at, i := range columns {
		kept := 0 // for the columns after this one
		for _, after := range columns[at+1:] {
			kept += m.least(after) + gap
		}
		w := min(m.canvas.natural[i], max(m.least(i), room-kept), room)
		if w <= 0 {
			break
		}
		m.layout.shown = append(m.layout.shown, i)
		m.layout.widths = append(m.layout.widths, w)
		room -= w + gap
	}
}

// fitting are the columns that fit, by their place. They leave one by one, the last
// of the highest rank first.
func (m *Model[T]) fitting(room int) []int {
	var shown []int
	sum := -gap
	for i := range m.opt.Columns {
		if !m.canvas.bare[i] {
			shown = append(shown, i)
			sum += m.least(i) + gap
		}
	}
	for sum > room {
		worst := 0
		for at, i := range shown {
			if m.opt.Columns[i].Rank >= m.opt.Columns[shown[worst]].Rank {
				worst = at
			}
		}
		if m.opt.Columns[shown[worst]].Rank == 0 {
			break
		}
		sum -= m.least(shown[worst]) + gap
		shown = slices.Delete(shown, worst, worst+1)
	}
	return shown
}

// least is the width that a column makes do with.
func (m *Model[T]) least(column int) int {
	if least := m.opt.Columns[column].Least; least > 0 {
		return min(least, m.canvas.natural[column])
	}
	return m.canvas.natural[column]
}

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
