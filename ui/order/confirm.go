package order

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// question is what a confirm asks.
type question struct {
	title  string
	verb   string   // what yes does
	says   []string // what it breaks, and what else to know
	heed   string   // which of that is the one to look at
	about  []look.Field
	phrase string    // to be typed on a production system; empty for a plain yes
	danger bool      // yes is taken when all of it has been on the screen
	mood   look.Mood // the first glance
}

// confirm is a question that carries its own answer. The default is no.
type confirm struct {
	Base
	*Desk
	question
	op    operation
	typed *prompt.Model // nil where a plain yes will do
}

// ask opens a question; yes starts the operation.
func (d *Desk) ask(q question, op operation) (Modal, tea.Cmd) {
	c := &confirm{Desk: d, question: q, op: op}
	if q.phrase != "" {
		c.typed = prompt.New("> ", "")
	}
	return c, nil
}

// Update implements [Modal].
func (c *confirm) Update(msg tea.Msg) (Modal, tea.Cmd) {
	if press, ok := msg.(tea.KeyMsg); ok {
		return c.key(press)
	}
	return c, nil
}

func (c *confirm) key(msg tea.KeyMsg) (Modal, tea.Cmd) {
	switch {
	case c.typed != nil:
		return c.typing(msg)
	case key.Matches(msg, c.Keys.Yes) && c.danger && c.Unread():
		c.Warn("pgdn first: the question goes on below.")
	case key.Matches(msg, c.Keys.Yes):
		return c.begin()
	case key.Matches(msg, c.Keys.No):
		return c.leave()
	}
	return c, nil
}

// begin sends the order; what is waited for stands where the question stood.
func (c *confirm) begin() (Modal, tea.Cmd) {
	b, cmd := c.start(c.op)
	b.Scroller, b.about = c.Seated(), c.about
	return b, cmd
}

// leave takes one step back: to the form, if there was one, with what was typed
// but for a secret; else out.
func (c *confirm) leave() (Modal, tea.Cmd) {
	c.Forget()
	if c.op.back != nil {
		return c.op.back(), nil
	}
	c.Say("Nothing was done.")
	return nil, nil
}

func (c *confirm) typing(msg tea.KeyMsg) (Modal, tea.Cmd) {
	switch {
	case msg.Type == tea.KeyEsc:
		return c.leave()
	case msg.Type != tea.KeyEnter:
		c.typed.Update(msg)
		c.ToTop() // where it is typed
	case c.typed.Value() == c.phrase && c.danger && c.Unread():
		c.Warn("pgdn first: the question goes on below.")
	case c.typed.Value() == c.phrase:
		return c.begin()
	default:
		c.Warn("That is not " + c.phrase + "; nothing was done.")
	}
	return c, nil
}

// View implements [Modal].
func (c *confirm) View(width, height int, ready Readiness) look.Box {
	d := look.Dialog{Title: c.title, Mood: c.mood, Says: c.says, Heed: c.heed, Facts: c.about, Keys: c.Help(), Offer: ready.offer(look.SafeFirst)}
	if c.typed != nil {
		d.First = []string{"This is a production system. To go on, type " + c.phrase + " and press enter:\n" + c.typed.View(look.Room(width))}
	}
	return c.Styles.Dialog(&c.Scroller, width, height, d)
}

// Help implements [Modal]: the answer that changes nothing comes first.
func (c *confirm) Help() []key.Binding {
	away := "leave it"
	if c.op.back != nil {
		away = "back to the form"
	}
	if c.typed != nil {
		return []key.Binding{look.Named(c.Keys.Back, away), look.Named(c.Keys.Enter, c.verb)}
	}
	return []key.Binding{look.Named(c.Keys.No, away), look.Named(c.Keys.Yes, c.verb)}
}

// Focus implements [Modal].
func (c *confirm) Focus() Focus {
	if c.typed != nil {
		return Typing
	}
	return Asked
}

// Forget implements [Modal].
func (c *confirm) Forget() {
	if c.op.forget != nil {
		c.op.forget()
	}
}
