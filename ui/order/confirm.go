package order

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// Question is a last question, with what is done for a yes.
type Question struct {
	Title  string
	Verb   string   // what yes does
	Says   []string // what it breaks, and what else to know
	Heed   string   // which of that is the one to look at
	About  []look.Field
	Phrase string    // to be typed where a plain yes is too little; empty for a plain yes
	Why    string    // it is, a sentence; empty where the title says it
	Danger bool      // yes is taken when all of it has been on the screen
	Mood   look.Mood // the first glance

	// Yes is what follows a yes; it comes in the box that the question stood in.
	Yes func(from *look.Scroller) (Modal, tea.Cmd)
	// Back is what no leads back to, and Away says so; nil for out.
	Back func() Modal
	Away string
	// Forget wipes what was typed in secret; nil without that.
	Forget func()
}

// confirm is a question that carries its own answer. The default is no.
type confirm struct {
	Base
	*Desk
	Question
	typed *prompt.Model // nil where a plain yes will do
}

// Ask opens a question.
func (d *Desk) Ask(q Question) (Modal, tea.Cmd) {
	c := &confirm{Desk: d, Question: q}
	if q.Phrase != "" {
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
	case key.Matches(msg, c.Keys.Yes) && c.Danger && c.Unread():
		c.Warn("pgdn first: the question goes on below.")
	case key.Matches(msg, c.Keys.Yes):
		return c.Yes(&c.Scroller)
	case key.Matches(msg, c.Keys.No):
		return c.leave()
	}
	return c, nil
}

// leave takes one step back: to the form, if there was one, with what was typed
// but for a secret; else out.
func (c *confirm) leave() (Modal, tea.Cmd) {
	c.Forget()
	if c.Back != nil {
		return c.Back(), nil
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
	case c.agrees() && c.Danger && c.Unread():
		c.Warn("pgdn first: the question goes on below.")
	case c.agrees():
		return c.Yes(&c.Scroller)
	default:
		c.Warn("That is not " + c.Phrase + "; nothing was done.")
	}
	return c, nil
}

// agrees reports whether the phrase was typed, in whatever digits a keyboard has.
func (c *confirm) agrees() bool { return model.Agrees(c.typed.Value(), c.Phrase) }

// View implements [Modal].
func (c *confirm) View(width, height int, ready Readiness) look.Box {
	d := look.Dialog{Title: c.Title, Mood: c.Mood, Says: c.Says, Heed: c.Heed, Facts: c.About, Keys: c.Help(), Offer: ready.offer(look.SafeFirst)}
	if c.typed != nil {
		d.First = []string{look.Sentences(c.Why, "To go on, type "+c.Phrase+" and press enter:\n") + c.typed.View(look.Room(width))}
	}
	return c.Styles.Dialog(&c.Scroller, width, height, d)
}

// Help implements [Modal]: the answer that changes nothing comes first.
func (c *confirm) Help() []key.Binding {
	away := "leave it"
	if c.Back != nil {
		away = c.Away
	}
	if c.typed != nil {
		return []key.Binding{look.Named(c.Keys.Back, away), look.Named(c.Keys.Enter, c.Verb)}
	}
	return []key.Binding{look.Named(c.Keys.No, away), look.Named(c.Keys.Yes, c.Verb)}
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
	if c.Question.Forget != nil {
		c.Question.Forget()
	}
}
