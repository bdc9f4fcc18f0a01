//go:build unix

package terminal

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// readable waits until there is something to read, or patience ends.
func readable(fd uintptr, patience time.Duration) bool {
	return ready(fd, func(set *unix.FdSet) (int, error) {
		limit := unix.NsecToTimeval(patience.Nanoseconds())
		return unix.Select(int(fd)+1, set, nil, nil, &limit)
	})
}

// writable waits until the file takes something.
func writable(fd uintptr) bool {
	return ready(fd, func(set *unix.FdSet) (int, error) {
		return unix.Select(int(fd)+1, nil, set, nil, nil)
	})
}

// ready asks select and not poll, because poll does not work on the terminals
// of macOS. An interrupted wait starts over: signals are rare, and a longer
// wait does no harm.
func ready(fd uintptr, wait func(*unix.FdSet) (int, error)) bool {
	if fd >= unix.FD_SETSIZE {
		return false
	}
	for {
		var set unix.FdSet
		set.Set(int(fd))
		n, err := wait(&set)
		if !errors.Is(err, unix.EINTR) {
			return err == nil && n > 0
		}
	}
}
