package record

import (
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"authdeck/client/file"
)

// patience is how long another program is waited for that writes to the record.
const patience = 5 * time.Second

// lock waits until nobody else writes.
func lock(f *os.File, how int, patience time.Duration) error {
	for until := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, unix.EINTR):
		case !errors.Is(err, unix.EWOULDBLOCK):
			return fmt.Errorf("it cannot be locked: %w", err)
		case time.Now().After(until):
			return errors.New("another authdeck has locked it, and does not let go of it")
		}
	}
}

// openLocked opens the lines of a record for whoever writes. One that was put aside while it was
// waited for is the record no more.
func openLocked(folder *os.Root, patience time.Duration) (*os.File, error) {
	for {
		lines, err := file.OpenPrivate(folder, FileName, os.O_APPEND)
		if err != nil {
			return nil, err
		}
		if err = lock(lines, unix.LOCK_EX, patience); err == nil && isAt(lines, func() (os.FileInfo, error) { return folder.Lstat(FileName) }) {
			return lines, nil
		}
		_ = lines.Close()
		if err != nil {
			return nil, err
		}
	}
}

// isAt reports whether an open file is still the one that has its name.
func isAt(f *os.File, named func() (os.FileInfo, error)) bool {
	is, bad := f.Stat()
	at, err := named()
	return bad == nil && err == nil && os.SameFile(is, at)
}
