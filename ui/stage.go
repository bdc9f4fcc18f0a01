package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/activity"
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

// doings is the page of what was asked and done.
type doings struct {
	*activity.Page
	nav     navigator
	actions []action
	stage

	width, height int
}

func newDoings(d *order.Desk, nav navigator, from activity.Sources) *doings {
	p := &doings{nav: nav}
	p.Page = activity.New(d, from, func(m order.Modal) tea.Cmd { return p.Show(m, nil) }, func() bool { return nav.shows(p) })
	p.actions = []action{
		{Binding: d.Keys.Open, run: p.Open},
		{Binding: look.Named(d.Keys.Field, "asked or recorded"), run: p.Turn},
		{Binding: look.Named(d.Keys.Search, "narrow"), run: p.Find},
		{Binding: look.Named(d.Keys.Reload, "read again"), run: p.Renew},
		{Binding: d.Keys.Back, run: p.leave},
	}
	return p
}

// Init implements page.
func (p *doings) Init() tea.Cmd { return p.Renew() }

// leave shows all rows again, or goes back.
func (p *doings) leave() tea.Cmd {
	if p.Widen() {
		return nil
	}
	cmd, _ := p.nav.back()
	return cmd
}

// Update implements page.
func (p *doings) Update(msg tea.Msg) tea.Cmd {
	press, is := msg.(keyboard.Press)
	if again, armed := msg.(armNow); armed {
		p.arm(again)
	}
	switch {
	case is && p.modal != nil:
		return p.Show(p.answer(p.Desk, press))
	case is && !p.Typing():
		for _, a := range p.actions {
			if key.Matches(press.Key, a.Binding) {
				return a.run()
			}
		}
	}
	if is {
		p.Press(press.Key)
		return nil
	}
	cmd := p.Page.Update(msg)
	if p.modal != nil {
		return tea.Batch(cmd, p.Show(p.modal.Update(msg)))
	}
	return cmd
}

// Show implements page.
func (p *doings) Show(m order.Modal, cmd tea.Cmd) tea.Cmd { return p.follow(p.Clock, m, cmd) }

// SetSize implements page.
func (p *doings) SetSize(width, height int) {
	p.width, p.height = width, height
	p.Page.SetSize(width, height)
}

// View implements page.
func (p *doings) View() (body, words string) {
	body, words = p.Page.View()
	if p.framed = false; p.modal == nil {
		return body, words
	}
	box := p.modal.View(p.width, p.height-1, p.ready)
	if box.None() {
		return body, words
	}
	p.framed = box.Framed()
	return p.over(p.Styles, box, body, p.width, layout{p.width, p.height - 1}), words
}

// Heading implements page.
func (p *doings) Heading() (words string, took time.Duration) { return p.Page.Heading(), 0 }

// Focus implements page.
func (p *doings) Focus() order.Focus {
	switch {
	case p.modal != nil:
		return p.modal.Focus()
	case p.Typing():
		return order.Typing
	}
	return order.Browsing
}

// Actions implements page.
func (p *doings) Actions() []action { return p.actions }

// Help implements page.
func (p *doings) Help() []key.Binding {
	switch {
	case p.modal != nil && p.ready == order.Unarmed:
		return nil // none works yet
	case p.modal != nil:
		return p.modal.Help()
	case p.Typing():
		return p.TypingHelp()
	}
	var keys []key.Binding
	for _, a := range p.actions {
		if keys = append(keys, a.Binding); a.Help().Key == p.Keys.Field.Help().Key {
			keys[len(keys)-1] = look.Named(a.Binding, p.Other())
		}
	}
	return keys
}
