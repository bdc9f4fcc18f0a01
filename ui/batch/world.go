package batch

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"

	"authdeck/model"
	"authdeck/model/person"
	"authdeck/model/plan"
	"authdeck/model/review"
	"authdeck/model/rotation"
	"authdeck/model/traffic"
)

// World is everything outside the command line that commands without a screen touch, named
// once by main and replaced by tests.
type World struct {
	Getenv func(string) string
	Stdin  *os.File
	Stdout *os.File
	Stderr io.Writer

	ConfigPath string // where the configuration is unless it is named, as a manual writes it
	RecordPath string // where the record is, as a manual writes it

	// Known are the systems of a configuration, as far as that tells of them: no system is asked,
	// and no credential is read. It is empty where the configuration cannot be read.
	Known func(config string) []model.Info
	// OpenLog opens a file so that what is written goes to its end.
	OpenLog func(path string) (io.WriteCloser, error)
	// Open opens the configured systems. No system is asked before something is wanted of it.
	Open func(context.Context, Choice, *slog.Logger) (Systems, error)
	// Keep writes a key to a new file of its owner's alone, in the folder for keys that is named
	// or in the usual one.
	Keep func(under, name string, key model.Secret) (path string, err error)
	// NewFile says how the path of a file is from the root on, and why none can be made there.
	NewFile func(path string) (whole string, err error)
	// Sealer seals to recipients what only they can read, in letters.
	Sealer func(recipients []string) (func(content []byte) (letters string, err error), error)
	// Courier is a command that takes the keys of a system, and can be started.
	Courier func(system string, argv []string) (model.Courier, error)
	// TokenRow gives the rows of a system's tokens, each as it stands in documents.
	TokenRow func(model.API) func(*model.Token) (json.RawMessage, error)
	// Safe is where keys lie that came here, without a configuration, and Rotations is where
	// rotations are remembered.
	Safe      func() model.Safe
	Rotations func() rotation.Book
	// ReadSecret reads a file of its owner's alone, of so many bytes at most.
	ReadSecret func(path string, limit int64) ([]byte, error)
	// Rows writes a list, as it is read. An error of a system is a [model.Error]; any other one is
	// of what it is written to.
	Rows func(context.Context, model.API, model.Export, io.Writer) (model.Exported, error)
	// Columns are the names of the columns that rows have, and which of those that were named there
	// is not.
	Columns func(rows model.Rows, named []string) (all []string, err error)
	// Each goes through a list of tokens. Note is what has to be known of the list.
	Each func(context.Context, model.API, model.Query, func([]model.Token, model.Sifted) error) (note string, err error)
	// Seed is by what a person of a name is looked for, and why nobody is by what is no name.
	Seed func(name string) (person.Seed, error)
	// WriteFile writes a file whole or not at all, for its owner alone. Where one is there that
	// is not to be replaced, the error is an [io/fs.ErrExist].
	WriteFile func(path string, replace bool, content []byte) error
	// WriteNew is WriteFile of what is written to it, to a file that was not there.
	WriteNew func(path string, write func(io.Writer) error) error
	// WriteShared is WriteFile for everybody to read, in the place of what was there.
	WriteShared func(path string, content []byte) error
	// ReadFile opens a file that an operator names.
	ReadFile func(path string) (io.ReadCloser, error)
	// ReadPlan reads a plan from a file, and what was done for it.
	ReadPlan func(path string) (plan.Stored, error)
	// Making says who makes plans, and where.
	Making plan.Making
}

// Choice is which systems are opened, and how.
type Choice struct {
	Config   string   // the configuration that was named; empty for that of the environment
	Systems  []string // those that are opened, by their names; none for all
	ReadOnly bool     // nothing is changed in any of them

	Recipients []string // to whom keys are sealed, as it was written; none for those of the configuration
	KeyCommand []string // what takes the new keys of every system, with its arguments; none for what the configuration has
}

// Union is several systems as one, in which a person can be looked for, and whose tokens can be
// counted.
type Union interface {
	model.Union
	person.Finder
	// Count counts the tokens of each system, of what there is of them by now: what was read
	// for the list of all systems serves it, and the other way round. Whoever asks the same in
	// a moment has more. Fresh reads them anew.
	Count(ctx context.Context, fresh bool) []review.Counted
}

// Systems are those that were opened, and what is kept of what is done in them.
type Systems struct {
	All    []model.API
	Union  Union                 // all of them as one
	Limits review.Limits         // from when on a token wants a look
	Views  []model.View          // the questions that were given names
	Close  func(context.Context) // ends the sessions with them; called once
	Safe   model.Safe            // where their keys are kept; nil where none are

	Asked  *traffic.Ring // what was asked of them; nil where that is not kept
	Record string        // the path of the record of what is done in them; empty where nothing is recorded

	Plans  plan.Files    // where plans are kept, and their keys go; nil for nowhere
	AtOnce int           // lines of a plan that are under way at once, as the configuration has it; 0 where it does not say
	Hand   model.Courier // the commands that take new keys; nil for none

	Rotations rotation.Book // where rotations are remembered; nil for nowhere

	// Seal seals to those whom the configuration names, in letters; nil where it names nobody.
	Seal func(content []byte) (letters string, err error)
}

// Named is the system of a name; nil where there is none of it.
func (s Systems) Named(name string) model.API {
	for _, api := range s.All {
		if api.Info().Name == name {
			return api
		}
	}
	return nil
}
