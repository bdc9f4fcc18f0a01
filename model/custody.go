package model

import (
	"fmt"
	"time"
)

// Kept is how a new key is kept from the moment at which its answer came: sealed in a file,
// so that whatever ends the program does not lose it. The zero value is a key that nothing
// keeps, such as one that a system shows again.
type Kept struct {
	Err   error        // why it is not kept, although it should be
	Name  string       // of the file, by which it is taken later; empty where there is none
	Plan  string       // of the order that it came of, where that was kept; empty without one
	Later string       // how whoever leaves without the key has it later, as a sentence
	Drop  func() error // takes the sealed one away: somebody has the key, or nobody wants it; nil where there is none
	Leave func()       // lets go of the sealed one, so that it waits like one of an earlier session; may be nil
	Gone  func() error // why the sealed one is not where it was put any more; may be nil
}

// LetGo leaves the sealed one where it is, for whoever asks for it.
func (k Kept) LetGo() {
	if k.Leave != nil {
		k.Leave()
	}
}

// Sealed reports whether the key outlives the program.
func (k Kept) Sealed() bool { return k.Drop != nil }

// Waits reports whether the sealed one is still where it was put, as far as that can be told, so
// that somebody can have it later. It reads the disk.
func (k Kept) Waits() bool { return k.Sealed() && (k.Gone == nil || k.Gone() == nil) }

// Lying is a key that lies on this machine.
type Lying struct {
	Name   string // of its file, by which it is taken and removed
	Path   string
	How    Manner
	Since  time.Time
	System string // the operator's name of the system; empty where that cannot be told
	Token  Token  // what it is the key of, as far as that was kept
	Plan   string // of the order that it came of; empty without one
	Shut   string // why it cannot be taken here; empty where it can
	Way    string // the command that opens it where its identity is; empty where nobody knows one
}

// Manner is how a key lies there.
type Manner int

// The manners.
const (
	Undelivered Manner = iota // sealed, as nobody has taken it
	Filed                     // in a file, as somebody wanted it
)

// Unkept says why a key that comes will not be kept.
func Unkept(why error) string {
	return "A key that comes will not be kept if the line drops: " + Clean(why.Error()).String() + "."
}

// Safe is where keys lie that came here. Its functions read and write files.
type Safe interface {
	// Ready makes everything that a new key needs to be kept until somebody has it, and says
	// why one would not be.
	Ready() error
	// Waiting is how many keys were not handed over. Those that a living session has in
	// hand are not counted.
	Waiting() int
	// Lying are they, and the key files, the oldest first.
	Lying() ([]Lying, error)
	// Take gives a key that was not handed over, as it came. Nobody else is given it until
	// it is dropped or this process ends.
	Take(name string) (Issued, error)
	// TakeWith is Take with an identity that the person has, as it stands in its file.
	TakeWith(name string, identity []byte) (Issued, error)
	// Remove overwrites and removes a key of either manner, and says how that went.
	Remove(name string) (said string, err error)
}

// NotHandedOver says how many keys nobody has taken yet; empty for none.
func NotHandedOver(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 key was not handed over"
	}
	return fmt.Sprintf("%d keys were not handed over", n)
}
