package stage

import (
	"slices"
	"time"
)

// Quirk is a way in which real servers of one kind differ.
type Quirk string

// Settings are what a demo is played with, as far as every mirror has to know.
type Settings struct {
	Seed      uint64 // the same seed gives the same people and the same keys
	Users     int
	Tokens    int
	KeyPrefix string // every key and password begins with it
	Now       func() time.Time
	Began     time.Time // when the demo began: its day is the one that the seeded data look back from
	Calm      bool      // names that do harm are few, and on nobody's first page
	Quirks    []Quirk
}

// Harm is a text that does harm, or a plain one in its place in a calm company.
func (o Settings) Harm(i int, plain string) string {
	if o.Calm {
		return plain
	}
	return Hostile()[i]
}

// Has says whether a quirk is played.
func (o Settings) Has(q Quirk) bool { return slices.Contains(o.Quirks, q) }
