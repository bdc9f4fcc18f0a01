package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// search is the line in which the words for a search are typed. Its zero value
// is closed.
type search struct{ line *prompt }

func (s *search) open(q model.Query) { s.line = newPrompt("/", q.Search) }

func (s *search) active() bool { return s.line != nil }

// key takes a typed key; search is true when the query is to be asked now.
func (s *search) key(msg tea.KeyMsg, q model.Query) (_ model.Query, search bool) {
	switch msg.Type {
	case tea.KeyEsc:
		s.line = nil
	case tea.KeyEnter:
		q.Search = strings.TrimSpace(s.line.Value())
		s.line = nil
		return q, true
	default:
		s.line.Update(msg)
	}
	return q, false
}

func (s *search) help(k keyMap) []key.Binding {
	return []key.Binding{named(k.enter, "search"), named(k.back, "leave the search")}
}
