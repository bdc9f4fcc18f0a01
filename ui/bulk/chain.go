package bulk

import (
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/order"
)

// chain is a conversation after which another one is due.
type chain struct {
	order.Modal
	next func() (order.Modal, tea.Cmd)
}

// Update implements [order.Modal].
func (c *chain) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	now, cmd := c.Modal.Update(msg)
	if now != nil {
		c.Modal = now
		return c, cmd
	}
	next, more := c.next()
	return next, tea.Batch(cmd, more)
}

// handOver shows the keys that no file took, one after the other, and then the plan.
func (s *sheet) handOver(lost []kept) (order.Modal, tea.Cmd) {
	if len(lost) == 0 {
		return s, nil
	}
	first := lost[0]
	m, cmd := s.counter().HandOver(s.home(s.plan.Lines[first.line].System), s.plan.Order(first.line, s.at.began, s.Reason), first.issued)
	return &chain{m, func() (order.Modal, tea.Cmd) { return s.handOver(lost[1:]) }}, cmd
}
