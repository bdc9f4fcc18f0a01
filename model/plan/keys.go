package plan

import (
	"errors"
	"strings"

	"authdeck/model"
)

// Keys takes the new keys of a plan.
type Keys interface {
	// Take has handed the key over when it returns, so that no end of the program or of the
	// machine takes it away; else it says why, as a [NotTakenError] where what was kept of the key
	// since it came is where it stays. It is safe for concurrent use, and leaves the key to the
	// caller to wipe.
	Take(l *Line, issued model.Issued) error
	// Close ends it; where no key came there is none of it.
	Close() error
}

// NotTakenError says that a key was not handed over, and stays where it was sealed as it came.
type NotTakenError struct {
	Why  error
	Last bool // no other key would be taken
}

// Error implements [error].
func (e *NotTakenError) Error() string { return e.Why.Error() }

// Unwrap gives the cause.
func (e *NotTakenError) Unwrap() error { return e.Why }

// Unfit is why the key of a line would not be taken; empty where it would. Nothing is sent for
// a line whose key nothing takes.
type Unfit func(l *Line) string

// Way is how new keys are handed over.
type Way string

// The ways.
const (
	InFile    Way = "file"    // an object a line, with the key in clear
	Sealed    Way = "sealed"  // the same, with each key sealed
	ByCommand Way = "command" // a command a key
)

// Outlet is a way that is open here.
type Outlet struct {
	Way   Way
	Says  string // to whom keys are sealed, or which command takes them, for a person
	Unfit Unfit  // nil for a way that takes every key
	// Open begins it. The path is that of a file which is not there yet, for a way that has one.
	Open func(path string) (Keys, error)
}

// HasFile reports whether the keys go to a file.
func (w Way) HasFile() bool { return w != ByCommand }

// unfit is why the key of a line would not be taken.
func (r *Run) unfit(l *Line) string {
	if r.how.Unfit == nil || !r.plan.Action.MakesKey() {
		return ""
	}
	return r.how.Unfit(l)
}

// keep hands a new key on before anything else is done with the answer.
func (r *Run) keep(line int, issued model.Issued) error {
	if issued.Key.Empty() {
		return nil
	}
	if r.how.Keys == nil {
		return model.Fail(model.Internal, "a key came of an action that makes none")
	}
	return r.how.Keys.Take(&r.plan.Lines[line], issued)
}

// notHanded begins what is said of a line that is done, and whose key nobody has yet.
const notHanded = "its new key was not handed over"

// NotHandedOver reports whether the key of a line waits for somebody.
func (e End) NotHandedOver() bool { return strings.HasPrefix(e.Words, notHanded) }

// stays is the end of a line whose key was not handed over, and lies where it was sealed as it
// came; nil for any other. The next session may hand it over, and this one.
func stays(issued model.Issued, end Outcome, lost error) *Event {
	why, is := errors.AsType[*NotTakenError](lost)
	if !is || !issued.Kept.Sealed() {
		return nil
	}
	issued.Key.Wipe()
	issued.Kept.LetGo()
	return &Event{End: End{Outcome: end, Words: notHanded + ": " + model.Clean(why.Error()).String() + "; it is kept sealed: " + issued.Kept.Later}}
}
