//go:build !linux

package batch

import "golang.org/x/sys/unix"

// forgetTyped has a terminal forget what was typed at it and was not read so far.
func forgetTyped(fd uintptr) {
	const read = 1 // FREAD of sys/fcntl.h: what comes, and not what goes
	_ = unix.IoctlSetPointerInt(int(fd), unix.TIOCFLUSH, read)
}
