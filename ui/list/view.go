package list

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

// The marker column alone tells the selected row from the others, so that a move of the
// cursor changes two cells of two rows and nothing else. Where a terminal
// is not known to have reverse letters, its letter and the terminal's own cursor do.
const (
	marker   = 2
	pointing = "›"
	sign     = "*" // of a row that is marked
	resting  = "  "
)

// Styles are a list's looks. Marker is that of the marker column in the selected row, Mark that
// of the sign of a marked one.
type Styles struct{ Title, Marker, Mark, Faint lipgloss.Style }

// SetSize gives the list its window: the titles take the first line. Everything in it is
// read and drawn anew.
func (m *Model[T]) SetSize(width, height int) {
	m.width, m.height = width, height
	m.arrange()
}

// View is the titles and the rows, in as many lines as the list is high. The terminal's own
// cursor stands at the beginning of the selected row.
func (m *Model[T]) View() string { return m.view(0, m.height) }

// Behind is the view in so many lines, with the rows drawn some lines further up: for
// something that stands over it, and would cover the row under the cursor. The cursor moves
// nowhere.
func (m *Model[T]) Behind(lift, height int) string { return m.view(lift, height) }

func (m *Model[T]) view(lift, height int) string {
	m.listen()
	lines := make([]string, 0, max(height, 3))
	lines = append(lines, m.titled())
	if len(m.page.Items) == 0 && m.state == Ready && m.opt.Empty != "" {
		lines = append(lines, "", m.opt.Styles.Faint.Render(cell("  "+m.opt.Empty, m.width)))
	}
	first := m.top + lift
	for i := first; i < min(first+max(1, height-1), len(m.page.Items)); i++ {
		line := m.drawn(i)
		if i == m.cursor {
			line = m.pointed(i)
		}
		if m.width < marker {
			line = ansi.Truncate(line, m.width, "")
		}
		lines = append(lines, line)
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return strings.Join(lines[:max(0, height)], "\n")
}

func (m *Model[T]) titles() string {
	var b strings.Builder
	b.WriteString(resting)
	for i, column := range m.layout.shown {
		b.WriteString(m.title(column, m.layout.widths[i]) + strings.Repeat(" ", gap))
	}
	return ansi.Truncate(strings.TrimRight(b.String(), " "), m.width, "")
}

// title is that of a column. Of one that is narrower than it, the arrow stays.
func (m *Model[T]) title(column, width int) string {
	arrow := m.arrow(column)
	return cell(ansi.Truncate(m.opt.Columns[column].Title, max(0, width-ansi.StringWidth(arrow)), "…")+arrow, width)
}

// arrow says that the rows stand by what a column says, and which way.
func (m *Model[T]) arrow(column int) string {
	rows, cells := m.canvas.sort.By, m.opt.Columns[column].By
	switch {
	case rows.Fact != cells.Fact || rows == (model.By{}):
		return ""
	case rows.Falls == cells.Falls:
		return " ↑"
	}
	return " ↓"
}

// InWords is how the rows stand where no column that is shown has the arrow for it.
func (m *Model[T]) InWords() string {
	told := slices.ContainsFunc(m.layout.shown, func(column int) bool { return m.arrow(column) != "" })
	if told || len(m.page.Items) == 0 {
		return ""
	}
	return m.canvas.sort.Label
}
