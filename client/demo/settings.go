package demo

import (
	"slices"
	"time"
)

// quirk is a way in which real servers of one kind differ.
type quirk string

// settings are what a demo is played with, as far as every mirror has to know.
type settings struct {
	seed      uint64 // the same seed gives the same people and the same keys
	users     int
	tokens    int
	keyPrefix string           // every key and password begins with it
	now       func() time.Time // also the day the seeded data look back from; nil for a fixed one
	quirks    []quirk
}

func (o settings) has(q quirk) bool { return slices.Contains(o.quirks, q) }
