package marking

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// Hand marks the tokens of a list.
type Hand struct {
	*order.Desk
	API   model.API
	List  *list.Model[model.Token]
	Home  func(model.Token) (system string, own model.Token) // the system of a row by its name, and the row as that knows it
	Ended func(model.Token) bool                             // whether a row was deleted from here
	Here  []string                                           // the names of the systems whose tokens the list has
}

// Changes implements [list.Marks].
func (h *Hand) Changes() int { return h.Marks.Changes() }

// Has implements [list.Marks].
func (h *Hand) Has(row model.Token) bool {
	if h.Marks.Len() == 0 {
		return false // as for nearly every page
	}
	system, own := h.Home(row)
	return h.Marks.Has(system, own.ID)
}

// Words are how many tokens are marked, and how many of them are in no system of this list.
func (h *Hand) Words() []string {
	all := h.Marks.Len()
	if all == 0 {
		return nil
	}
	elsewhere := all
	for _, system := range h.Here {
		elsewhere -= h.Marks.In(system)
	}
	words := []string{look.Thousands(all) + " marked"}
	switch elsewhere {
	case 0:
		return words
	case all:
		return append(words, "none of them here")
	}
	return append(words, look.Thousands(elsewhere)+" of them elsewhere")
}

// Waits is why no row can be marked yet.
func (h *Hand) Waits() string {
	if h.List.Turning() {
		return "other rows are on their way"
	}
	return ""
}

// One marks the row under the cursor, or takes its mark off, and goes on to the next.
func (h *Hand) One() tea.Cmd {
	row, _ := h.List.Selected()
	if system, own := h.Home(row); h.Marks.Has(system, own.ID) {
		h.Marks.Remove(system, own.ID)
	} else {
		h.Marks.Put(system, own)
	}
	return h.List.Onward()
}

// NeedsBegin is why no range can be marked.
func (h *Hand) NeedsBegin() string {
	if _, _, is := h.Marks.Last(); !is {
		return "mark the first one with space"
	}
	return ""
}

// Range marks all rows from the one that was marked last to the cursor, on all pages between
// them where these have been read.
func (h *Hand) Range() tea.Cmd {
	rows := h.List.Whole()
	if rows == nil {
		rows = h.List.Items()
	}
	between := h.between(rows)
	if len(between) == 0 {
		h.Warn("The token that was marked last is not among these rows: mark the first one of a range with space.")
		return nil
	}
	before := h.Marks.Len()
	for _, row := range between {
		if !h.Ended(row) {
			h.Marks.Put(h.Home(row))
		}
	}
	h.Say(look.Thousands(h.Marks.Len()-before) + " more marked.")
	return nil
}

// between are the rows of a range; none where it does not begin among them.
func (h *Hand) between(rows []model.Token) []model.Token {
	system, id, _ := h.Marks.Last()
	first := model.Guest(h.API, system, model.Token{ID: id}).ID
	to, _ := h.List.Selected()
	from, end := -1, -1
	for at := range rows {
		if rows[at].ID == first && h.of(rows[at], system) {
			from = at
		}
		if rows[at].ID == to.ID {
			end = at
		}
	}
	if from < 0 || end < 0 {
		return nil
	}
	return rows[min(from, end) : max(from, end)+1]
}

// of reports whether a row is of a system: two may have the same number for a token.
func (h *Hand) of(row model.Token, system string) bool {
	name, _ := h.Home(row)
	return name == system
}

// NeedsMarks is why there is nothing to unmark.
func (h *Hand) NeedsMarks() string {
	if h.Marks.Len() == 0 && h.Marks.Dropped() == 0 {
		return "nothing is marked"
	}
	return ""
}

// None takes all marks off, or brings those back that were taken off last: a key beside others
// must not lose what took an hour.
func (h *Hand) None() tea.Cmd {
	if n := h.Marks.Dropped(); n > 0 && h.Marks.Len() == 0 {
		h.Marks.Restore()
		h.Say(look.Thousands(n) + " marked again.")
		return nil
	}
	n := h.Marks.Len()
	h.Marks.Drop()
	h.Say(fmt.Sprintf("Nothing is marked any more; %s brings the %s back.", h.Keys.Unmark.Help().Key, look.Plural(n, "mark")))
	return nil
}
