package list

import (
	"time"

	"authdeck/model"
)

// origin is where rows come from: when they were asked for, and after how many
// changes.
type origin struct {
	asked  time.Time
	change int
}

// now is the origin of what is asked for at present.
func (m *Model[T]) now() origin { return origin{m.opt.Clock.Now(), m.change} }

// Outdate says that something was changed. What was asked for until now, shown or
// on its way, is from before the change.
func (m *Model[T]) Outdate() { m.change++ }

// Old reports whether the rows are from before a change.
func (m *Model[T]) Old() bool { return m.Seen() && m.origin.change < m.change }

// AsOf is when the rows that are shown were asked for.
func (m *Model[T]) AsOf() time.Time { return m.origin.asked }

// New reports whether a row was first seen after the last change.
func (m *Model[T]) New(item T) bool { return m.met[m.opt.Key(item)] == m.change }

// Items are the rows that are shown. They are not to be changed.
func (m *Model[T]) Items() []T { return m.page.Items }

// Turn is what a page that was turned to says of the list by the ones before it:
// where a server pages by number, a list that changes meanwhile shows rows twice,
// or not at all.
type Turn struct {
	More  int // rows of the whole list, compared with the page before; fewer are negative
	Again int // rows of this page that stood on an earlier one
}

// Turned is what the page that is shown says of the list.
func (m *Model[T]) Turned() Turn { return m.turned }

// compare looks at a page that comes in the place of the one that is shown. One
// that is read anew says no more of the list than it did.
func (m *Model[T]) compare(t target, page model.Page[T], from origin) {
	number := len(t.trail)
	same := m.Seen() && t.question == m.shown.question
	turned := number != len(m.shown.trail) && t.land != onEnd
	counted := page.Total >= 0 && m.page.Total >= 0 && !page.Steady // where no row is missed nothing is to be said
	switch {
	case same && turned && counted:
		m.turned.More = page.Total - m.page.Total
	case !same || number != len(m.shown.trail):
		m.turned.More = 0
	}
	m.turned.Again = 0
	keys := make(map[string]bool, len(page.Items))
	for _, item := range page.Items {
		keys[m.opt.Key(item)] = true
	}
	m.meet(keys, from)
	for len(m.passed) < number-1 {
		m.passed = append(m.passed, nil) // nobody has seen it
	}
	m.passed = append(m.passed[:number-1], keys)
	for key := range keys {
		if m.stood(key) {
			m.turned.Again++
		}
	}
}

// meet notes which rows are seen for the first time.
func (m *Model[T]) meet(keys map[string]bool, from origin) {
	if m.met == nil {
		m.met = map[string]int{}
	}
	for key := range keys {
		if _, known := m.met[key]; !known {
			m.met[key] = from.change
		}
	}
}

// stood reports whether a row is on a page before the last one that was passed.
func (m *Model[T]) stood(key string) bool {
	for _, page := range m.passed[:len(m.passed)-1] {
		if page[key] {
			return true
		}
	}
	return false
}

// stray is an object that the reader chose and that went out of the page under the
// cursor.
type stray[T any] struct {
	object T
	moves  int // how often the cursor has come to another one since; 0 for no stray
}

// Strayed is the object that the cursor was on, and how often it has come to
// another one since by no key. It is 0 while the cursor is where a key put it.
func (m *Model[T]) Strayed() (object T, moves int) { return m.stray.object, m.stray.moves }

// Succeed says that an object takes the place of another, so that the cursor goes
// with it where the old one is there no more.
func (m *Model[T]) Succeed(old, heir string) {
	if m.heirs == nil {
		m.heirs = map[string]string{}
	}
	m.heirs[old] = heir
}

// keep leaves the cursor on the object that the reader chose, wherever that went,
// or notes that it is on another one.
func (m *Model[T]) keep(object T) {
	chosen, at := m.opt.Key(m.stray.object), m.opt.Key(object)
	switch {
	case m.stray.moves > 0 && m.point(chosen):
		m.stray = stray[T]{}
	case m.point(at), m.point(m.heirs[at]):
	case m.stray.moves > 0:
		m.stray.moves++
	default:
		m.stray = stray[T]{object, 1}
	}
}

// point puts the cursor on an object by its key; false where the page does not have
// it.
func (m *Model[T]) point(key string) bool {
	for i, item := range m.page.Items {
		if key != "" && m.opt.Key(item) == key {
			m.cursor = i
			return true
		}
	}
	return false
}

// gone reports whether a page after the first is not there any more, as when its
// only row was deleted. Some servers say so, some give a page without rows.
func gone[T any](t target, page model.Page[T], err error) bool {
	switch {
	case len(t.trail) < 2:
		return false
	case err != nil:
		return model.KindOf(err) == model.NotFound
	}
	return len(page.Items) == 0 && page.Next == ""
}

// before is the page before one that is gone.
func (t target) before() target {
	t.trail, t.land = t.trail[:len(t.trail)-1], onEnd
	t.query.Fresh = true
	return t
}
