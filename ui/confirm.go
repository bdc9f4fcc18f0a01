package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// arming is how long a question ignores keys: what was typed before it appeared
// was not meant for it.
const arming = 250 * time.Millisecond

// question is what a confirm asks.
type question struct {
	title  string
	body   []string
	phrase string // to be typed on a production system; empty for a plain yes
	danger bool
}

// confirm is a question that carries its own answer. The default is no.
type confirm struct {
	*desk
	question
	op    operation
	state confirmState
	typed *prompt // nil where a plain yes will do
}

type confirmState int

const (
	unarmed confirmState = iota
	armed
)

// armNow tells a question that it has been on the screen long enough.
type armNow struct{ to *confirm }

// ask opens a question; yes starts the operation.
func (d *desk) ask(q question, op operation) (modal, tea.Cmd) {
	c := &confirm{desk: d, question: q, op: op}
	if q.phrase != "" {
		c.typed = newPrompt("> ", "")
	}
	return c, d.Clock.After(arming, armNow{c})
}

// Update implements modal.
func (c *confirm) Update(msg tea.Msg) (modal, tea.Cmd) {
	switch msg := msg.(type) {
	case armNow:
		if msg.to == c {
			c.state = armed
		}
	case tea.KeyMsg:
		if c.state == armed {
			return c.key(msg)
		}
	}
	return c, nil
}

func (c *confirm) key(msg tea.KeyMsg) (modal, tea.Cmd) {
	switch {
	case c.typed != nil:
		return c.typing(msg)
	case key.Matches(msg, c.keys.yes):
		return c.start(c.op)
	case key.Matches(msg, c.keys.no):
		c.say("Nothing was done.")
		return nil, nil
	}
	return c, nil
}

func (c *confirm) typing(msg tea.KeyMsg) (modal, tea.Cmd) {
	switch {
	case msg.Type == tea.KeyEsc:
		c.say("Nothing was done.")
		return nil, nil
	case msg.Type != tea.KeyEnter:
		c.typed.Update(msg)
	case c.typed.Value() == c.phrase:
		return c.start(c.op)
	default:
		c.warn("That is not " + c.phrase + "; esc leaves things as they are.")
	}
	return c, nil
}

// View implements modal.
func (c *confirm) View(width, height int) string {
	body := c.body
	if c.typed != nil {
		body = append([]string{"This is a production system. To go on, type " + c.phrase + " and press enter:\n" +
			c.typed.View(width)}, body...)
	}
	return c.dialog(width, height, c.danger, c.title, body...)
}

// Help implements modal. Before it is armed a question shows no keys, since
// none works.
func (c *confirm) Help() []key.Binding {
	switch {
	case c.state == unarmed:
		return nil
	case c.typed != nil:
		return []key.Binding{named(c.keys.enter, "go on"), named(c.keys.back, "leave it as it is")}
	}
	return []key.Binding{c.keys.yes, named(c.keys.no, "no, leave it as it is")}
}

// Focus implements modal.
func (c *confirm) Focus() focus {
	if c.typed != nil {
		return typing
	}
	return asked
}

// Holds implements modal.
func (c *confirm) Holds() hold { return nothing }
