package order

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/look"
)

// notice is what has to be read after a write that succeeded.
type notice struct {
	Base
	*Desk
	title string
	body  []string
}

// Update implements [Modal].
func (n *notice) Update(msg tea.Msg) (Modal, tea.Cmd) {
	if press, ok := msg.(tea.KeyMsg); ok && key.Matches(press, n.Desk.Keys.Enter, n.Desk.Keys.Back) {
		return nil, nil
	}
	return n, nil
}

// View implements [Modal].
func (n *notice) View(width, height int, ready Readiness) look.Box {
	return n.Styles.Dialog(&n.Scroller, width, height, look.Dialog{Title: n.title, Says: n.body, Keys: n.Help(), Offer: ready.offer(look.SafeFirst)})
}

// Help implements [Modal].
func (n *notice) Help() []key.Binding {
	return []key.Binding{look.Named(n.Desk.Keys.Enter, "understood")}
}
