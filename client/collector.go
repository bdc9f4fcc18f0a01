package client

import "runtime/debug"

// GCPercent is how much garbage a program that reads lists lets lie, as of
// [debug.SetGCPercent]. What it holds is little, so that with the usual 100 the collector ran
// 270 times a second while a list was read to its end, and took as long as the reading.
const GCPercent = 200

// MemoryLimit is from how many bytes on garbage is swept up sooner, as of
// [debug.SetMemoryLimit]: a hundred thousand marked tokens take half of it.
const MemoryLimit = 144 << 20

// Collect has the collector run less often than it would for the little that a console holds,
// and as often as ever where that is much. Who has said otherwise in the environment is heeded.
func Collect(getenv func(string) string) {
	if getenv("GOGC") == "" {
		debug.SetGCPercent(GCPercent)
	}
	if getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(MemoryLimit)
	}
}
