package command

import (
	"context"
	"io"
	"log/slog"
	"os"

	"authdeck/model"
	"authdeck/model/review"
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
	FaultHelp  string // the grammar of the demo's faults

	// Undumpable keeps the memory of the process, in which keys are, from files and
	// from debuggers. Where it cannot, that is said, and the program goes on.
	Undumpable func() error
	// OpenLog opens a file so that what is written goes to its end.
	OpenLog func(path string) (io.WriteCloser, error)
	// Open opens the configured systems. It is called before a screen is taken,
	// because a command that gives a credential may use the terminal.
	Open func(context.Context, Choice, *slog.Logger) (Systems, error)
	// StartDemo starts the demo, which no configuration is read for.
	StartDemo func(context.Context, Demo, *slog.Logger) (DemoServer, error)
	// Diagnose checks the systems of a configuration that are named, or all if none
	// is.
	Diagnose func(ctx context.Context, config string, names []string, journal *slog.Logger) ([]model.Check, error)
	// Keep writes a key to a file, as the console's World has it.
	Keep func(under, name string, key model.Secret) (path string, err error)
	// Safe is where keys lie that came here, without a configuration.
	Safe func() model.Safe
	// Export writes a list to a file, as the console's World has it.
	Export func(context.Context, model.API, model.Export) (model.Exported, error)
	// Welcome is a sentence for the start of the console; may be empty.
	Welcome func() string
}

// Choice is which systems the console opens, and how.
type Choice struct {
	Config   string // the configuration that was named; empty for that of the environment
	System   string // which is shown first, by its name; empty for the first
	ReadOnly bool   // nothing is changed in any of them
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
	Hostile       bool   // many names that do harm on a terminal, on the first pages
}

// Systems are those that the console shows.
type Systems struct {
	All    []model.API
	Union  model.Union           // all of them as one
	Theme  model.Theme           // in which they are shown
	Limits review.Limits         // from when on a token wants a look
	Views  []model.View          // the questions that were given names
	Close  func(context.Context) // ends the sessions with them; called once
	Safe   model.Safe            // where their keys are kept; nil where none are

	Recall   func() []string   // what was typed into searches before, as the console's World has it
	Remember func(line string) // keeps a line of it
}

// DemoServer is a demo that was started.
type DemoServer struct {
	Systems []any // each is a line of JSON for who would use it
	Open    func(context.Context, Choice) (Systems, error)
	Close   func() error
}
