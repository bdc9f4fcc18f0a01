package keys

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/choose"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// shelf shows the keys, and what can be done with one of them.
type shelf struct {
	order.Base
	*order.Desk
	safe model.Safe
	step step
	keys []model.Lying
	at   int           // the key that was chosen
	menu *choose.Model // of keys, or of what is done with one
}

// step is what the shelf is at.
type step int

const (
	reading  step = iota // or something else that is a moment's work
	choosing             // one of the keys
	asked                // what to do with it
	sure                 // whether to remove it
	told                 // how it is opened elsewhere
)

// What can be done with a key.
const (
	take   = "take"
	tell   = "tell"
	remove = "remove"
	leave  = "leave"
)

// found answers what lies there.
type found struct {
	to   *shelf
	keys []model.Lying
	err  error
}

// taken answers a key that is to be handed over.
type taken struct {
	to   *shelf
	kept model.Issued
	err  error
}

// removed answers a key that was to be removed.
type removed struct {
	to   *shelf
	said string
	err  error
}

// Show begins the conversation.
func Show(d *order.Desk, safe model.Safe) (order.Modal, tea.Cmd) {
	s := &shelf{Desk: d, safe: safe}
	return s, s.read()
}

// read looks what lies there.
func (s *shelf) read() tea.Cmd {
	s.step = reading
	safe := s.safe
	return func() tea.Msg {
		keys, err := safe.Lying()
		return found{s, keys, err}
	}
}

// Update implements [order.Modal].
func (s *shelf) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case found:
		if msg.to == s {
			return s.list(msg)
		}
	case taken:
		if msg.to == s {
			return s.hand(msg)
		}
	case removed:
		if msg.to == s {
			return s.without(msg)
		}
	case tea.KeyMsg:
		return s.press(msg)
	}
	return s, nil
}

// list shows what was found.
func (s *shelf) list(msg found) (order.Modal, tea.Cmd) {
	if msg.err != nil {
		s.Warn("Not all keys could be looked for: " + model.Clean(msg.err.Error()).String())
	}
	if len(msg.keys) == 0 {
		if msg.err == nil {
			s.Say("No key waits to be handed over, and no key files lie here.")
		}
		return nil, nil
	}
	s.keys, s.at = msg.keys, 0
	s.choose()
	return s, nil
}

// choose lets one of the keys be chosen.
func (s *shelf) choose() {
	s.step = choosing
	q := choose.Question{Title: "Keys on this machine", Help: s.counted()}
	for i, k := range s.keys {
		q.Choices = append(q.Choices, model.Choice{Value: fmt.Sprint(i), Label: s.label(k)})
	}
	s.menu = choose.New(s.Desk.Keys, s.Styles, q)
}

func (s *shelf) press(msg tea.KeyMsg) (order.Modal, tea.Cmd) {
	switch s.step {
	case reading:
		return s, nil
	case sure:
		return s.answer(msg)
	case told:
		if key.Matches(msg, s.Desk.Keys.Close) {
			s.ask()
		}
		return s, nil
	case choosing, asked:
	}
	end := s.menu.Key(msg)
	chosen, _ := s.menu.Chosen()
	switch {
	case end == choose.Open:
		return s, nil
	case end == choose.Left && s.step == choosing:
		return nil, nil
	case end == choose.Left, chosen.Value == leave:
		s.choose()
	case s.step == choosing:
		_, _ = fmt.Sscan(chosen.Value, &s.at)
		s.ask()
	case chosen.Value == take:
		return s, s.take()
	case chosen.Value == tell:
		s.step, s.Scroller = told, s.Succeeded()
	default:
		s.step, s.Scroller = sure, s.Succeeded()
	}
	return s, nil
}

// ask asks what to do with the chosen key.
func (s *shelf) ask() {
	s.step = asked
	k := s.keys[s.at]
	q := choose.Question{Title: s.label(k), Help: s.about(k)}
	switch {
	case k.Shut != "":
		q.Choices = append(q.Choices, model.Choice{Value: tell, Label: "say why, and how it is opened"})
	case k.How == model.Undelivered:
		q.Choices = append(q.Choices, model.Choice{Value: take, Label: "take it: it is shown as when it came"})
	}
	q.Choices = append(q.Choices, model.Choice{Value: remove, Label: verb(k)}, model.Choice{Value: leave, Label: "leave it where it is"})
	s.menu = choose.New(s.Desk.Keys, s.Styles, q)
}

func (s *shelf) take() tea.Cmd {
	s.step = reading
	safe, name := s.safe, s.keys[s.at].Name
	return func() tea.Msg {
		kept, err := safe.Take(name)
		return taken{s, kept, err}
	}
}

// hand goes on with the key as if it had just come.
func (s *shelf) hand(msg taken) (order.Modal, tea.Cmd) {
	if msg.err != nil {
		s.Warn("The key cannot be taken: " + model.Clean(msg.err.Error()).String())
		return s, s.read()
	}
	s.Log.Info("kept key taken in hand", "system", msg.kept.Token.System)
	return s.Deliver(msg.kept), nil
}

// answer takes a word on whether to remove the key.
func (s *shelf) answer(msg tea.KeyMsg) (order.Modal, tea.Cmd) {
	switch {
	case key.Matches(msg, s.Desk.Keys.Yes):
		s.step = reading
		safe, name := s.safe, s.keys[s.at].Name
		return s, func() tea.Msg {
			said, err := safe.Remove(name)
			return removed{s, said, err}
		}
	case key.Matches(msg, s.Desk.Keys.No):
		s.ask()
	}
	return s, nil
}

// without shows what is left, and how the removal went.
func (s *shelf) without(msg removed) (order.Modal, tea.Cmd) {
	if msg.err != nil {
		s.Warn("Not removed: " + model.Clean(msg.err.Error()).String())
		return s, s.read()
	}
	s.Log.Info("key removed", "name", s.keys[s.at].Name)
	s.Say(look.Capital(msg.said) + ".")
	if len(s.keys) == 1 {
		return nil, nil
	}
	return s, s.read()
}

// Commits implements [order.Modal].
func (s *shelf) Commits(msg tea.KeyMsg) bool {
	return s.step == sure && key.Matches(msg, s.Desk.Keys.Yes)
}

// Step implements [order.Modal].
func (s *shelf) Step() order.Step { return order.Step(s.step) }

// Ready implements [order.Modal]: but for the last question, nothing is lost by a key.
func (s *shelf) Ready() order.Readiness {
	if s.step == sure {
		return order.Unarmed
	}
	return order.Armed
}

// Scroll implements [order.Modal]: a menu turns itself.
func (s *shelf) Scroll(msg tea.KeyMsg) bool {
	return (s.step == sure || s.step == told) && s.Base.Scroll(msg)
}

// Focus implements [order.Modal].
func (s *shelf) Focus() order.Focus {
	if (s.step == choosing || s.step == asked) && s.menu.Writes() {
		return order.Typing
	}
	return order.Asked
}
