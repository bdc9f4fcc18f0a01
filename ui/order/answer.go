package order

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/keyboard"
)

// Accepts reports whether a key may change, reveal or lose something: one that was
// pressed alone. What a terminal says by itself comes with something else or
// close after it, and must not be taken for a person's word. If not, it says why.
func (d *Desk) Accepts(p keyboard.Press) bool {
	switch p.Manner {
	case keyboard.Alone:
		return true
	case keyboard.Coded:
		d.Warn("Not taken: the terminal sends a code for this letter; reset, in a shell, mends that.")
	case keyboard.Together:
		d.Warn("Not taken: it came with other input, or was held. Press the key once, alone.")
	}
	return false
}

// Weighs implements [Modal]: where nobody says otherwise, every key does.
func (calm) Weighs(tea.KeyMsg) bool { return true }

// Weighs implements [Modal]: yes does, and no does not.
func (c *Confirm) Weighs(msg tea.KeyMsg) bool {
	if c.typed != nil {
		return msg.Type == tea.KeyEnter
	}
	return key.Matches(msg, c.Keys.Yes)
}

// Weighs implements [Modal]: a question follows.
func (*fill) Weighs(tea.KeyMsg) bool { return false }

// Weighs implements [Modal]: a question follows.
func (*pick) Weighs(tea.KeyMsg) bool { return false }

// Weighs implements [Modal]: a question follows.
func (*preparing) Weighs(tea.KeyMsg) bool { return false }

// Weighs implements [Modal]: what else can be done begins with a question.
func (*failure) Weighs(tea.KeyMsg) bool { return false }

// Weighs implements [Modal]: it is closed.
func (*notice) Weighs(tea.KeyMsg) bool { return false }

// Weighs implements [Modal]: no key does anything.
func (*busy) Weighs(tea.KeyMsg) bool { return false }
