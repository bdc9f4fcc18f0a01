package file

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// Unnamed makes a file in a folder that has no name yet: whatever ends the
// program before it has one leaves nothing behind. Not every file system can.
func Unnamed(dir *os.File) (*os.File, error) {
	fd, err := unix.Openat(int(dir.Fd()), ".", unix.O_WRONLY|unix.O_TMPFILE|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "the file"), nil
}

// Link gives an unnamed file its name, which must not be there; open(2) has the way by /proc, which
// wants no right of its own.
func Link(f, dir *os.File, name string) error {
	path := "/proc/self/fd/" + strconv.Itoa(int(f.Fd()))
	return unix.Linkat(unix.AT_FDCWD, path, int(dir.Fd()), name, unix.AT_SYMLINK_FOLLOW)
}
