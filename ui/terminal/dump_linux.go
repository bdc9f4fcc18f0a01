package terminal

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// unreadable closes /proc/PID/mem and ptrace to everybody but root (prctl(2)); a
// core that is piped to a program of the system's does not count its limit and
// ends here too.
func unreadable() error {
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("the memory cannot be closed to debuggers: %w", err)
	}
	return nil
}
