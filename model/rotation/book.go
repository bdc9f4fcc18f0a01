package rotation

import (
	"errors"
	"strconv"
)

// ErrUnderWay says that a pair of the same old token is there already.
var ErrUnderWay = errors.New("a rotation of this token is under way already; :rotations shows how far it is")

// ErrOver says that a pair is there no more: of its last step nothing is left, nor of one that
// was forgotten.
var ErrOver = errors.New("the rotation is over: another authdeck ended the old token meanwhile, or forgot the rotation")

// ErrHeld says that a pair is in somebody else's hand.
var ErrHeld = errors.New("another authdeck is at this rotation right now")

// Book is where pairs are remembered, beyond the end of a program. Its functions read and write
// files.
type Book interface {
	// Pairs are those under way, the oldest first. An error is about files that cannot be
	// read: their pairs are missing, and nothing was done to them.
	Pairs() ([]Pair, error)
	// Begin remembers a new pair and its first step. Nobody else has it until it is closed. It
	// fails where there is one under way of the same old token.
	Begin(p Pair, first Step) (Hand, error)
	// Take has a pair for this program alone until it is closed. One that is there no more is
	// an [ErrOver], one that somebody else has an [ErrHeld].
	Take(id string) (Hand, error)
	// Forget takes a pair away, whatever it is at; it fails as Take does.
	Forget(id string) error
}

// Hand is a pair in hand.
type Hand interface {
	Pair() Pair
	// Write has written when it returns, so that no end of the program or of the machine takes
	// it away. A step that must not follow is not written.
	Write(s Step) error
	Close() error
}

// Count says how many rotations are under way; empty for none.
func Count(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 rotation is under way"
	}
	return strconv.Itoa(n) + " rotations are under way"
}
