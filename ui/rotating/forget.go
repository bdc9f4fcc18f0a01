package rotating

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/order"
)

// forgotten answers a pair that was to be forgotten.
type forgotten struct {
	to  *room
	err error
}

// answer takes a word on whether to forget a pair.
func (r *room) answer(msg tea.KeyMsg) (order.Modal, tea.Cmd) {
	switch {
	case key.Matches(msg, r.Keys.Yes):
		book, id := r.Rotations, r.pair().ID
		r.step = reading
		return r, func() tea.Msg { return forgotten{r, book.Forget(id)} }
	case key.Matches(msg, r.Keys.No):
		r.step, r.Scroller = shown, r.Succeeded()
	}
	return r, nil
}

func (r *room) without(msg forgotten) (order.Modal, tea.Cmd) {
	if msg.err != nil {
		r.Warn("Not forgotten: " + model.Clean(msg.err.Error()).String() + ".")
		r.word = over(msg.err)
		return r, r.read()
	}
	r.word = "Forgotten; both tokens are as they were."
	r.Say(r.word)
	if len(r.pairs) == 1 {
		return nil, nil
	}
	return r, r.read()
}

// What the keys of a rotation are, beside those that mean the same everywhere.
func toOld() key.Binding  { return bound("o", "go to the old one") }
func toNew() key.Binding  { return bound("n", "go to the new one") }
func forget() key.Binding { return bound("f", "forget it") }

func bound(letter, what string) key.Binding {
	return key.NewBinding(key.WithKeys(letter), key.WithHelp(letter, what))
}
