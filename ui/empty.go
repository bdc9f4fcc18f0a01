package ui

import (
	"fmt"
	"strings"

	"authdeck/model"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/search"
)

// empty says of a page without rows what it was narrowed to, and which key shows more.
func (b *browser[T]) empty() string {
	lines := look.Wrap(look.Sentences(b.nothing(), b.wider()), max(1, b.width-4))
	return "\n  " + strings.Join(lines, "\n  ")
}

// nothing is what there is not.
func (b *browser[T]) nothing() string {
	q := b.list.Shown()
	whose := b.whose()
	if q.Filter.Only.ID != "" {
		whose = look.Marked(q.Filter.Only.Username) + " in " + whose
	}
	among := ""
	if q.Filter.Choice != "" {
		among = " among “" + look.Label(b.filters(), q.Filter.Choice) + "”"
	}
	switch typed := search.Typed(q); {
	case !b.list.Last():
		return "This page of the list has no rows; n goes on."
	case typed != "":
		return "No " + b.noun + " of " + whose + among + " matches “" + look.Marked(model.Clean(typed)) + "”" + b.lookedAt(q) + "."
	case among != "":
		return "No " + b.noun + " of " + whose + " is" + among + "."
	}
	if b.union() {
		return look.Capital(whose) + " have no " + b.noun + " that these credentials can see."
	}
	return whose + " has no " + b.noun + " that this credential can see."
}

// lookedAt is where a search has looked.
func (b *browser[T]) lookedAt(q model.Query) string {
	if fields := b.searched(); q.Search != "" && len(fields) > 0 {
		return " (looked at: " + strings.Join(fields, ", ") + ")"
	}
	return ""
}

// wider is the key that shows more.
func (b *browser[T]) wider() string {
	q := b.list.Shown()
	typed, only, choice := search.Typed(q) != "", q.Filter.Only.ID != "", q.Filter.Choice != ""
	switch {
	case typed && (only || choice):
		return "esc searches no more."
	case choice && only, choice && typed:
		return "esc shows those of every sort."
	case typed, choice:
		return "esc shows all" + b.count() + "."
	case only:
		return "esc goes back."
	}
	for _, a := range b.actions {
		if a.Help().Key == b.Keys.Create.Help().Key && a.reason() == "" {
			return a.Help().Key + " creates one."
		}
	}
	return ""
}

// count is how many rows there are without any narrowing, if that was seen.
func (b *browser[T]) count() string {
	if b.whole > 0 {
		return fmt.Sprintf(" %d", b.whole)
	}
	return ""
}

// remember keeps how many rows there are, while all of them are in the list.
func (b *browser[T]) remember() {
	q := b.list.Shown()
	if b.list.State() == list.Ready && search.Typed(q) == "" && q.Filter == (model.Filter{}) {
		b.whole = b.list.Total()
	}
}
