package order

import (
	"context"
	"log/slog"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/model/rotation"
	"authdeck/ui/look"
	"authdeck/ui/mark"
	"authdeck/ui/prompt"
	"authdeck/ui/wait"
)

// Desk is what every page and modal works with: the world outside, how things are
// said and drawn, and what has been done from here.
type Desk struct {
	Clock wait.Clock
	Log   *slog.Logger

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
	// Hand gives a key to the command that is configured for its system; nil for none.
	Hand model.Courier

	// Rotations are where pairs of tokens are remembered of which one takes the other's place;
	// nil where nothing can be.
	Rotations rotation.Book

	// Export writes all rows of a query to a file. A file that is there is an [io/fs.ErrExist]
	// unless it is to be replaced; an error of the system is a [model.Error].
	Export func(context.Context, model.API, model.Export) (model.Exported, error)

	// Each hands on all tokens of a query as they are read, with how far that is. Note is what
	// has to be known of the list. An error means that some are missing.
	Each  func(context.Context, model.API, model.Query, func([]model.Token, model.Sifted) error) (note string, err error)
	Every model.API // all systems, as one where there are several

	Plans  plan.Files  // where plans are kept; nil where nothing can be written
	Making plan.Making // who makes plans, and where

	Passing bool // what is kept here goes with the console, as that of a demo does

	// Unkept says why a key that comes would not be kept if the line drops; nil where none is
	// kept at all. It writes to the disk.
	Unkept func() error

	// Report begins the conversation about a page for an auditor, about whoever has an account
	// of a system, after which another one goes on; nil where no page can be written.
	Report func(system string, account model.User, after Modal) (Modal, tea.Cmd)

	Views []model.View // the questions that were given names, beside those that everybody asks

	Reason model.Text // why things are done, for the record; empty without one

	Keys   look.Keys
	Styles look.Styles
	*look.Status

	History   *History
	Marks     *mark.Set
	Typed     *prompt.History // into searches
	inquiries []*inquiry      // under way, or not read yet
	partings  []parting
}

// Systems are all systems of this console, as far as they are known.
func (d *Desk) Systems() []model.Info {
	if d.Every == nil {
		return nil
	}
	var all []model.Info
	for _, api := range model.Members(d.Every) {
		all = append(all, api.Info())
	}
	return all
}

// note notes how an order was answered. What is known to have ended is marked no more: nothing
// could be done to it.
func (d *Desk) note(op operation, msg Answered) {
	d.History.enter(op, msg, d.Clock.Now())
	d.unmark(op)
}

func (d *Desk) unmark(op operation) {
	if _, ended := d.History.Deleted(op.system, op.order.Token); ended {
		d.Marks.Remove(op.system, op.order.Token.ID)
	}
}

// noReason takes the reason back.
const noReason = "-"

// TakeReason has everything that is done from now on recorded with a reason.
func (d *Desk) TakeReason(words string) (tea.Cmd, error) {
	d.Reason = model.Because(words)
	if d.Reason.String() == noReason {
		d.Reason = model.Text{}
	}
	return d.TellReason(), nil
}

// TellReason says what the reason is.
func (d *Desk) TellReason() tea.Cmd {
	if d.Reason.Empty() {
		d.Say("What is done is recorded without a reason; :reason TICKET-123 gives one.")
		return nil
	}
	d.Say("What is done is recorded with the reason " + look.Marked(d.Reason) + "; :reason " + noReason + " takes it back.")
	return nil
}
