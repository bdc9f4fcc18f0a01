package list

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// LastPage is a page that no list has, so that a walk to it ends on the last one.
const LastPage = int(^uint(0) >> 1)

// Walk goes to a page by its number, or to the last one where there are fewer. Back it is one
// step, and onward where the system's pages have numbers; where it says of each only which one
// follows, there is no way but page by page. Each page is shown as it comes, and any other
// request ends the walk.
func (m *Model[T]) Walk(page int) tea.Cmd {
	switch at := len(m.shown.trail); {
	case !m.Seen() || m.state == Loading || page == at:
		return nil
	case page < at:
		return m.load(target{m.shown.question, m.shown.query, m.shown.trail[:max(1, page)], onFirst, ""})
	}
	m.way = way{page, m.shown.question}
	if between := m.between(page); between > 1 {
		return m.load(m.leap(between))
	}
	return m.Next()
}

// between is how many pages on the way can be passed at once. Of more than there are, as far
// as it is known how many that is, the last one is gone to.
func (m *Model[T]) between(page int) int {
	rows, at := len(m.page.Items), len(m.shown.trail)
	if m.page.Onward == nil || rows == 0 || m.page.Total == model.Uncounted {
		return 0
	}
	return min(page-at, (m.page.Total-1)/rows+1-at)
}

// leap is the page so many after this one, with the way back through those between.
func (m *Model[T]) leap(pages int) target {
	trail := slices.Clip(m.shown.trail)
	for n := range pages {
		trail = append(trail, m.page.Onward(n+1))
	}
	return target{m.shown.question, m.shown.query, trail, onFirst, ""}
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
