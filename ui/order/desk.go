package order

import (
	"context"
	"log/slog"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/look"
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

	// Export writes all rows of a query to a file. A file that is there is an [io/fs.ErrExist]
	// unless it is to be replaced; an error of the system is a [model.Error].
	Export func(context.Context, model.API, model.Export) (model.Exported, error)

	Plans  plan.Files  // where plans are kept; nil where nothing can be written
	Making plan.Making // who makes plans, and where

	Views []model.View // the questions that were given names, beside those that everybody asks

	Keys   look.Keys
	Styles look.Styles
	*look.Status

	History   *History
	Typed     *prompt.History // into searches
	inquiries []*inquiry      // under way, or not read yet
}
