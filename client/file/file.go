// Package file opens the files that an operator names, and is not taken in by
// what else may lie at a path: a FIFO would be waited for without end, a device
// read without end. What a file is is asked of the open file, so that nobody can
// swap it in between. No error holds the path of a file: the caller says whose file it is,
// and a path may be a key that was written into the wrong place. One of a folder names it.
// What it writes for others is at its path when it is whole, and only then. It makes
// folders that are their owner's alone.
// It must not know what is in a file.
package file

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Read gives a regular file of limit bytes at most. Symbolic links are followed.
func Read(path string, limit int64) ([]byte, error) {
	return read(path, 0, limit, regular)
}

// ReadPrivate is Read of a file that is its owner's alone: nobody else may read
// it, and it is no symbolic link.
func ReadPrivate(path string, limit int64) ([]byte, error) {
	return read(path, syscall.O_NOFOLLOW, limit, private)
}

// ReadHanded is Read of a file that a service manager passes to this program: its own or
// root's, and nobody else's to read. systemd leaves one of root's and gives the service's user a
// right of its own by an access list, which shows as one of the group.
func ReadHanded(path string, limit int64) ([]byte, error) {
	return read(path, syscall.O_NOFOLLOW, limit, passed)
}

// Open opens a regular file for reading. Symbolic links are followed.
func Open(path string) (*os.File, error) { return open(path, os.O_RDONLY, regular) }

// Append opens a file for lines at its end, and makes it if it is not there. A
// character device is taken too, such as /dev/null.
func Append(path string) (*os.File, error) {
	return open(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, func(info os.FileInfo) error {
		if info.Mode()&os.ModeCharDevice != 0 {
			return nil
		}
		return regular(info)
	})
}

// AppendPrivate opens a file of the owner's alone for lines at its end and for what is in it,
// and makes it if it is not there.
func AppendPrivate(path string) (*os.File, error) {
	return open(path, os.O_RDWR|os.O_CREATE|os.O_APPEND|syscall.O_NOFOLLOW, private)
}

// CreatePrivate makes a file of the owner's alone that was not there, for lines.
func CreatePrivate(path string) (*os.File, error) {
	return open(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND|syscall.O_NOFOLLOW, private)
}

// SyncName has the name of a new file outlive a power cut too, where a file system can that.
func SyncName(path string) {
	if folder, err := os.Open(filepath.Dir(path)); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// Bare is an error without the operation and the path of a system call, for whoever names the
// path already.
func Bare(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}

// Strangers says who else can change a file, as the end of a sentence about it;
// empty if nobody can but its owner, who is the one that asks or root.
func Strangers(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "" // whoever reads it says why it cannot be read
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !ok || owner.Uid != 0 && int(owner.Uid) != os.Getuid():
		return "belongs to somebody else"
	case info.Mode().Perm()&0o022 != 0:
		return fmt.Sprintf("can be changed by others (mode %04o)", info.Mode().Perm())
	}
	return ""
}

// Private says why [ReadPrivate] would refuse the file at a path, which is not opened; nil where
// it would not.
func Private(path string) error {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return refusal{plain(err, 0), err}
	case info.Mode()&fs.ModeSymlink != 0:
		return errors.New(plain(syscall.ELOOP, syscall.O_NOFOLLOW))
	}
	return private(info)
}

func read(path string, flag int, limit int64, check func(os.FileInfo) error) ([]byte, error) {
	f, err := open(path, os.O_RDONLY|flag, check)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	content, err := whole(f, limit)
	switch {
	case err != nil:
		return nil, errors.New("it cannot be read: " + plain(err, flag))
	case int64(len(content)) > limit:
		clear(content)
		return nil, fmt.Errorf("it is larger than %d KiB", limit>>10)
	}
	return content, nil
}

// whole is what is in a file, and one byte more than the limit where it is larger. Some files
// do not tell their size.
func whole(f *os.File, limit int64) ([]byte, error) {
	var content bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Size() <= limit {
		content.Grow(int(info.Size()) + bytes.MinRead)
	}
	_, err := content.ReadFrom(io.LimitReader(f, limit+1))
	return content.Bytes(), err
}

func open(path string, flag int, check func(os.FileInfo) error) (*os.File, error) {
	f, err := os.OpenFile(path, flag|syscall.O_NONBLOCK, 0o600) //nolint:gosec // the operator names it
	if err != nil {
		return nil, refusal{plain(err, flag), err}
	}
	info, err := f.Stat()
	if err == nil {
		err = check(info)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// refusal is the system's error in words without the path.
type refusal struct {
	words string
	error
}

func (r refusal) Error() string { return r.words }
func (r refusal) Unwrap() error { return r.error }

func plain(err error, flag int) string {
	switch {
	case errors.Is(err, syscall.ELOOP) && flag&syscall.O_NOFOLLOW != 0:
		return "it is a symbolic link; name the file itself"
	case errors.Is(err, syscall.ENXIO): // of a FIFO that nobody reads, too
		return "it is a socket or a FIFO and not a regular file"
	}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err.Error()
	}
	if at, ok := errors.AsType[*os.LinkError](err); ok {
		return at.Err.Error()
	}
	return err.Error()
}

func regular(info os.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	what := "something else"
	switch mode := info.Mode(); {
	case mode.IsDir():
		what = "a folder"
	case mode&os.ModeNamedPipe != 0:
		what = "a FIFO"
	case mode&os.ModeDevice != 0:
		what = "a device"
	}
	return errors.New("it is " + what + " and not a regular file")
}

func passed(info os.FileInfo) error {
	if err := regular(info); err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !ok || owner.Uid != 0 && int(owner.Uid) != os.Getuid():
		return errors.New("it belongs to somebody else")
	case info.Mode().Perm()&0o037 != 0:
		return fmt.Errorf("others can read or change it (mode %04o), so that it is none that systemd has passed", info.Mode().Perm())
	}
	return nil
}

func private(info os.FileInfo) error {
	if err := regular(info); err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !ok || int(owner.Uid) != os.Getuid():
		return errors.New("it belongs to somebody else; use a file of your own")
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("others can read it (mode %04o); run chmod 600 on it", info.Mode().Perm())
	}
	return nil
}
