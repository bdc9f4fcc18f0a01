package ui

import (
	"context"
	"log/slog"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/model/plan"
	"authdeck/model/review"
	"authdeck/model/rotation"
	"authdeck/ui/activity"
	"authdeck/ui/look"
	"authdeck/ui/mark"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
	"authdeck/ui/report"
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
	// Each hands on all tokens of a query as they are read, with how far that is. Note is what
	// has to be known of the list. An error, a [model.Error], means that some are missing.
	Each func(context.Context, model.API, model.Query, func([]model.Token, model.Sifted) error) (note string, err error)
	// Activity is what is known of what was asked and done.
	Activity activity.Sources
	// Plans are where plans are kept; nil where nothing can be written. Making says who makes
	// them, and where.
	Plans  plan.Files
	Making plan.Making
	// Hand gives new keys to the commands of the configuration; nil for none.
	Hand model.Courier
	// Rotations are where pairs of tokens are remembered of which one takes the other's place;
	// nil where nothing can be.
	Rotations rotation.Book
	// Passing says that what is kept goes with the console, as that of a demo does.
	Passing bool
	// Plan is shown at the start; nil for none.
	Plan *plan.Stored
	// Safe is where keys lie that came here; nil where none are kept.
	Safe model.Safe
	// Report reads what there is of a person and writes it to a new file, whole or not at all;
	// nil where that cannot be done.
	Report report.Write
	// All is every system as one.
	All Union
	// Reason is why things are done, for the record; empty without one.
	Reason model.Text
	// Welcome is a sentence for the start, such as that a key still lies in a file;
	// may be empty. Later finds another one, which may take its time: nobody waits for it. It may be nil.
	Welcome string
	Later   func() string
}

// newDesk is what all conversations of a console share.
func newDesk(w World, apis []model.API) *order.Desk {
	st := look.NewStyles(w.Renderer, w.Theme)
	d := &order.Desk{
		Clock: w.Clock, Log: w.Log, Send: w.Send, NoClipboard: w.NoClipboard, Unveil: w.Unveil, Keep: w.Keep, Export: w.Export, Each: w.Each, Views: w.Views, Reason: w.Reason,
		Every: everyOf(w, apis), Plans: w.Plans, Making: w.Making, Passing: w.Passing, Hand: w.Hand, Rotations: w.Rotations,
		Keys: look.NewKeys(), Styles: st, Status: look.NewStatus(st), History: order.NewHistory(), Marks: mark.New(), Typed: new(prompt.History),
	}
	if w.Safe != nil {
		d.Unkept = w.Safe.Ready
	}
	return d
}

// Union is several systems as one, whose tokens can be counted.
type Union interface {
	model.Union
	// Count counts the tokens of each system, of what there is of them by now: what was read
	// for the list of all systems serves it, and the other way round. Whoever asks the same in
	// a moment has more. Fresh reads them anew.
	Count(ctx context.Context, fresh bool) []review.Counted
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
	now   func() string                        // what it does as things are, where that is not what it is called; nil where it always is
	why   func() string                        // empty when it can be used; nil when it always can
	apart func() string                        // why, where words follow its name; nil for as without them
	run   func() tea.Cmd                       // nil for what is nothing without words
	take  func(words string) (tea.Cmd, error)  // what it does with words behind its name; nil where none follow
	offer func(words string) prompt.Candidates // what these can become; nil where nobody knows
}

// shown is its key with what it does as things are. Its name stays the same.
func (a action) shown() key.Binding {
	if a.now == nil {
		return a.Binding
	}
	return look.Named(a.Binding, a.now())
}

func (a action) reason() string {
	if a.why == nil {
		return ""
	}
	return a.why()
}

// reasonWith is the reason why it cannot be done with such words behind its name.
func (a action) reasonWith(words string) string {
	if words != "" && a.apart != nil {
		return a.apart()
	}
	return a.reason()
}

// always is for what can be done whatever the page is like.
func always() string { return "" }

// navigator is how a page sends the reader to another one.
type navigator interface {
	toUser(model.User) tea.Cmd
	toTokenOf(model.User) tea.Cmd
	toPerson(person.Seed) tea.Cmd
	toSystem(index int) tea.Cmd
	shows(page) bool // whether that one is in front
	back() (cmd tea.Cmd, gone bool)
	leads() bool      // whether there is something to go back to
	headingRoom() int // columns for what is said beside the names of the pages
}
