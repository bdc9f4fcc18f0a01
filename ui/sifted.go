package ui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
)

// reading is how far a list was read for a question, while it is read.
func reading(p *model.Sifted, waited string, width int) string {
	if width < roomy {
		return look.Thousands(p.Read) + "\n" + waited
	}
	words := "reading… " + look.Thousands(p.Read)
	if p.Total != model.Uncounted {
		words += " of " + look.Thousands(p.Total)
	}
	return words + " · " + waited + givesUp
}

// sifted is what has to be known of rows that a question found: of how many it cannot be
// told whether they are it, and of how many that were read.
func (b *browser[T]) sifted() []string {
	s := b.list.Sifted()
	if s == nil {
		return nil
	}
	read := look.Thousands(s.Read) + " read"
	switch {
	case b.list.Shown().Untold:
		return []string{"of these it cannot be told", read}
	case s.Unsaid > 0:
		return []string{look.Thousands(s.Unsaid) + " cannot be told", read}
	}
	return []string{read}
}

// silence says of which fields the system tells too little for a question.
func (b *browser[T]) silence() []string {
	s := b.list.Sifted()
	if s == nil || s.Unsaid == 0 {
		return nil
	}
	name := b.system() + " does not say"
	if b.union() {
		name = "Not every system says"
	}
	words := fmt.Sprintf("%s enough of %s for %s.", name, strings.Join(s.Untold, ", "), look.Plural(s.Unsaid, b.noun))
	if b.list.Shown().Untold {
		return []string{words + " U shows what was found."}
	}
	return []string{words + " U shows them."}
}

// needsUntold is why there is nothing of which it cannot be told.
func (b *browser[T]) needsUntold() string {
	switch s := b.list.Sifted(); {
	case b.list.Query().Untold:
		return ""
	case s == nil:
		return "search age>1y first"
	case s.Unsaid == 0:
		return "it can be told of every " + b.noun
	}
	return ""
}

// turnUntold shows the rows of which it cannot be told, or again those that were found.
func (b *browser[T]) turnUntold() tea.Cmd {
	q := b.list.Query()
	q.Untold = !q.Untold
	return b.list.Ask(q)
}
