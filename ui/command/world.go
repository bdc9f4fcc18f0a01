package command

import (
	"context"
	"log/slog"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/plan"
	"authdeck/model/report"
	"authdeck/model/setting"
	"authdeck/ui/batch"
)

// World is everything outside the command line that it touches, named once by main
// and replaced by tests.
type World struct {
	batch.World

	Args    []string // without the name of the program
	Version string

	FaultHelp string // the grammar of the demo's faults

	Settings setting.Files // what is done with configurations

	// Undumpable keeps the memory of the process, in which keys are, from files and
	// from debuggers. Where it cannot, that is said, and the program goes on.
	Undumpable func() error
	// Console opens the configured systems for the console. Nothing is asked of anybody yet.
	// First is the name of the system to show first, and empty for the first one. Lend gives a
	// command the terminal that the console has, and is told what for.
	Console func(ctx context.Context, c batch.Choice, first string, lend Lender, journal *slog.Logger) (Systems, error)
	// StartDemo starts the demo, which no configuration is read for.
	StartDemo func(context.Context, Demo, *slog.Logger) (DemoServer, error)
	// Diagnose checks the systems of a configuration that are named, or all if none
	// is.
	Diagnose func(ctx context.Context, config string, names []string, journal *slog.Logger) ([]model.Check, error)
	// Export writes a list to a file, as the console's World has it.
	Export func(context.Context, model.API, model.Export) (model.Exported, error)
	// Verify looks for what somebody has done to a record, and Entries hands on what of it is
	// wanted, and says how many of its lines are no entries. An empty path is that of
	// [batch.World.RecordPath].
	Verify  func(path string) (audit.Report, error)
	Entries func(path string, f audit.Filter, take func(audit.Entry) error) (others int, err error)
	// Rotate puts what is recorded so far aside.
	Rotate func() (PutAside, error)
	// ReportOn looks for a person, and reads what they have and what is on record of it.
	ReportOn func(context.Context, Asked, *slog.Logger) (report.Report, error)
	// ToSign reads a plan from a file, and finds the key of the person's SSH agent with which
	// to sign it: one that is named, or the only one.
	ToSign func(path, key string) (plan.Signing, error)
	// Unfinished are the plans in the folder for plans that were left in the middle, and
	// DismissPlan has one stay so.
	Unfinished  func() ([]plan.Unfinished, error)
	DismissPlan func(path string) error
	// Welcome is a sentence for the start of the console; may be empty.
	Welcome func() string
}

// Lender gives a command the terminal for as long as it is used, and says to the person what for.
type Lender = func(ctx context.Context, what string, use func(context.Context) error) error

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
	batch.Systems

	Theme   model.Theme // in which they are shown
	Passing bool        // what is kept goes with them

	Recall   func() []string   // what was typed into searches before, as the console's World has it
	Remember func(line string) // keeps a line of it

	// Report writes a page about a person, as the console's World has it.
	Report func(context.Context, report.Wanted) (report.Written, error)
}

// DemoServer is a demo that was started.
type DemoServer struct {
	Systems []any // each is a line of JSON for who would use it
	Open    func(ctx context.Context, c batch.Choice, first string) (Systems, error)
	// Lend writes a configuration with them to a new file, and their credentials beside it; take
	// removes both.
	Lend  func(path string) (take func(), err error)
	Close func() error
}
