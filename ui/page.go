package ui

import (
	"context"
	"log/slog"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/wait"
)

// World is everything outside the console that it touches, named once by main
// and replaced by tests.
type World struct {
	Clock    wait.Clock
	Renderer *lipgloss.Renderer
	Log      *slog.Logger
	Hangup   tea.Cmd // comes back each time that the program is told to end; may be nil

	// Send hands a text to the clipboard of the person's terminal and says, in
	// words, where it was sent. Nobody can know that it arrived.
	Send func(context.Context, model.Secret) (said string, err error)
	// NoClipboard is why nothing can be sent from this terminal, as a clause; empty
	// where it can.
	NoClipboard string
	// Unveil has the screen show a key where [terminal.StandIn] stands for it, until
	// it is called with the absent secret.
	Unveil func(model.Secret)
	// Keep writes a key to a new file that only its owner can read: in the folder
	// for keys, or in one of its own under the folder that a person named.
	Keep func(under, name string, key model.Secret) (path string, err error)
	// Welcome is a sentence for the start, such as that a key still lies in a file;
	// may be empty.
	Welcome string
}

// attention is what the console asks whatever is in front before it hands a
// key on or leaves.
type attention interface {
	Focus() focus
	Holds() hold
	Rescue() tea.Cmd     // puts a key that is in no file into one; nil without one
	Help() []key.Binding // the keys that work here and now
}

// page is one screen: a list and what is asked about it.
type page interface {
	attention
	Init() tea.Cmd
	Update(msg tea.Msg) tea.Cmd
	View() string
	SetSize(width, height int)
	Renew() tea.Cmd // reads what has not been read, or what a write has changed
	Actions() []action
	Heading() (words string, took time.Duration) // what it shows, and how long that was waited for
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

// action is one key of a page, the reason why it cannot be used at present, and
// what it does. A key that cannot be used is not silent: it says why.
type action struct {
	key.Binding
	why func() string // empty when it can be used; nil when it always can
	run func() tea.Cmd
}

func (a action) reason() string {
	if a.why == nil {
		return ""
	}
	return a.why()
}

// navigator is how a page sends the reader to another one.
type navigator interface {
	toUser(model.User) tea.Cmd
	toTokenOf(model.User) tea.Cmd
	toSystem(index int) tea.Cmd
	back() (cmd tea.Cmd, gone bool)
}
