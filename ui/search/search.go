package search

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// Model is the line in which a list is narrowed: words for the server, and
// ranges of the fields that the system offers. Its line is nil while it is
// closed.
type Model struct {
	keys   look.Keys
	fields func() []model.RangeField // asked anew: a system learns while it runs
	line   *prompt.Model
}

// New is a search that is closed; fields are asked anew each time it opens.
func New(k look.Keys, fields func() []model.RangeField) Model {
	return Model{keys: k, fields: fields}
}

// Open lets a query be typed on.
func (s *Model) Open(q model.Query) {
	s.line = prompt.New("/", Typed(q))
	s.line.Hint(searchHint(s.fields()))
}

// Active reports whether keys go into the line.
func (s *Model) Active() bool { return s.line != nil }

// Key takes a typed key; ask is true when the query is to be asked now. What
// cannot be read stays in the line, with the reason beside it.
func (s *Model) Key(msg tea.KeyMsg, q model.Query) (_ model.Query, ask bool) {
	switch msg.Type {
	case tea.KeyEsc:
		s.line = nil
	case tea.KeyEnter:
		narrowed, err := narrow(q, s.line.Value(), s.fields())
		if err != nil {
			s.line.Complain(err.Error())
			return q, false
		}
		s.line = nil
		return narrowed, true
	default:
		s.line.Update(msg)
	}
	return q, false
}

// View is the line in a width.
func (s *Model) View(width int) string { return s.line.View(width) }

// Help are the keys of the line.
func (s *Model) Help() []key.Binding {
	return []key.Binding{look.Named(s.keys.Enter, "search"), look.Named(s.keys.Back, "leave the search")}
}
