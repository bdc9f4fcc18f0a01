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
	KeyPrefix string           // every key and password begins with it
	Now       func() time.Time // also the day the seeded data look back from; nil for a fixed one
	Quirks    []Quirk
}

// Has says whether a quirk is played.
func (o Settings) Has(q Quirk) bool { return slices.Contains(o.Quirks, q) }
