package batch

import "golang.org/x/sys/unix"

// forgetTyped has a terminal forget what was typed at it and was not read so far.
func forgetTyped(fd uintptr) { _ = unix.IoctlSetInt(int(fd), unix.TCFLSH, unix.TCIFLUSH) }
