package list

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// The marker column shows the selected row where colours and reverse video are
// switched off (NO_COLOR, vt100, CI).
const (
	marker   = 2
	pointing = "› "
	resting  = "  "
)

// Styles are a list's looks.
type Styles struct{ Title, Selected, Empty lipgloss.Style }

// SetSize gives the list its window: the titles take the first line.
func (m *Model[T]) SetSize(width, height int) {
	m.width, m.height = width, height
	m.arrange()
}

// View is the titles and the rows, in as many lines as the list is high.
func (m *Model[T]) View() string {
	lines := make([]string, 0, m.height)
	lines = append(lines, m.opt.Styles.Title.Render(m.titles()))
	if len(m.page.Items) == 0 && m.state == Ready {
		lines = append(lines, "", m.opt.Styles.Empty.Render(cell("  "+m.opt.Empty, m.width)))
	}
	end := min(m.top+m.rows(), len(m.page.Items))
	for i := m.top; i < end; i++ {
		lines = append(lines, m.row(i))
	}
	for len(lines) < m.height {
		lines = append(lines, "")
	}
	return strings.Join(lines[:max(0, m.height)], "\n")
}

func (m *Model[T]) titles() string {
	var b strings.Builder
	b.WriteString(resting)
	for i, column := range m.layout.shown {
		b.WriteString(cell(m.opt.Columns[column].Title, m.layout.widths[i]) + strings.Repeat(" ", gap))
	}
	return ansi.Truncate(strings.TrimRight(b.String(), " "), m.width, "")
}

// row draws one row. The selected one has a single style from end to end: a
// style a cell would double the bytes of every move.
func (m *Model[T]) row(i int) string {
	item, selected := m.page.Items[i], i == m.cursor
	var b strings.Builder
	for c, column := range m.layout.shown {
		text := cell(m.opt.Columns[column].Cell(item), m.layout.widths[c])
		if !selected {
			text = m.styled(column, item, text)
		}
		if c > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		b.WriteString(text)
	}
	if selected {
		return m.opt.Styles.Selected.Render(ansi.Truncate(pointing+b.String(), m.width, ""))
	}
	return ansi.Truncate(resting+strings.TrimRight(b.String(), " "), m.width, "")
}

// styled draws a cell's letters and leaves its padding alone, so that the row's
// end can be trimmed.
func (m *Model[T]) styled(column int, item T, text string) string {
	if m.opt.Columns[column].Style == nil {
		return text
	}
	style, special := m.opt.Columns[column].Style(item)
	if !special {
		return text
	}
	letters := strings.TrimRight(text, " ")
	return style.Render(letters) + text[len(letters):]
}
