package list

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// Spot is where a reader was in a list: the question, the page, and the object under the cursor.
type Spot struct {
	Query model.Query
	trail []model.Cursor
	key   string
}

// Spot is where the reader is, to come back to in a list of the same rows.
func (m *Model[T]) Spot() Spot {
	s := Spot{Query: m.Query()}
	if object, is := m.Selected(); is && m.shown.question == m.coming.question {
		s.trail, s.key = m.shown.trail, m.opt.Key(object)
	}
	return s
}

// Return asks for the page that a reader was on, with the cursor on the object that was under it.
func (m *Model[T]) Return(s Spot, q model.Query) tea.Cmd {
	m.question++
	trail := slices.Clip(s.trail)
	if len(trail) == 0 {
		trail = []model.Cursor{""}
	}
	return m.load(target{m.question, q, trail, onFirst, s.key})
}

// sought is an object to which the cursor is to go.
type sought struct {
	key  string
	came coming
}

type coming int

const (
	awaited coming = iota
	missing        // the page that came was without it
)

// Seek has the cursor go to an object that the next page may have, as one that was just made.
func (m *Model[T]) Seek(key string) { m.sought = sought{key: key} }

// Missing reports whether the page that came was without the object that was sought, until
// the reader moves or another page comes.
func (m *Model[T]) Missing() bool { return m.sought.key != "" && m.sought.came == missing }

// seek goes to the object that is sought. One that was not found is sought once.
func (m *Model[T]) seek() {
	switch {
	case m.sought.key == "":
	case m.sought.came == awaited && m.point(m.sought.key):
		m.sought, m.stray = sought{}, stray[T]{}
	case m.sought.came == awaited:
		m.sought.came = missing
	default:
		m.sought = sought{}
	}
}
