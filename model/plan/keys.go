package plan

import (
	"errors"
	"slices"
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
	// Place is where the key of a line is that was taken.
	Place(l *Line) Place
	// Close ends it; where no key came there is none of it. It says so where keys that were taken
	// are not there any more.
	Close() error
}

// Place is where a new key is. It holds no key.
type Place struct {
	Way Way
	At  string // the whole path of a file, or the command that took the key
}

// String is the end of a sentence about keys that are there.
func (p Place) String() string {
	return map[Way]string{InFile: "in ", Sealed: "sealed in ", ByCommand: "taken by ", InPipe: "written to "}[p.Way] + model.Clean(p.At).String()
}

// Held are the lines whose new keys are in one place.
type Held struct {
	Place

	Lines []int // their numbers, from one on
}

// KeysHeld are the places in which the new keys of a plan are, in the order in which they come.
func KeysHeld(ends []End) (held []Held) {
	at := map[Place]int{}
	for i, e := range ends {
		if e.Key == (Place{}) {
			continue
		}
		place, known := at[e.Key]
		if !known {
			place, at[e.Key] = len(held), len(held)
			held = append(held, Held{Place: e.Key})
		}
		held[place].Lines = append(held[place].Lines, i+1)
	}
	return held
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

// Rescue puts a key that was not taken into a file of its own, and says where.
type Rescue func(l *Line, issued model.Issued) (path string, err error)

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
	InPipe    Way = "pipe"    // an object a line, to whoever reads what a command writes
)

// Ways are all of them.
func Ways() []Way { return []Way{InFile, Sealed, ByCommand, InPipe} }

// Outlet is a way that is open here.
type Outlet struct {
	Way   Way
	Says  string // to whom keys are sealed, or which command takes them, for a person
	Unfit Unfit  // nil for a way that takes every key
	// Check says how the path of a file is from the root on, and why none can be made there; nil
	// for a way without one.
	Check func(path string) (whole string, err error)
	// Open begins it. The path is that of a file which is not there yet, for a way that has one.
	Open func(path string) (Keys, error)
}

// HasFile reports whether the keys go to a file.
func (w Way) HasFile() bool { return w == InFile || w == Sealed }

// unfit is why the key of a line would not be taken.
func (r *Run) unfit(l *Line) string {
	if r.how.Unfit == nil || !r.plan.Action.MakesKey() {
		return ""
	}
	return r.how.Unfit(l)
}

// handed is what has become of a new key.
type handed struct {
	to    Place        // where it is
	words string       // what there is to say, where it did not go where it was to
	lost  model.Issued // one that nobody has
	last  error        // why nothing more is begun
}

// keep hands a new key on before anything else is done with the answer. One that is not taken stays
// where it was sealed as it came, or goes to a file of its own, or to the person.
func (r *Run) keep(line int, issued model.Issued) handed {
	if issued.Key.Empty() {
		return handed{}
	}
	l := &r.plan.Lines[line]
	var why error
	if r.how.Keys == nil {
		why = model.Fail(model.Internal, "a key came of an action that makes none")
	} else if why = r.how.Keys.Take(l, issued); why == nil {
		forget(issued)
		return handed{to: r.how.Keys.Place(l)}
	}
	said := model.Clean(why.Error()).String()
	one, stays := errors.AsType[*NotTakenError](why)
	switch {
	case (stays || r.how.Alone) && issued.Kept.Waits():
		issued.Key.Wipe()
		issued.Kept.LetGo()
		k := handed{words: notHanded + ": " + said + "; it is kept sealed: " + issued.Kept.Later}
		if !stays || one.Last {
			k.last = why
		}
		return k
	case r.how.Rescue == nil || stays && !r.how.Alone:
		return handed{words: "the new key could not be kept: " + said, lost: issued, last: why}
	}
	return r.rescue(l, issued, why, said)
}

// rescue puts a key that the file for keys did not take into one of its own.
func (r *Run) rescue(l *Line, issued model.Issued, why error, said string) handed {
	path, err := r.how.Rescue(l, issued)
	if err != nil {
		words := notInFile + ": " + said + "; nor did one of its own: " + model.Clean(err.Error()).String()
		words += map[bool]string{false: "; it went to the screen", true: "; nobody has it"}[r.how.Alone]
		return handed{words: words, lost: issued, last: why}
	}
	forget(issued)
	path = model.Clean(path).String()
	return handed{to: Place{InFile, path}, words: notInFile + ": " + said + apart + path, last: why}
}

// forget wipes a key that somebody has now, and what was sealed of it. Where that stays, the key
// is offered once more, which does no harm.
func forget(issued model.Issued) {
	issued.Key.Wipe()
	if issued.Kept.Sealed() {
		_ = issued.Kept.Drop()
	}
}

const (
	notHanded = "its new key was not handed over"            // and nobody has it yet
	notInFile = "the file for keys did not take its new key" // which is elsewhere
	apart     = "; it is in a file of its own: "
)

// NotHandedOver reports whether the key of a line waits for somebody.
func (e End) NotHandedOver() bool { return strings.HasPrefix(e.Words, notHanded) }

// Apart reports whether the key of a line is in a file of its own, because the one for keys did
// not take it.
func (e End) Apart() bool { return strings.HasPrefix(e.Words, notInFile) && e.Key != (Place{}) }

// WhereKeys says which of the new keys of a plan are in which place, as its journal has it; empty
// where there are none. Done are its lines that are.
func WhereKeys(ends []End, done int) string {
	const few = 3
	held := KeysHeld(ends)
	if len(held) == 0 {
		return ""
	}
	if only := held[0]; len(held) == 1 && len(only.Lines) == done {
		return "the new keys " + map[Way]string{InFile: "are ", Sealed: "are ", ByCommand: "were ", InPipe: "were "}[only.Way] + only.String()
	}
	slices.SortStableFunc(held, func(a, b Held) int { return len(b.Lines) - len(a.Lines) })
	words, rest := []string{}, 0
	for i, at := range held {
		if i >= few {
			rest += len(at.Lines)
			continue
		}
		words = append(words, model.Thousands(len(at.Lines))+" "+at.String())
	}
	if rest > 0 {
		words = append(words, model.Thousands(rest)+" in other files, which the lines tell")
	}
	return "new keys: " + strings.Join(words, ", ")
}
