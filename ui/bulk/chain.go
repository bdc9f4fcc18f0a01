package bulk

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/order"
)

// chain is a conversation about one key after another, and then the plan. All of them are in hand
// from the beginning: whoever leaves at the first leaves none behind.
type chain struct {
	order.Modal // the one that is shown

	after []order.Modal
	last  order.Modal
}

// Update implements [order.Modal]. Keys are for the one that is shown, answers for all.
func (c *chain) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	var cmds []tea.Cmd
	if _, key := msg.(tea.KeyMsg); !key {
		for i, m := range c.after {
			now, cmd := m.Update(msg)
			c.after[i], cmds = now, append(cmds, cmd)
		}
		c.after = slices.DeleteFunc(c.after, func(m order.Modal) bool { return m == nil })
	}
	now, cmd := c.Modal.Update(msg)
	cmds = append(cmds, cmd)
	switch {
	case now != nil:
		c.Modal = now
	case len(c.after) == 0:
		return c.last, tea.Batch(cmds...)
	default: // another one, which is read before a key does anything
		c = &chain{c.after[0], c.after[1:], c.last}
	}
	return c, tea.Batch(cmds...)
}

// Holds implements [order.Modal]: what would be lost of all.
func (c *chain) Holds() order.Hold {
	most := c.Modal.Holds()
	for _, m := range c.after {
		most = max(most, m.Holds())
	}
	return most
}

// Rescue implements [order.Modal].
func (c *chain) Rescue() tea.Cmd {
	cmds := []tea.Cmd{c.Modal.Rescue()}
	for _, m := range c.after {
		cmds = append(cmds, m.Rescue())
	}
	return tea.Batch(cmds...)
}

// Forget implements [order.Modal].
func (c *chain) Forget() {
	c.Modal.Forget()
	for _, m := range c.after {
		m.Forget()
	}
}

// handOver shows the keys that nothing took, one after the other, and then the plan.
func (s *sheet) handOver(keys []lost) order.Modal {
	if len(keys) == 0 {
		return s
	}
	var all []order.Modal
	for _, k := range keys {
		all = append(all, s.counter().HandOver(s.home(s.plan.Lines[k.line].System), s.plan.Order(k.line, s.at.began, s.Reason), k.issued))
	}
	return &chain{all[0], all[1:], s}
}
