package ui

import (
	"context"
	"log/slog"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/model/review"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
	"authdeck/ui/wait"
)

// World is everything outside the console that it touches, named once by main
// and replaced by tests.
type World struct {
	Clock    wait.Clock
	Renderer *lipgloss.Renderer
	Theme    model.Theme
	Limits   review.Limits // from when on a token wants a look; the zero value for the usual ones
	Views    []model.View  // the questions that were given names, beside those that everybody asks
	Log      *slog.Logger
	Hangup   tea.Cmd // comes back each time that the program is told to end; may be nil

	// Suspend gives the terminal to the shell for a while, or comes back as
	// [terminal.Stranded]. Redraw has the screen painted anew.
	Suspend, Redraw tea.Cmd

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
	// Export writes all rows of a query to a file. A file that is there is an [io/fs.ErrExist]
	// unless it is to be replaced; an error of the system is a [model.Error].
	Export func(context.Context, model.API, model.Export) (model.Exported, error)
	// Recall gives what was typed into searches in sessions before, the newest last, and
	// Remember keeps a line for those after. Both are nil where nothing is kept.
	Recall   func() []string
	Remember func(line string)
	// Safe is where keys lie that came here; nil where none are kept.
	Safe model.Safe
	// All is every system as one.
	All model.Union
	// Welcome is a sentence for the start, such as that a key still lies in a file;
	// may be empty.
	Welcome string
}

// page is one screen: a list and what is asked about it.
type page interface {
	order.Foreground
	sight
	Init() tea.Cmd
	Update(msg tea.Msg) tea.Cmd
	Show(order.Modal, tea.Cmd) tea.Cmd // puts a modal over it
	Renew() tea.Cmd                    // reads what has not been read, or what a write has changed
	Actions() []action
}

// sight is what a page looks like.
type sight interface {
	SetSize(width, height int)
	View() (body, words string)                  // what it shows, and the lines above the keys; as high as it was told to be
	Framed() bool                                // whether its keys stand in a frame, as it was drawn last
	Heading() (words string, took time.Duration) // what it shows, and how long that was waited for
}

// action is one key of a page or a command that is typed, the reason why it cannot be used
// at present, and what it does. A key that cannot be used is not silent: it says why.
type action struct {
	key.Binding
	why   func() string                        // empty when it can be used; nil when it always can
	run   func() tea.Cmd                       // nil for what is nothing without words
	take  func(words string) (tea.Cmd, error)  // what it does with words behind its name; nil where none follow
	offer func(words string) prompt.Candidates // what these can become; nil where nobody knows
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
	leads() bool // whether there is something to go back to
}
