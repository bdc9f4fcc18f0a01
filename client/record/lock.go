package record

import (
	"errors"
	"os"
	"time"

	"authdeck/client/file"
)

// patience is how long another program is waited for that writes to the record.
const patience = 5 * time.Second

// locking is the error of a lock, in words for who waits for the record.
func locking(err error) error {
	if errors.Is(err, file.ErrHeld) {
		return errors.New("another authdeck has locked it, and does not let go of it")
	}
	return err
}

// openLocked opens the lines of a record for whoever writes. One that was put aside while it was
// waited for is the record no more.
func openLocked(folder *os.Root, patience time.Duration) (*os.File, error) {
	for {
		lines, err := file.OpenPrivate(folder, FileName, os.O_APPEND)
		if err != nil {
			return nil, err
		}
		if err = locking(file.Lock(lines, patience)); err == nil && file.IsAt(lines, func() (os.FileInfo, error) { return folder.Lstat(FileName) }) {
			return lines, nil
		}
		_ = lines.Close()
		if err != nil {
			return nil, err
		}
	}
}
