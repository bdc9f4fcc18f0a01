package claim

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// Go says that a person wants to see the key that was found, in its system.
type Go struct {
	System int // its place among those that could be asked
	Claim  model.Claim
}

// End says that a person wants to end the key that was found. Whoever takes it wipes Key.
type End struct {
	Go
	Action model.Action
	Key    model.Secret
}

// Person says that a person wants to see whose key it is, over all systems.
type Person struct {
	System string // its name
	Owner  model.User
}

// answers shows what each system says, as it comes.
type answers struct {
	*hand
	wait   *wait.Model
	cancel context.CancelFunc
}

// said is what a system says.
type said struct {
	to    *answers
	index int
	claim model.Claim
}

// Update implements [order.Modal].
func (a *answers) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case said:
		if msg.to == a && a.systems[msg.index].stage == asking {
			a.take(msg)
		}
		return a, nil
	case tea.KeyMsg:
		return a.press(msg)
	}
	return a, a.wait.Update(msg)
}

// take takes an answer. The mark goes to the first system that knows the key, unless a person
// has put it somewhere.
func (a *answers) take(msg said) {
	s := &a.systems[msg.index]
	s.stage, s.claim = answered, msg.claim
	if s.learn(a.key); s.by == model.NoPassage {
		s.stage = unasked // it turned out only then to have no such keys, and did not get it
	}
	a.Log.Info("asked whose a key is", "system", s.info.Name, "known", look.YesNo(s.claim.Known))
	if s.claim.Known == model.Yes && !a.moved && a.marked().claim.Known != model.Yes {
		a.at = msg.index
	}
	if !a.pending() {
		a.wait.Stop()
		a.cancel()
	}
}

func (a *answers) pending() bool {
	return a.count(func(s system) bool { return s.stage == asking }) > 0
}

func (a *answers) count(is func(system) bool) int {
	n := 0
	for _, s := range a.systems {
		if is(s) {
			n++
		}
	}
	return n
}

func (a *answers) press(msg tea.KeyMsg) (order.Modal, tea.Cmd) {
	s := a.marked()
	found := Go{a.at, s.claim}
	switch end := s.end(); {
	case key.Matches(msg, a.Keys.Back) && a.pending():
		a.giveUp()
	case key.Matches(msg, a.Keys.Back):
		a.Forget()
		return nil, nil
	case key.Matches(msg, a.Keys.Enter) && s.claim.Known == model.Yes:
		a.Forget()
		return nil, func() tea.Msg { return found }
	case key.Matches(msg, a.Keys.Person) && s.owned():
		a.Forget()
		return nil, func() tea.Msg { return Person{s.info.Name, s.claim.Owner} }
	case end != model.Nothing && key.Matches(msg, a.endKey(end)):
		a.cancel() // the key goes on
		return nil, func() tea.Msg { return End{found, end, a.key} }
	case key.Matches(msg, a.Keys.Pick) && s.claim.Instead != model.NoPassage && !a.pending():
		return a.instead(), nil
	case !a.move(msg):
		a.Say("esc closes this.")
	}
	return a, nil
}

// giveUp waits for no answer any more. The systems may have seen the key all the same.
func (a *answers) giveUp() {
	a.cancel()
	a.wait.Stop()
	for i := range a.systems {
		if s := &a.systems[i]; s.stage == asking {
			s.stage = givenUp
		}
	}
	a.Say("Given up. Who was asked may have seen the key all the same.")
}

// Forget implements [order.Modal].
func (a *answers) Forget() {
	a.cancel()
	a.hand.Forget()
}

// instead asks the marked system alone once more, in the other way, after that was said.
func (a *answers) instead() order.Modal {
	c := &choice{hand: a.hand}
	for i := range c.systems {
		if s := &c.systems[i]; i != c.at {
			s.by = model.NoPassage
		}
	}
	s := c.marked()
	s.by, s.stage = s.claim.Instead, unasked
	c.Scroller = a.Succeeded()
	return c
}

// end is how the key is ended in one step.
func (s system) end() model.Action {
	if s.stage != answered {
		return model.Nothing
	}
	return s.claim.End(s.info)
}

// owned reports whether it is known whose the key is.
func (s system) owned() bool {
	return s.claim.Known == model.Yes && (s.claim.Owner.ID != "" || !s.claim.Owner.Username.Empty())
}

// endKey is the key for that.
func (a *answers) endKey(end model.Action) key.Binding {
	if end == model.Regenerate {
		return look.Named(a.Keys.Regenerate, "end it by a new key")
	}
	return look.Named(a.Keys.Remove, "end it")
}

// Commits implements [order.Modal]: a question follows.
func (*answers) Commits(tea.KeyMsg) bool { return false }

// Help implements [order.Modal].
func (a *answers) Help() []key.Binding {
	if a.pending() {
		return []key.Binding{look.Named(a.Keys.Back, "give up")}
	}
	s := a.marked()
	keys := []key.Binding{look.Named(a.Keys.Back, "close")}
	if s.claim.Known == model.Yes {
		keys = append(keys, look.Named(a.Keys.Enter, "go there"))
	}
	if end := s.end(); end != model.Nothing {
		keys = append(keys, a.endKey(end))
	}
	if s.claim.Instead != model.NoPassage {
		what := "ask " + s.claim.Instead.String()
		if s.claim.Instead == model.Compared {
			what = "compare it here"
		}
		keys = append(keys, look.Named(a.Keys.Pick, what))
	}
	if s.owned() {
		keys = append(keys, a.Keys.Person)
	}
	return keys
}

// knowing are the systems that know the key.
func (a *answers) knowing() []system {
	return slices.DeleteFunc(slices.Clone(a.systems), func(s system) bool { return s.claim.Known != model.Yes })
}
