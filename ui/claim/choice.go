package claim

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// choice asks which systems are to be asked. Whoever is asked could keep the key: the list
// begins with those whose keys look like it.
type choice struct{ *hand }

// Update implements [order.Modal].
func (c *choice) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	c.learn() // what has come may have told what a system is
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case key.Matches(press, c.Keys.Pick):
		c.turn()
	case key.Matches(press, c.Keys.Back):
		c.Forget()
		c.Say("Nobody was asked.")
		return nil, nil
	case c.commits(press) && !c.some():
		c.Warn("No system is ticked, so that nobody is asked.")
	case c.commits(press) && c.logged() != "" && c.Unread():
		c.Warn("pgdn first: what it means to put a key into an address goes on below.")
	case c.commits(press):
		return c.ask()
	case !c.move(press):
		c.Say("space ticks a system, enter asks those that are ticked.")
	}
	return c, nil
}

func (c *choice) learn() {
	for i := range c.systems {
		c.systems[i].learn(c.key)
	}
}

// turn goes round: not asked, and each of the ways in which the marked system can be.
func (c *choice) turn() {
	s := c.marked()
	ways := append([]model.Passage{model.NoPassage}, s.may.Passages...)
	if len(ways) == 1 {
		c.Warn(s.info.Name + " is not asked: " + s.may.Why + ".")
		return
	}
	s.by = ways[(slices.Index(ways, s.by)+1)%len(ways)]
	c.ToTop()
}

func (c *choice) some() bool {
	return slices.ContainsFunc(c.systems, func(s system) bool { return s.by != model.NoPassage })
}

// ask asks all that are ticked at once, each by a command of its own.
func (c *choice) ask() (order.Modal, tea.Cmd) {
	ctx, cancel := context.WithCancel(context.Background())
	a := &answers{hand: c.hand, wait: wait.New(c.Clock), cancel: cancel}
	a.moved = false
	a.Scroller = c.Seated()
	cmds := []tea.Cmd{a.wait.Start()}
	for i := range a.systems {
		if s := &a.systems[i]; s.by != model.NoPassage {
			cmds = append(cmds, s.ask(ctx, a, i))
		}
	}
	return a, tea.Batch(cmds...)
}

func (c *choice) commits(msg tea.KeyMsg) bool { return key.Matches(msg, c.Keys.Enter, c.Keys.Yes) }

// Commits implements [order.Modal]: what is sent is known to somebody else.
func (c *choice) Commits(msg tea.KeyMsg) bool { return c.commits(msg) }

// View implements [order.Modal].
func (c *choice) View(width, height int, ready order.Readiness) look.Box {
	marked := c.marked()
	d := look.Dialog{
		Title: c.placed(c.title(), height),
		First: []string{c.rows(look.Room(width), height, c.word)},
		Heed:  c.logged(),
		Says:  []string{c.logged(), marked.info.Name + ": " + marked.why() + ".", c.use()},
		Keys:  c.Help(), Offer: order.Alike(ready),
	}
	if d.Heed != "" {
		d.Mood = look.Heed
	}
	return c.Styles.Dialog(&c.Scroller, width, height, d)
}

// title asks, or says that there is nobody to ask.
func (c *choice) title() string {
	if c.none() {
		return "No system here can be asked whose key this is"
	}
	return "Who is asked whose key this is?"
}

// none reports whether no system can be asked.
func (c *choice) none() bool {
	return !slices.ContainsFunc(c.systems, func(s system) bool { return len(s.may.Passages) > 0 })
}

// word is how a system is asked, or the beginning of why it is not.
func (c *choice) word(s system) string {
	switch {
	case s.by == model.InAddress:
		return "[x] " + c.Styles.Warn.Render(s.by.String())
	case s.by != model.NoPassage && s.may.Open != "":
		return "[x] " + s.by.String() + ", if it has such keys"
	case s.by != model.NoPassage:
		return "[x] " + s.by.String()
	case len(s.may.Passages) == 0:
		return c.Styles.Faint.Render(" –  not asked: " + s.may.Why)
	}
	return "[ ] " + c.Styles.Faint.Render(s.left())
}

// left is why a system that can be asked is not, in a few words.
func (s system) left() string {
	switch {
	case s.stage == answered:
		return "asked before"
	case s.may.Fits == model.Unsaid:
		return "not asked: its keys look otherwise"
	case s.may.Passage() == model.InAddress:
		return "not asked: it would be in the address"
	}
	return "not asked"
}

// why is what to know of how a system is asked.
func (s system) why() string {
	switch {
	case len(s.may.Passages) == 0:
		return "not asked, since " + s.may.Why
	case s.may.Fits == model.Unsaid:
		return "the key may be one of its own, but looks otherwise; its keys are " + s.may.Why
	}
	return "its keys are " + s.may.Why + s.open()
}

// open is what is not known of it yet.
func (s system) open() string {
	if s.may.Open == "" {
		return ""
	}
	return "; " + s.may.Open
}

// logged says what it means that an address carries the key.
func (c *choice) logged() string {
	var names []string
	for _, s := range c.systems {
		if s.by == model.InAddress {
			names = append(names, s.info.Name)
		}
	}
	if names == nil {
		return ""
	}
	return "In the address of " + strings.Join(names, " and ") + " the key ends up in the logs of that server and of what stands before it."
}

// use says what it means to be asked. What is compared goes nowhere.
func (c *choice) use() string {
	if !slices.ContainsFunc(c.systems, func(s system) bool { return s.by == model.InHeader || s.by == model.InAddress }) {
		return ""
	}
	return "Who is asked gets to see the key, and it counts as a use: a last use moves, and a session is kept alive."
}

// Help implements [order.Modal].
func (c *choice) Help() []key.Binding {
	if c.none() {
		return []key.Binding{look.Named(c.Keys.Back, "close")}
	}
	tick := "tick"
	if c.marked().by != model.NoPassage {
		tick = "leave out"
	}
	keys := []key.Binding{look.Named(c.Keys.Enter, "ask"), look.Named(c.Keys.Back, "ask nobody")}
	if len(c.marked().may.Passages) > 0 {
		keys = append(keys, look.Named(c.Keys.Pick, tick))
	}
	return keys
}
