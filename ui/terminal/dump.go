package terminal

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Undumpable keeps the memory of the process, in which keys are, from files and
// from debuggers: no core is written when it dies, and where the system knows such
// a thing, no other process of the same person can read its memory. What the
// process starts is allowed no core either, but is otherwise as always.
func Undumpable() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("core dumps cannot be switched off: %w", err)
	}
	return unreadable()
}
