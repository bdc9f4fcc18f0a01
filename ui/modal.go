package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// attention is what the console asks whatever is in front before it hands a
// key on or leaves.
type attention interface {
	Focus() focus
	Holds() hold
	Rescue() tea.Cmd     // puts a key that is in no file into one; nil without one
	Help() []key.Binding // the keys that work here and now
}

// modal is a question, or an answer that wants attention. Update returns the
// modal that follows: itself, another, or nil.
type modal interface {
	attention
	Update(msg tea.Msg) (modal, tea.Cmd)
	View(width, height int) string
	Scroll(msg tea.KeyMsg) bool // turns what does not fit; false for a key that is not for that
	Weighs(msg tea.KeyMsg) bool // whether the key changes, reveals or loses something here
	Step() step                 // what it is at; each step has its own readiness
	Ready() readiness           // armed where a key that was meant for something else does no harm
}

// focus is whom a typed key is for.
type focus int

const (
	browsing focus = iota // the page; global keys work
	asked                 // a question; global keys do not
	typing                // a text field: letters are text, and a paste is welcome
)

// hold is what would be lost by leaving now. A person may leave with nothing and
// with a key that they have seen; a lost line may take neither that key nor any
// other.
type hold int

const (
	nothing  hold = iota
	aSeenKey      // a new key that is in no file, but was on the screen
	aSentKey      // a new key that a clipboard may have taken, or not
	aKey          // a new key that nobody has taken yet
	aFile         // a key that is being written to a file
	aWrite        // a write whose answer has not come
)

// calm is the modal without a text field that loses nothing by leaving.
type calm struct{ scroller }

func (calm) Focus() focus { return asked }
func (calm) Holds() hold  { return nothing }

func (calm) Rescue() tea.Cmd { return nil }

func (calm) Step() step { return telling }

func (calm) Ready() readiness { return unarmed }

// readiness is whether a modal has been on the screen long enough: what was
// typed before it appeared was not meant for it. Each of its steps is a question of
// its own.
type readiness int

const (
	unarmed readiness = iota
	armed
)

// arming is how long a modal ignores keys.
const arming = 250 * time.Millisecond

// step is what a dialog is at; one that asks or tells a single thing is telling.
type step int

const (
	telling step = iota
	leaving      // the person has been asked whether to lose the key
	placing      // another folder is being typed
	keeping      // the key is on its way to a file
)
