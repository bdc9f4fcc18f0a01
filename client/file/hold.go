package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// ErrHeld says that a living process holds a file.
var ErrHeld = errors.New("another session has it in hand")

// Hold locks an open file against every other process, until it is closed or this one is
// dead. Where a file system knows no locks, nothing is held, and that is no error.
func Hold(f *os.File) error { return lock(f, syscall.LOCK_EX) }

// Soon is for how long somebody is waited for who only looks at a file, or a command that a program
// was starting as it was killed: it has its files for a moment longer.
const Soon = 500 * time.Millisecond

// HoldSoon is Hold that waits for those who look at the file in this moment.
func HoldSoon(f *os.File) error {
	if err := Lock(f, Soon); errors.Is(err, ErrHeld) {
		return err
	}
	return nil
}

// Lock is Hold that waits for so long, of a file in which nothing must be written by two: where a
// file system knows no locks, that is an error.
func Lock(f *os.File, patience time.Duration) error { return locked(f, syscall.LOCK_EX, patience) }

// LockShared is the same for whoever only reads, beside others that do.
func LockShared(f *os.File, patience time.Duration) error {
	return locked(f, syscall.LOCK_SH, patience)
}

func locked(f *os.File, how int, patience time.Duration) error {
	for until := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EINTR):
		case !errors.Is(err, syscall.EWOULDBLOCK):
			return fmt.Errorf("it cannot be locked: %w", err)
		case time.Now().After(until):
			return ErrHeld
		}
	}
}

// Share locks an open file against those that would [Hold] it, and not against those that
// look at it too.
func Share(f *os.File) error { return lock(f, syscall.LOCK_SH) }

func lock(f *os.File, how int) error {
	if err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrHeld
	}
	return nil
}

// OpenIn opens a regular file of a folder by its own name, and no other through it.
func OpenIn(dir *os.Root, base string, flag int) (*os.File, error) {
	found, err := dir.Lstat(base)
	if err == nil {
		err = regular(found)
	}
	if err != nil {
		return nil, refusal{plain(err, 0), err}
	}
	f, err := dir.OpenFile(base, flag|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, refusal{plain(err, 0), err}
	}
	if opened, err := f.Stat(); err != nil || !os.SameFile(found, opened) {
		_ = f.Close()
		return nil, refusal{"it was exchanged in this moment", fs.ErrNotExist}
	}
	return f, nil
}

// Erase overwrites a file of a folder with zeros and removes it. That it was overwritten
// proves nothing on a file system that writes elsewhere, keeps snapshots or is a flash.
// Spared says why it was not overwritten, empty for that it was; it is gone all the same
// unless there is an error.
func Erase(dir *os.Root, base string) (spared string, err error) {
	if why := overwrite(dir, base); why != nil {
		spared = why.Error()
	}
	if err := dir.Remove(base); err != nil {
		return spared, refusal{plain(err, 0), err}
	}
	if above, err := dir.Open("."); err == nil {
		_ = above.Sync()
		_ = above.Close()
	}
	return spared, nil
}

func overwrite(dir *os.Root, base string) error {
	f, err := OpenIn(dir, base, os.O_WRONLY)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return Blank(f)
}

// Blank overwrites an open file with zeros.
func Blank(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	zeros := make([]byte, 4096)
	for at := int64(0); at < info.Size(); at += int64(len(zeros)) {
		if _, err := f.WriteAt(zeros[:min(info.Size()-at, int64(len(zeros)))], at); err != nil {
			return refusal{plain(err, 0), err}
		}
	}
	return f.Sync()
}
