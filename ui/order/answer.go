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

// Commits implements [Modal]: where nobody says otherwise, every key does.
func (Base) Commits(tea.KeyMsg) bool { return true }

// Commits implements [Modal]: yes does, and no does not.
func (c *confirm) Commits(msg tea.KeyMsg) bool {
	if c.typed != nil {
		return msg.Type == tea.KeyEnter
	}
	return key.Matches(msg, c.Keys.Yes)
}

// Commits implements [Modal]: a question follows.
func (*fill) Commits(tea.KeyMsg) bool { return false }

// Commits implements [Modal]: a question follows.
func (*pick) Commits(tea.KeyMsg) bool { return false }

// Commits implements [Modal]: a question follows.
func (*preparing) Commits(tea.KeyMsg) bool { return false }

// Commits implements [Modal]: what else can be done begins with a question.
func (*failure) Commits(tea.KeyMsg) bool { return false }

// Commits implements [Modal]: it is closed.
func (*notice) Commits(tea.KeyMsg) bool { return false }

// Commits implements [Modal]: no key does anything.
func (*busy) Commits(tea.KeyMsg) bool { return false }
