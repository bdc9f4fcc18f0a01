package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// notice is what has to be read after a write that succeeded.
type notice struct {
	calm
	*desk
	title string
	body  []string
}

// Update implements modal.
func (n *notice) Update(msg tea.Msg) (modal, tea.Cmd) {
	if press, ok := msg.(tea.KeyMsg); ok && key.Matches(press, n.desk.keys.enter, n.desk.keys.back) {
		return nil, nil
	}
	return n, nil
}

// View implements modal.
func (n *notice) View(width, height int) string {
	return n.styles.dialog(&n.scroller, width, height, false, n.title, n.body...)
}

// Help implements modal.
func (n *notice) Help() []key.Binding { return []key.Binding{named(n.desk.keys.enter, "understood")} }
