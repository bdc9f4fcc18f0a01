package client_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets garbage lie for longer: two dozen servers are played in one process,
// each with all its rows, and a quarter of the time went into sweeping up after them.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(1 << 30) // half of it made the collector run without pause, for twice the time
	os.Exit(m.Run())
}
