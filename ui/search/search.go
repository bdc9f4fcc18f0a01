package search

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// Search is the line in which a list is narrowed: words for the server, and
// ranges of the fields that the system offers. Its line is nil while it is
// closed.
type Search struct {
	keys   look.KeyMap
	fields func() []model.RangeField // asked anew: a system learns while it runs
	line   *prompt.Prompt
}

// NewSearch is a search that is closed; fields are asked anew each time it opens.
func NewSearch(k look.KeyMap, fields func() []model.RangeField) Search {
	return Search{keys: k, fields: fields}
}

func (s *Search) Open(q model.Query) {
	s.line = prompt.NewPrompt("/", Typed(q))
	s.line.Hint(searchHint(s.fields()))
}

func (s *Search) Active() bool { return s.line != nil }

// Key takes a typed key; ask is true when the query is to be asked now. What
// cannot be read stays in the line, with the reason beside it.
func (s *Search) Key(msg tea.KeyMsg, q model.Query) (_ model.Query, ask bool) {
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

func (s *Search) View(width int) string { return s.line.View(width) }

func (s *Search) Help() []key.Binding {
	return []key.Binding{look.Named(s.keys.Enter, "search"), look.Named(s.keys.Back, "leave the search")}
}
