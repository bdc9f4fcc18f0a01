package bulk

import (
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/order"
)

// readied says what is so on this machine right before the question.
type readied struct {
	to     *sheet
	which  plan.Which
	lines  int
	keys   delivery
	unkept []string
}

// ready looks whether the new keys will be kept if the line drops, and then asks the question.
// That is so here and now: no plan says it.
func (s *sheet) ready(which plan.Which, n int, to delivery) (order.Modal, tea.Cmd) {
	s.unkept = nil
	if s.Unkept == nil {
		return s.confirm(which, n, to)
	}
	ready := s.Unkept
	return s, func() tea.Msg {
		said := readied{to: s, which: which, lines: n, keys: to}
		if why := ready(); why != nil {
			said.unkept = []string{model.Unkept(why)}
		}
		return said
	}
}

// readied asks the question with what is so; not a second time, of a disk that was slow to say it,
// when the plan is on its way already.
func (s *sheet) readied(msg readied) (order.Modal, tea.Cmd) {
	if msg.to != s || s.step != reading {
		return s, nil
	}
	s.unkept = msg.unkept
	return s.confirm(msg.which, msg.lines, msg.keys)
}
