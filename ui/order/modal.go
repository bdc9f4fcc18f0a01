package order

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/look"
)

// Foreground is what the console asks whatever is in front before it hands a
// key on or leaves.
type Foreground interface {
	Focus() Focus
	Holds() Hold
	Rescue() tea.Cmd     // puts a key that is in no file into one; nil without one
	Forget()             // wipes what was typed or pasted in secret; nothing follows
	Help() []key.Binding // the keys that work here and now
}

// Modal is a question, or an answer that wants attention. Update returns the
// modal that follows: itself, another, or nil.
type Modal interface {
	Foreground
	Update(msg tea.Msg) (Modal, tea.Cmd)
	View(width, height int, ready Readiness) look.Box // keys that do not work yet are not offered
	Scroll(msg tea.KeyMsg) bool                       // turns what does not fit; false for a key that is not for that
	Commits(msg tea.KeyMsg) bool                      // whether the key changes, reveals or loses something here
	Step() Step                                       // what it is at; each step has its own readiness
	Ready() Readiness                                 // armed where a key that was meant for something else does no harm
}

// Focus is whom a typed key is for.
type Focus int

// Whom a key can be for.
const (
	Browsing Focus = iota // the page; global keys work
	Asked                 // a question; global keys do not
	Typing                // a text field: letters are text, and a paste is welcome
)

// Hold is what would be lost by leaving now. A person may leave with nothing, with a key
// that stays sealed, and with one that they have seen; a lost line may take none of them.
type Hold int

// What can be lost, the least first.
const (
	Nothing            Hold = iota
	SealedKey               // a new key that outlives the program, and is offered at the next start
	SeenKey                 // a new key that is in no file, but was on the screen
	SentKey                 // a new key that a clipboard may have taken, or not
	NewKey                  // a new key that nobody has taken yet
	UnfinishedFile          // a key that is being written to a file
	UnfinishedHandover      // a key that a command is at
	UnansweredWrite         // a write whose answer has not come
)

// Base is the modal without a text field that loses nothing by leaving.
type Base struct{ look.Scroller }

// Focus implements [Foreground].
func (Base) Focus() Focus { return Asked }

// Holds implements [Foreground].
func (Base) Holds() Hold { return Nothing }

// Rescue implements [Foreground].
func (Base) Rescue() tea.Cmd { return nil }

// Forget implements [Foreground].
func (Base) Forget() {}

// Step implements [Modal].
func (Base) Step() Step { return telling }

// Ready implements [Modal].
func (Base) Ready() Readiness { return Unarmed }

// Readiness is whether a modal has been on the screen long enough: what was
// typed before it appeared was not meant for it. Each of its steps is a question of
// its own.
type Readiness int

// Before and after [Arming].
const (
	Unarmed Readiness = iota
	Armed
)

// offer is how keys are offered: none before it works.
func (r Readiness) offer(o look.Offer) look.Offer {
	if r == Unarmed {
		return look.NotYet
	}
	return o
}

// Alike offers keys of which none is safer than the others, once they work.
func Alike(r Readiness) look.Offer { return r.offer(look.Alike) }

// SafeFirst offers keys of which the first changes nothing, once they work.
func SafeFirst(r Readiness) look.Offer { return r.offer(look.SafeFirst) }

// Arming is how long a modal ignores keys.
const Arming = 250 * time.Millisecond

// Step is what a dialog is at; one that asks or tells a single thing is telling.
type Step int

const (
	telling Step = iota
	leaving      // the person has been asked whether to lose the key
	placing      // another folder is being typed
	keeping      // the key is on its way to a file
	handing      // the key is on its way to a command
)
