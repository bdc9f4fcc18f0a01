package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// question is what a confirm asks.
type question struct {
	title  string
	body   []string
	phrase string // to be typed on a production system; empty for a plain yes
	danger bool
}

// confirm is a question that carries its own answer. The default is no.
type confirm struct {
	calm
	*desk
	question
	op    operation
	typed *prompt // nil where a plain yes will do
}

// ask opens a question; yes starts the operation.
func (d *desk) ask(q question, op operation) (modal, tea.Cmd) {
	c := &confirm{desk: d, question: q, op: op}
	if q.phrase != "" {
		c.typed = newPrompt("> ", "")
	}
	return c, nil
}

// Update implements modal.
func (c *confirm) Update(msg tea.Msg) (modal, tea.Cmd) {
	if press, ok := msg.(tea.KeyMsg); ok {
		return c.key(press)
	}
	return c, nil
}

func (c *confirm) key(msg tea.KeyMsg) (modal, tea.Cmd) {
	switch {
	case c.typed != nil:
		return c.typing(msg)
	case key.Matches(msg, c.keys.yes) && c.danger && c.unread():
		c.warn("pgdn first: the question goes on below.")
	case key.Matches(msg, c.keys.yes):
		return c.start(c.op)
	case key.Matches(msg, c.keys.no):
		return c.leave()
	}
	return c, nil
}

// leave takes one step back: to the form, if there was one, with what was typed
// but for a secret; else out.
func (c *confirm) leave() (modal, tea.Cmd) {
	if c.op.forget != nil {
		c.op.forget()
	}
	if c.op.back != nil {
		return c.op.back(), nil
	}
	c.say("Nothing was done.")
	return nil, nil
}

func (c *confirm) typing(msg tea.KeyMsg) (modal, tea.Cmd) {
	switch {
	case msg.Type == tea.KeyEsc:
		return c.leave()
	case msg.Type != tea.KeyEnter:
		c.typed.Update(msg)
		c.toTop() // where it is typed
	case c.typed.Value() == c.phrase && c.danger && c.unread():
		c.warn("pgdn first: the question goes on below.")
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
	return c.styles.dialog(&c.scroller, width, height, c.danger, c.title, body...)
}

// Help implements modal.
func (c *confirm) Help() []key.Binding {
	away := "leave it as it is"
	if c.op.back != nil {
		away = "back to the form"
	}
	if c.typed != nil {
		return []key.Binding{named(c.keys.enter, "go on"), named(c.keys.back, away)}
	}
	return []key.Binding{c.keys.yes, named(c.keys.no, "no, "+away)}
}

// Focus implements modal.
func (c *confirm) Focus() focus {
	if c.typed != nil {
		return typing
	}
	return asked
}
