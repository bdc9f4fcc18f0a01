package activity

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/list"
)

// section is a list of one kind of thing, the latest first.
type section[T any] struct {
	list *list.Model[T]
	rows []T // all of them
	left []T // those that have the words
	says func(T) []string
}

// board is a section, whatever it lists.
type board interface {
	press(tea.KeyMsg) bool
	view() string
	size(width, height int)
	counted() (shown, of int)
}

// put takes other rows.
func (s *section[T]) put(rows []T, words string) {
	s.rows = rows
	s.narrow(words)
}

// narrow shows the rows that have all of the words in them, whatever their case.
func (s *section[T]) narrow(words string) {
	s.left = s.rows
	if wanted := strings.Fields(strings.ToLower(words)); len(wanted) > 0 {
		s.left = slices.DeleteFunc(slices.Clone(s.rows), func(row T) bool {
			said := strings.ToLower(strings.Join(s.says(row), "\n"))
			return slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(said, w) })
		})
	}
	s.list.Put(s.left)
}

func (s *section[T]) press(msg tea.KeyMsg) bool {
	_, mine := s.list.Press(msg) // all rows are here, and nothing has to be asked for
	return mine
}

func (s *section[T]) view() string             { return s.list.View() }
func (s *section[T]) size(width, height int)   { s.list.SetSize(width, height) }
func (s *section[T]) counted() (shown, of int) { return len(s.left), len(s.rows) }
