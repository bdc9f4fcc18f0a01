package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// search is the line in which a list is narrowed: words for the server, and
// ranges of the fields that the system offers. Its line is nil while it is
// closed.
type search struct {
	keys   keyMap
	fields func() []model.RangeField // asked anew: a system learns while it runs
	line   *prompt
}

// newSearch is a search that is closed; fields are asked anew each time it opens.
func newSearch(k keyMap, fields func() []model.RangeField) search {
	return search{keys: k, fields: fields}
}

func (s *search) open(q model.Query) {
	s.line = newPrompt("/", typed(q))
	s.line.hint(searchHint(s.fields()))
}

func (s *search) active() bool { return s.line != nil }

// key takes a typed key; ask is true when the query is to be asked now. What
// cannot be read stays in the line, with the reason beside it.
func (s *search) key(msg tea.KeyMsg, q model.Query) (_ model.Query, ask bool) {
	switch msg.Type {
	case tea.KeyEsc:
		s.line = nil
	case tea.KeyEnter:
		narrowed, err := narrow(q, s.line.Value(), s.fields())
		if err != nil {
			s.line.complain(err.Error())
			return q, false
		}
		s.line = nil
		return narrowed, true
	default:
		s.line.Update(msg)
	}
	return q, false
}

func (s *search) view(width int) string { return s.line.View(width) }

func (s *search) help() []key.Binding {
	return []key.Binding{named(s.keys.enter, "search"), named(s.keys.back, "leave the search")}
}
