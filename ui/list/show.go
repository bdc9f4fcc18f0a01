package list

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// settle takes an answer. A failure leaves the reader where they were.
func (m *Model[T]) settle(msg loaded[T]) tea.Cmd {
	m.stop()
	m.took = msg.took
	if msg.err != nil && !gone(m.coming, msg.page, msg.err) {
		m.state, m.err, m.way = Failed, msg.err, way{}
		m.tries = tries{m.tries.number + 1, m.opt.Clock.Now()}
		return m.wait.Rest(restOf(msg.err))
	}
	if msg.err != nil {
		m.way = way{}
		return m.load(m.coming.before())
	}
	return m.take(m.coming, msg.page, msg.from)
}

// take shows a page, and lets it stand before the one after it is asked for. In the place of a page that is
// gone comes the one before.
func (m *Model[T]) take(t target, page model.Page[T], from origin) tea.Cmd {
	if gone(t, page, nil) {
		m.way = way{}
		return m.load(t.before())
	}
	m.show(t, page, from)
	if m.onTheWay() {
		return m.Next()
	}
	m.way = way{}
	return m.restFirst()
}

func (m *Model[T]) show(t target, page model.Page[T], from origin) {
	before, had := m.Selected()
	m.compare(t, page, from)
	m.state, m.err, m.tries = Ready, nil, tries{}
	from.asked = from.asked.Add(-page.Age)
	m.shown, m.page, m.origin = t, page, from
	if m.opt.Came != nil {
		m.opt.Came()
	}
	m.settled = max(m.settled, from.change)
	m.shown.query.Fresh = false // the next page goes with this one
	switch t.land {
	case onFirst:
		m.cursor = m.begins()
		m.point(t.key)

		m.top = max(0, m.cursor-1) // that something stands above is seen
		m.stray = stray[T]{}
	case onLast:
		m.cursor = len(page.Items) - 1
		m.stray = stray[T]{}
	case onEnd:
		m.cursor = len(page.Items) - 1
	case onObject:
	}
	if had && (t.land == onObject || t.land == onEnd) {
		m.keep(before)
	}
	m.seek()
	m.arrange()
}

// begins is the row that a page opens on: the first, or among those that go by when they end
// the first that is not over.
func (m *Model[T]) begins() int {
	if m.opt.Over == nil || m.opt.Sorted == nil || m.opt.Sorted(m.shown.query).By != model.Rising(model.ByExpires) {
		return 0
	}
	return max(0, slices.IndexFunc(m.page.Items, func(item T) bool { return !m.opt.Over(item) }))
}

// Put shows rows that nobody has to be asked for; the cursor stays on its
// object.
func (m *Model[T]) Put(rows []T) {
	m.stop()
	m.show(target{trail: []model.Cursor{""}}, model.Page[T]{Items: slices.Clone(rows), Total: len(rows)}, origin{change: m.change})
}
