package rotating

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/choose"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// room shows the rotations that are under way, and what can be done with one of them.
type room struct {
	order.Base
	*order.Desk
	safe  model.Safe // where keys lie that nobody has taken; nil for nowhere
	step  step
	pairs []rotation.Pair
	at    int // the one that is shown
	menu  *choose.Model
	seen  seen // of that one
	word  string
}

// step is what the room is at.
type step int

const (
	reading  step = iota // the pairs
	choosing             // one of them
	shown                // one of them, and what its system says as it comes
	sure                 // whether to forget it
)

// found answers which rotations are under way.
type found struct {
	to    *room
	pairs []rotation.Pair
	err   error
}

// Go says that a person wants to see a token of a rotation in its system.
type Go struct {
	System string
	Token  model.Token
}

// Show begins the conversation. Safe may be nil.
func Show(d *order.Desk, safe model.Safe) (order.Modal, tea.Cmd) {
	r := &room{Desk: d, safe: safe}
	return r, r.read()
}

func (r *room) read() tea.Cmd {
	r.step = reading
	book := r.Rotations
	return func() tea.Msg {
		pairs, err := book.Pairs()
		return found{r, pairs, err}
	}
}

// Update implements [order.Modal].
func (r *room) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case found:
		if msg.to == r {
			return r.list(msg)
		}
	case seen:
		if msg.to == r && msg.id == r.pair().ID {
			r.seen = msg
		}
	case looked:
		if msg.to == r {
			return r.after(msg)
		}
	case vouched:
		if msg.to == r {
			return r.believe(msg)
		}
	case forgotten:
		if msg.to == r {
			return r.without(msg)
		}
	case tea.KeyMsg:
		return r.press(msg)
	}
	return r, nil
}

// pair is the one that is shown; the zero one while there is none.
func (r *room) pair() rotation.Pair {
	if r.at >= len(r.pairs) {
		return rotation.Pair{}
	}
	return r.pairs[r.at]
}

// list shows what is under way. One alone is shown at once; so is the one that was shown before.
func (r *room) list(msg found) (order.Modal, tea.Cmd) {
	if msg.err != nil {
		r.Warn("Not all rotations can be read: " + model.Clean(msg.err.Error()).String())
	}
	before := r.pair().ID
	r.pairs, r.at = msg.pairs, 0
	if len(r.pairs) == 0 {
		if msg.err == nil {
			r.Say(look.Sentences(r.word, "No rotation is under way; R on a token begins one."))
		}
		return nil, nil
	}
	for i, p := range r.pairs {
		if p.ID == before {
			r.at = i
			return r, r.open()
		}
	}
	if len(r.pairs) == 1 {
		return r, r.open()
	}
	r.choose()
	return r, nil
}

// choose lets one of the pairs be chosen.
func (r *room) choose() {
	r.step = choosing
	q := choose.Question{Title: "Rotations under way", Help: rotation.Count(len(r.pairs)), Current: choose.None}
	for i, p := range r.pairs {
		q.Choices = append(q.Choices, model.Choice{Value: fmt.Sprint(i), Label: r.label(p)})
	}
	r.menu = choose.New(r.Keys, r.Styles, q)
}

// open shows a pair, and asks its system for both tokens.
func (r *room) open() tea.Cmd {
	r.step, r.seen, r.Scroller = shown, seen{}, r.Succeeded()
	return r.look()
}

func (r *room) press(msg tea.KeyMsg) (order.Modal, tea.Cmd) {
	switch r.step {
	case reading:
		if key.Matches(msg, r.Keys.Back) {
			return nil, nil
		}
	case choosing:
		return r.pick(msg)
	case shown:
		return r.act(msg)
	case sure:
		return r.answer(msg)
	}
	return r, nil
}

func (r *room) pick(msg tea.KeyMsg) (order.Modal, tea.Cmd) {
	switch r.menu.Key(msg) {
	case choose.Left:
		return nil, nil
	case choose.Taken:
		chosen, _ := r.menu.Chosen()
		_, _ = fmt.Sscan(chosen.Value, &r.at)
		return r, r.open()
	case choose.Open:
	}
	return r, nil
}

// act does what a key asks for with the pair that is shown.
func (r *room) act(msg tea.KeyMsg) (order.Modal, tea.Cmd) {
	p := r.pair()
	switch {
	case key.Matches(msg, r.Keys.Remove):
		return r.end()
	case key.Matches(msg, past()):
		return r.askPast()
	case key.Matches(msg, r.Keys.Inquire):
		return r, r.inquire()
	case key.Matches(msg, toOld()):
		return r.goTo(p.Old)
	case key.Matches(msg, toNew()) && p.New.ID == "":
		r.Warn("Which token the successor is, is not known.")
	case key.Matches(msg, toNew()):
		return r.goTo(p.New)
	case key.Matches(msg, forget()):
		r.step, r.Scroller = sure, r.Succeeded()
	case key.Matches(msg, r.Keys.Reload):
		return r, r.open()
	case key.Matches(msg, r.Keys.Close) && len(r.pairs) > 1:
		r.choose()
	case key.Matches(msg, r.Keys.Close):
		return nil, nil
	}
	return r, nil
}

// goTo leaves for a token in its system, where that is the one that it was begun at.
func (r *room) goTo(t model.Token) (order.Modal, tea.Cmd) {
	p := r.pair()
	if _, err := r.api(p); err != nil {
		r.Warn("Not gone to: " + err.Error() + ".")
		return r, nil
	}
	return nil, func() tea.Msg { return Go{p.System, t} }
}

// Commits implements [order.Modal].
func (r *room) Commits(msg tea.KeyMsg) bool {
	return r.step == sure && key.Matches(msg, r.Keys.Yes)
}

// Step implements [order.Modal].
func (r *room) Step() order.Step { return order.Step(r.step) }

// Ready implements [order.Modal]: but for the last question, nothing is lost by a key.
func (r *room) Ready() order.Readiness {
	if r.step == sure {
		return order.Unarmed
	}
	return order.Armed
}

// Scroll implements [order.Modal]: a menu turns itself.
func (r *room) Scroll(msg tea.KeyMsg) bool {
	return (r.step == shown || r.step == sure) && r.Base.Scroll(msg)
}

// Focus implements [order.Modal].
func (r *room) Focus() order.Focus {
	if r.step == choosing && r.menu.Writes() {
		return order.Typing
	}
	return order.Asked
}
