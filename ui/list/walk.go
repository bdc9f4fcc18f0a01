package list

import tea "github.com/charmbracelet/bubbletea"

// LastPage is a page that no list has, so that a walk to it ends on the last one.
const LastPage = int(^uint(0) >> 1)

// Walk goes to a page by its number, or to the last one where there are fewer. Back it is one
// step; onward there is no way but page by page, since a system says of each only which one
// follows. Each page is shown as it comes, and any other request ends the walk.
func (m *Model[T]) Walk(page int) tea.Cmd {
	switch at := len(m.shown.trail); {
	case !m.Seen() || m.state == Loading || page == at:
		return nil
	case page < at:
		return m.load(target{m.shown.question, m.shown.query, m.shown.trail[:max(1, page)], onFirst})
	}
	m.way = way{page, m.shown.question}
	return m.Next()
}

// way is the page to which the reader is on the way, and in which list.
type way struct{ page, question int }

// Walking is the page to which the reader is on the way; 0 for none.
func (m *Model[T]) Walking() int {
	if m.state != Loading || m.way.question != m.coming.question {
		return 0
	}
	return m.way.page
}

// onTheWay reports whether the page that has come is one on the way to another.
func (m *Model[T]) onTheWay() bool {
	return m.way.question == m.shown.question && m.way.page > len(m.shown.trail) && !m.Last()
}
