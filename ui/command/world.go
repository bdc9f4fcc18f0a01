package command

import (
	"context"
	"io"
	"log/slog"
	"os"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/plan"
	"authdeck/model/report"
	"authdeck/model/review"
	"authdeck/model/rotation"
	"authdeck/model/traffic"
	"authdeck/ui"
)

// World is everything outside the command line that it touches, named once by main
// and replaced by tests.
type World struct {
	Args    []string // without the name of the program
	Version string
	Getenv  func(string) string
	Stdin   *os.File
	Stdout  *os.File
	Stderr  io.Writer

	ConfigPath string // where the configuration is unless it is named, as a manual writes it
	RecordPath string // where the record is, as a manual writes it
	FaultHelp  string // the grammar of the demo's faults

	// Undumpable keeps the memory of the process, in which keys are, from files and
	// from debuggers. Where it cannot, that is said, and the program goes on.
	Undumpable func() error
	// OpenLog opens a file so that what is written goes to its end.
	OpenLog func(path string) (io.WriteCloser, error)
	// Open opens the configured systems. Nothing is asked of anybody yet.
	Open func(context.Context, Choice, *slog.Logger) (Systems, error)
	// StartDemo starts the demo, which no configuration is read for.
	StartDemo func(context.Context, Demo, *slog.Logger) (DemoServer, error)
	// Diagnose checks the systems of a configuration that are named, or all if none
	// is.
	Diagnose func(ctx context.Context, config string, names []string, journal *slog.Logger) ([]model.Check, error)
	// Keep writes a key to a file, as the console's World has it.
	Keep func(under, name string, key model.Secret) (path string, err error)
	// Safe is where keys lie that came here, without a configuration, and Rotations is where
	// rotations are remembered.
	Safe      func() model.Safe
	Rotations func() rotation.Book
	// ReadSecret reads a file of its owner's alone, of so many bytes at most.
	ReadSecret func(path string, limit int64) ([]byte, error)
	// Export writes a list to a file, as the console's World has it.
	Export func(context.Context, model.API, model.Export) (model.Exported, error)
	// Verify looks for what somebody has done to a record, and Entries hands on what of it is
	// wanted, and says how many of its lines are no entries. An empty path is that of
	// [World.RecordPath].
	Verify  func(path string) (audit.Report, error)
	Entries func(path string, f audit.Filter, take func(audit.Entry) error) (others int, err error)
	// Rotate puts what is recorded so far aside.
	Rotate func() (PutAside, error)
	// ReportOn looks for a person, and reads what they have and what is on record of it.
	ReportOn func(context.Context, Asked, *slog.Logger) (report.Report, error)
	// WriteFile writes a file whole or not at all, for its owner alone. Where one is there that
	// is not to be replaced, the error is an [io/fs.ErrExist].
	WriteFile func(path string, replace bool, content []byte) error
	// Each goes through a list of tokens, as the console's World has it.
	Each func(context.Context, model.API, model.Query, func([]model.Token, model.Sifted) error) (note string, err error)
	// ReadPlan reads a plan from a file, and what was done for it.
	ReadPlan func(path string) (PlanFile, error)
	// ToSign reads a plan from a file, and finds the key of the person's SSH agent with which
	// to sign it: one that is named, or the only one.
	ToSign func(path, key string) (Signing, error)
	// Unfinished are the plans in the folder for plans that were left in the middle, and
	// DismissPlan has one stay so.
	Unfinished  func() ([]plan.Unfinished, error)
	DismissPlan func(path string) error
	// Making says who makes plans, and where.
	Making plan.Making
	// Welcome is a sentence for the start of the console; may be empty.
	Welcome func() string
}

// Choice is which systems the console opens, and how.
type Choice struct {
	Config   string // the configuration that was named; empty for that of the environment
	System   string // which is shown first, by its name; empty for the first
	ReadOnly bool   // nothing is changed in any of them

	Recipients []string // to whom keys are sealed, as it was written; none for those of the configuration

	// Lend gives a command the terminal that the console has, and is told what for; nil where no
	// console has it.
	Lend func(ctx context.Context, what string, use func(context.Context) error) error
}

// Demo is what the demo plays.
type Demo struct {
	Seed          uint64
	Users, Tokens int
	AWX           string // the generation of AWX; empty for the demo's own choice
	Quirks        string // names with commas between
	Faults        string
	Listen        string // host:port
	Ports         bool   // each system on a port of its own as well
	Record        string // the folder in which it is recorded what is done; empty for nowhere
	Hostile       bool   // many names that do harm on a terminal, on the first pages
}

// Systems are those that the console shows.
type Systems struct {
	All    []model.API
	Union  ui.Union              // all of them as one
	Theme  model.Theme           // in which they are shown
	Limits review.Limits         // from when on a token wants a look
	Views  []model.View          // the questions that were given names
	Close  func(context.Context) // ends the sessions with them; called once
	Safe   model.Safe            // where their keys are kept; nil where none are

	Asked  *traffic.Ring // what was asked of them; nil where that is not kept
	Record string        // the path of the record of what is done in them; empty where nothing is recorded

	Recall   func() []string   // what was typed into searches before, as the console's World has it
	Remember func(line string) // keeps a line of it

	Plans   plan.Files    // where plans are kept, and their keys go; nil for nowhere
	Passing bool          // what is kept goes with them
	AtOnce  int           // lines of a plan that are under way at once, as the configuration has it; 0 where it does not say
	Hand    model.Courier // the commands that take new keys; nil for none

	Rotations rotation.Book // where rotations are remembered; nil for nowhere

	// Report writes a page about a person, as the console's World has it.
	Report func(context.Context, report.Wanted) (report.Written, error)
}

// DemoServer is a demo that was started.
type DemoServer struct {
	Systems []any // each is a line of JSON for who would use it
	Open    func(context.Context, Choice) (Systems, error)
	Close   func() error
}
