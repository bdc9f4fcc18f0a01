package search

import (
	"errors"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/query"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// Model is the line in which a list is narrowed: words for the server, and
// ranges of the fields that the system offers. Its line is nil while it is
// closed.
type Model struct {
	keys   look.Keys
	styles look.Styles
	in     Language
	fields func() []model.RangeField // asked anew: a system learns while it runs
	line   *prompt.Model
	typed  *prompt.History
}

// New is a search that is closed; fields are what the system can narrow by, and asked anew
// each time. What is typed goes into a history.
func New(k look.Keys, st look.Styles, in Language, fields func() []model.RangeField, typed *prompt.History) Model {
	return Model{keys: k, styles: st, in: in, fields: fields, typed: typed}
}

// hint is what can be typed.
const hint = "words, owner:ali expires<14d age>1y is:stale"

// Open lets a query be typed on.
func (s *Model) Open(q model.Query) {
	s.line = prompt.New("/", Typed(q))
	s.line.Hint(hint)
	s.line.Dress(s.styles.Faint, s.styles.Chosen)
	s.line.Complete(s.Complete)
	s.line.Recall(s.typed)
}

// Complete is what the last word of a question can become.
func (s *Model) Complete(before string) prompt.Candidates {
	return prompt.Candidates(query.Complete(before, query.Ranged(s.in.known, s.fields())))
}

// Narrow is a query narrowed to what was typed, or what is wrong with that.
func (s *Model) Narrow(q model.Query, typed string) (model.Query, error) {
	narrowed, err := narrow(q, typed, s.fields(), s.in)
	if err == nil {
		s.typed.Keep(Typed(narrowed))
	}
	return narrowed, err
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
		narrowed, err := s.Narrow(q, s.line.Value())
		if err != nil {
			s.complain(err)
			return q, false
		}
		s.line = nil
		return narrowed, true
	default:
		s.line.Update(msg)
	}
	return q, false
}

// complain says what is wrong, with the cursor at the word that is.
func (s *Model) complain(err error) {
	s.line.Complain(err.Error())
	if bad, is := errors.AsType[*query.Error](err); is {
		s.line.Put(bad.To)
	}
}

// View is the line in a width, and above it what its last word can become.
func (s *Model) View(width int) []string {
	return []string{s.line.Offered(width), look.Cut(s.line.View(width), width)}
}

// Help are the keys of the line.
func (s *Model) Help() []key.Binding {
	return []key.Binding{look.Named(s.keys.Enter, "search"), look.Named(s.keys.Back, "leave the search"), look.Named(s.keys.Field, "complete"), s.keys.Earlier}
}
