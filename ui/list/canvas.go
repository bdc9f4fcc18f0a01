package list

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/caret"
)

// canvas is what is kept of a page from one frame to the next, so that a frame measures
// and draws only the rows that changed: what the cells say and how wide their columns want
// to be, read when the page comes or the window changes, and the rows as they were drawn.
// What is kept never shows: a view is the same as if all of it were drawn anew.
type canvas struct {
	sort    model.Sort // how the rows stand
	bare    []bool     // the columns that say nothing in any row
	texts   [][]string // of each column, by row; nil for a bare one
	beats   [][]int64  // of each column that changes by itself, by row, bare or not
	natural []int      // the width that each column asks for
	ranks   []int      // of each column, for the question that the page answers
	asks    bool       // it names some columns
	tight   bool       // some columns make do with less than they like

	titles  string          // drawn
	gutters [gutters]string // what stands before a row, drawn
	rows    []string        // drawn, as those without the cursor; empty for one that is not
	marked  []bool          // by row; nil where none ever is
	marks   int             // the changes of the marks that this is after
}

// gutter is what the marker column says of a row, one thing a cell.
type gutter int

const (
	pointed gutter = 1 << iota
	marked
	gutters
)

// read reads what the cells of the page say.
func (m *Model[T]) read() {
	columns := m.opt.Columns
	m.canvas = canvas{
		bare: make([]bool, len(columns)), texts: make([][]string, len(columns)), beats: make([][]int64, len(columns)), natural: make([]int, len(columns)),
		gutters: m.guttered(),
	}
	m.readMarks()
	if m.opt.Sorted != nil {
		m.canvas.sort = m.opt.Sorted(m.shown.query)
	}
	m.readRanks()
	for i, c := range columns {
		if c.Beat != nil {
			m.canvas.beats[i] = each(m.page.Items, c.Beat)
		}
		if m.canvas.bare[i] = m.bare(c); m.canvas.bare[i] {
			continue
		}
		m.canvas.texts[i] = each(m.page.Items, c.Cell)
		m.canvas.natural[i] = m.measured(i)
	}
}

// readRanks reads which columns give way to which. Those that a question names stay before any
// other: the answer is not seen without them.
func (m *Model[T]) readRanks() {
	asked := make([]bool, len(m.opt.Columns))
	for i, c := range m.opt.Columns {
		asked[i] = m.opt.Asked != nil && m.opt.Asked(m.shown.query, c.Title)
	}
	m.canvas.asks, m.canvas.ranks = slices.Contains(asked, true), make([]int, len(asked))
	for i, c := range m.opt.Columns {
		switch m.canvas.ranks[i] = c.Rank; {
		case asked[i]:
			m.canvas.ranks[i] = 1
		case m.canvas.asks:
			m.canvas.ranks[i] = max(2, c.Rank+1)
		}
	}
}

// guttered draw the cursor's sign in the first cell and that of a mark in the second, so that
// either is seen where there are no colours.
func (m *Model[T]) guttered() (drawn [gutters]string) {
	here, mark := m.opt.Styles.Marker, m.opt.Styles.Mark
	drawn[0], drawn[marked] = resting, " "+mark.Render(sign)
	drawn[pointed], drawn[pointed|marked] = caret.Here+here.Render(pointing+" "), caret.Here+here.Render(pointing+sign)
	return drawn
}

// Marks are the rows that somebody has marked, wherever that is kept.
type Marks[T any] interface {
	Changes() int // another number whenever other rows may be marked
	Has(row T) bool
}

// readMarks reads which rows are marked; one whose mark is another is drawn anew.
func (m *Model[T]) readMarks() {
	if m.opt.Marks == nil {
		return
	}
	now := each(m.page.Items, m.opt.Marks.Has)
	for at, was := range m.canvas.marked {
		if was != now[at] {
			m.canvas.rows[at] = ""
		}
	}
	m.canvas.marked, m.canvas.marks = now, m.opt.Marks.Changes()
}

// gutter is what stands before a row, drawn: where the cursor is, or anywhere.
func (m *Model[T]) gutter(row int, where gutter) string {
	if m.canvas.marked != nil && m.canvas.marked[row] {
		where |= marked
	}
	return m.canvas.gutters[where]
}

