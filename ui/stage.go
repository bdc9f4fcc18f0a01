package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/keyboard"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// stage is where a page shows one modal at a time, over what else it shows.
type stage struct {
	modal  order.Modal     // nil for none
	step   order.Step      // that the modal was at when it was last put
	ready  order.Readiness // of that for keys
	framed bool            // whether the keys of the modal stand in its frame, as it was drawn last
	behind kept[behindWords, look.Behind]
}

// layout is how wide and how high something is drawn.
type layout struct{ width, height int }

// armNow tells a page that its modal has been on the screen long enough.
type armNow struct {
	modal order.Modal
	step  order.Step
}

// follow shows what follows a modal: another one or its next step, which get their keys in
// a moment, or none.
func (s *stage) follow(clock wait.Clock, next order.Modal, cmd tea.Cmd) tea.Cmd {
	switch {
	case next == nil:
		s.modal = nil
		return cmd
	case next == s.modal && next.Step() == s.step:
		return cmd
	}
	s.modal, s.step, s.ready = next, next.Step(), next.Ready()
	return tea.Batch(cmd, clock.After(order.Arming, armNow{s.modal, s.step}))
}

// arm gives the modal its keys, if it is the one that was put.
func (s *stage) arm(msg armNow) {
	if msg == (armNow{s.modal, s.step}) {
		s.ready = order.Armed
	}
}

// answer gives a key to the modal, and is what follows.
func (s *stage) answer(d *order.Desk, press keyboard.Press) (order.Modal, tea.Cmd) {
	msg := press.Key
	if s.ready == order.Unarmed || s.modal.Scroll(msg) || s.modal.Commits(msg) && !d.Accepts(press) {
		return s.modal, nil
	}
	return s.modal.Update(msg)
}

// over is a page with a box over it.
func (s *stage) over(st look.Styles, box look.Box, page string, columns int, room layout) string {
	if !box.Framed() {
		return box.Over(look.Behind{}, room.width, room.height)
	}
	behind := s.behind.as(behindWords{page, columns}, func() look.Behind { return st.Fade(page, columns) })
	return box.Over(behind, room.width, room.height)
}

// Framed implements page.
func (s *stage) Framed() bool { return s.framed }

// Holds implements page.
func (s *stage) Holds() order.Hold {
	if s.modal != nil {
		return s.modal.Holds()
	}
	return order.Nothing
}

// Rescue implements page.
func (s *stage) Rescue() tea.Cmd {
	if s.modal != nil {
		return s.modal.Rescue()
	}
	return nil
}

// Forget implements page.
func (s *stage) Forget() {
	if s.modal != nil {
		s.modal.Forget()
	}
}
