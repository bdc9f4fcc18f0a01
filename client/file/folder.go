package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// MakeFolder makes a folder and those above it that are missing, each for its
// owner alone whatever the umask is. The error names the one that it was about.
func MakeFolder(folder string) error {
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return nil // what it is, is looked at when it is open
	}
	if err := MakeFolder(filepath.Dir(folder)); err != nil {
		return err
	}
	err := os.Mkdir(folder, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err == nil {
		err = os.Chmod(folder, 0o700) //nolint:gosec // a folder wants the x
	}
	if err != nil {
		return fmt.Errorf("%s cannot be made: %w", folder, Bare(err))
	}
	return nil
}

// OpenFolder opens a folder that nobody else can read or change. What is looked at
// is the open folder, and files are made in it, so that nobody can put another
// in its place meanwhile. What goes there is told for the error, such as "keys go"; it names the
// folder.
func OpenFolder(folder, what string) (*os.Root, error) {
	found, err := os.Lstat(folder)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", folder, Bare(err))
	case found.Mode()&fs.ModeSymlink != 0:
		return nil, fmt.Errorf("%s is a symbolic link, and whoever can change it decides where %s: put a folder in its place", folder, what)
	}
	dir, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, Bare(err))
	}
	opened, err := dir.Stat(".")
	if err == nil && !os.SameFile(found, opened) {
		err = fmt.Errorf("%s was exchanged for another folder in this moment", folder)
	}
	if err == nil {
		err = ownFolder(folder, opened)
	}
	if err != nil {
		_ = dir.Close()
		return nil, err
	}
	return dir, nil
}

func ownFolder(folder string, info fs.FileInfo) error {
	owner, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !ok || int(owner.Uid) != os.Geteuid():
		return fmt.Errorf("%s belongs to somebody else, who can take files out of it: use a folder of your own", folder)
	case info.Mode().Perm() != 0o700:
		return fmt.Errorf("%s has the mode %04o, and has to be yours alone: run chmod 700 on it", folder, info.Mode().Perm())
	}
	return nil
}

// OpenPrivate opens a file in a folder for reading and writing, and makes it if it is not
// there. It is its owner's alone, as that of [ReadPrivate].
func OpenPrivate(folder *os.Root, name string, flag int) (*os.File, error) {
	flag |= os.O_RDWR | os.O_CREATE | syscall.O_NOFOLLOW | syscall.O_NONBLOCK
	if found, err := folder.Lstat(name); err == nil && found.Mode()&fs.ModeSymlink != 0 {
		return nil, errors.New(plain(syscall.ELOOP, syscall.O_NOFOLLOW)) // a root follows those that stay in it
	}
	f, err := folder.OpenFile(name, flag, 0o600)
	if err != nil {
		return nil, refusal{plain(err, flag), err}
	}
	info, err := f.Stat()
	if err == nil && info.Size() == 0 {
		err = f.Chmod(0o600) // a umask may have taken the owner's own right to read
	}
	if err == nil {
		err = private(info)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}