// each is what there is of each row.
func each[T, V any](items []T, of func(T) V) []V {
	all := make([]V, len(items))
	for at, item := range items {
		all[at] = of(item)
	}
	return all
}

// bare reports whether a column says nothing in any row of the page.
func (m *Model[T]) bare(c Column[T]) bool {
	return c.Bare != nil && !slices.ContainsFunc(m.page.Items, func(item T) bool { return !c.Bare(item) })
}

// measured is the width that a column's content asks for.
func (m *Model[T]) measured(column int) int {
	c := m.opt.Columns[column]
	w := ansi.StringWidth(c.Title + m.arrow(column))
	for _, text := range m.canvas.texts[column] {
		w = max(w, ansi.StringWidth(text))
	}
	return min(w, c.Max)
}

// listen reads the cells anew that say something else by now, such as an age, and lays the
// columns out for them.
func (m *Model[T]) listen() {
	if m.opt.Marks != nil && m.opt.Marks.Changes() != m.canvas.marks {
		m.readMarks()
	}
	wider := false
	for i := range m.canvas.beats {
		if !m.beaten(i) {
			continue
		}
		if m.bare(m.opt.Columns[i]) != m.canvas.bare[i] {
			m.read()
			m.lay()
			return
		}
		if m.canvas.bare[i] {
			continue
		}
		if natural := m.measured(i); natural != m.canvas.natural[i] {
			m.canvas.natural[i], wider = natural, true
		}
	}
	if wider {
		m.lay()
	}
}

// beaten reads the cells of a column anew whose beat is another, and reports whether there
// are any. Those of a bare one have nothing to say yet.
func (m *Model[T]) beaten(column int) bool {
	changed, c := false, m.opt.Columns[column]
	for at, beat := range m.canvas.beats[column] {
		now := c.Beat(m.page.Items[at])
		if now == beat {
			continue
		}
		changed, m.canvas.beats[column][at], m.canvas.rows[at] = true, now, ""
		if !m.canvas.bare[column] {
			m.canvas.texts[column][at] = c.Cell(m.page.Items[at])
		}
	}
	return changed
}

// drawn is a row as those without the cursor, as the last frame had it unless it changed.
func (m *Model[T]) drawn(row int) string {
	if m.canvas.rows[row] == "" {
		m.canvas.rows[row] = m.row(row)
	}
	return m.canvas.rows[row]
}

// pointed is a row as the one with the cursor.
func (m *Model[T]) pointed(row int) string {
	return m.gutter(row, pointed) + m.drawn(row)[len(m.gutter(row, 0)):]
}

// titled is the line of the titles.
func (m *Model[T]) titled() string {
	if m.canvas.titles == "" {
		m.canvas.titles = m.opt.Styles.Title.Render(m.titles())
	}
	return m.canvas.titles
}

// row draws a row, the same wherever the cursor stands.
func (m *Model[T]) row(at int) string {
	var b strings.Builder
	before := m.gutter(at, 0)
	b.WriteString(before)
	for i, column := range m.layout.shown {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		b.WriteString(m.styled(column, m.page.Items[at], cell(m.canvas.texts[column][at], m.layout.widths[i])))
	}
	return b.String()[:max(len(before), len(strings.TrimRight(b.String(), " ")))]
}

// styled draws a cell's letters and leaves its padding alone, so that the row's
// end can be trimmed.
func (m *Model[T]) styled(column int, item T, text string) string {
	style, special := m.look(m.opt.Columns[column], item)
	letters := strings.TrimRight(text, " ")
	if !special || letters == "" {
		return text
	}
	return style.Render(letters) + text[len(letters):]
}

// look is how a cell is drawn, if in a special way: as its column has it, else faint where
// the object is over or the cell says nothing.
func (m *Model[T]) look(c Column[T], item T) (lipgloss.Style, bool) {
	if c.Style != nil {
		if style, special := c.Style(item); special {
			return style, true
		}
	}
	return m.opt.Styles.Faint, m.opt.Over != nil && m.opt.Over(item) || c.Bare != nil && c.Bare(item)
}
