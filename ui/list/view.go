package list

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
)

// The marker column alone tells the selected row from the others, so that a move of the
// cursor changes two cells of two rows and nothing else. Where colours and reverse video
// are switched off (NO_COLOR, vt100, CI), its letter and the terminal's own cursor do.
const (
	marker   = 2
	pointing = "› "
	resting  = "  "
)

// Styles are a list's looks. Marker is that of the marker column in the selected row.
type Styles struct{ Title, Marker, Empty lipgloss.Style }

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

// row draws one row: the marker, and what the row is wherever the cursor stands.
func (m *Model[T]) row(i int) string {
	var b strings.Builder
	for c, column := range m.layout.shown {
		if c > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		b.WriteString(m.styled(column, m.page.Items[i], cell(m.opt.Columns[column].Cell(m.page.Items[i]), m.layout.widths[c])))
	}
	lead := resting
	if i == m.cursor {
		lead = caret.Here + m.opt.Styles.Marker.Render(pointing)
	}
	return ansi.Truncate(lead+strings.TrimRight(b.String(), " "), m.width, "")
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
