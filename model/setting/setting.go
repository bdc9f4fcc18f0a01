// Package setting is what a configuration says and where it says so: what holds, what is wrong
// with it, and what a new one is to hold. It must not know how a configuration is written, and no
// credential goes through it: of one it has the place that it comes from.
package setting

import (
	"strconv"
	"strings"

	"authdeck/model"
)

// Place is the configuration that is read, and what chose it.
type Place struct {
	Path string
	By   Origin
}

// Setting is one value that holds.
type Setting struct {
	Table string     // in which it stands, such as system; empty above all tables
	Name  model.Text // of which system or view it is; empty where a table stands once
	Key   string
	Value model.Text // as a person reads it; of a credential the place that it comes from
	From  Origin
}

// Path is the key with the tables that it stands in, such as system.shop.url. A name that TOML
// would want in quotes has them.
func (s Setting) Path() string {
	path := s.Key
	if name := s.Name.String(); name != "" {
		if strings.ContainsFunc(name, func(r rune) bool { return !strings.ContainsRune(bare, r) }) {
			name = strconv.Quote(name)
		}
		path = name + "." + path
	}
	if s.Table != "" {
		path = s.Table + "." + path
	}
	return path
}

// bare is what stands in TOML's keys without quotes.
const bare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

// How is what gave a value.
type How int

// What may give one.
const (
	BuiltIn  How = iota // nothing else did
	File                // a line of the configuration
	Variable            // a variable of the environment
	Flag                // a flag of the command line
)

// String is the word for it in JSON.
func (h How) String() string {
	switch h {
	case File:
		return "file"
	case Variable:
		return "variable"
	case Flag:
		return "flag"
	default:
		return "built-in"
	}
}

// Origin is where a value comes from.
type Origin struct {
	How  How
	Name string // the path of the file, or the name of the variable or of the flag
	Line int    // of the file, counted from 1; 0 where it has none of its own
}

// String is the origin in a table: a line of a file as compilers name it.
func (o Origin) String() string {
	switch {
	case o.How == File && o.Line > 0:
		return model.Clean(o.Name).String() + ":" + strconv.Itoa(o.Line)
	case o.How == BuiltIn:
		return "built in"
	case o.How == Variable:
		return "$" + o.Name
	}
	return model.Clean(o.Name).String()
}

// Finding is something about a configuration that is not as it must be, or that wants a look.
type Finding struct {
	At    Origin
	Doubt bool   // it can be worked with
	Words string // what it is, and what to do; foreign in part
}

// Kind is a kind of system, for whoever describes one.
type Kind struct {
	Name     string
	Password bool // it can be signed in to with one
}

// System is one that a new configuration is to hold.
type System struct {
	Name, Kind, URL string
	Username        string // with a password; empty where it signs in with a token
	Production      bool

	// Where its credential comes from: one of the three.
	Variable string
	File     string
	Command  []string
}

// Files is what is done with configurations. None of it asks a system, or reads a credential.
type Files struct {
	// Find is the configuration that is read, where a flag names one or none; nothing is looked at.
	Find func(flag string) Place
	// There says why nothing can be read of a configuration; nil where there is one.
	There func(path string) error
	// Show is every value that holds. It refuses what is wrong.
	Show func(Place) ([]Setting, error)
	// Check is all that is wrong with a configuration, and what will not work as it is meant.
	Check func(Place) []Finding
	// Init writes a new configuration, whole or not at all. The error of one that is there
	// already is an [io/fs.ErrExist].
	Init func(path string, systems []System) error
	// Amiss says what is wrong with what was said last of a system: name, kind, url, username,
	// variable, file or command.
	Amiss func(s System, said string) error
	// Kinds are those that a system can be of.
	Kinds []Kind
}
