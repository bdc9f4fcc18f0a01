package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Create makes a new file in a folder, for its owner alone and synced. It leaves no half
// of one, and where the system can, the file gets its name when it is whole. The error of
// a name that is taken is an [fs.ErrExist].
func Create(dir *os.Root, base string, content []byte) error {
	f, err := create(dir, base, content, func(*os.File) error { return nil })
	if err != nil {
		return err
	}
	return f.Close()
}

// CreateHeld is Create of a file that is locked before anybody can find it, until it is
// closed or the process is dead.
func CreateHeld(dir *os.Root, base string, content []byte) (*os.File, error) {
	return create(dir, base, content, func(f *os.File) error {
		_ = HoldSoon(f) // a file that is offered too early is better than none
		return nil
	})
}

// create makes the file, after it was made ready.
func create(dir *os.Root, base string, content []byte, ready func(*os.File) error) (*os.File, error) {
	above, err := dir.Open(".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = above.Close() }()
	f, err := Unnamed(above)
	if err != nil {
		return createNamed(dir, above, base, content, ready)
	}
	if err = ready(f); err == nil {
		err = writeSynced(f, content)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	if err := Link(f, above, base); err != nil {
		_ = f.Close()
		if errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		return createNamed(dir, above, base, content, ready)
	}
	_ = above.Sync() // so that the name too outlives a power cut; not every file system can
	return f, nil
}

// createNamed makes the file by its name, and takes it away again where it did not
// become what it has to be.
func createNamed(dir *os.Root, above *os.File, base string, content []byte, ready func(*os.File) error) (*os.File, error) {
	f, err := dir.OpenFile(base, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err = ready(f); err == nil {
		err = writeSynced(f, content)
	}
	if err != nil {
		_ = f.Close()
		_ = dir.Remove(base)
		return nil, err
	}
	_ = above.Sync()
	return f, nil
}

// writeSynced writes the whole content at once, before all that takes time, and then
// looks at what has become of the file: some file systems take a mode and do not
// keep it.
func writeSynced(f *os.File, content []byte) error {
	if err := f.Chmod(0o600); err != nil { // a umask may have taken the owner's own right to read
		return err
	}
	if _, err := f.Write(content); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		return err
	case info.Mode() != 0o600:
		return fmt.Errorf("the file system gave it the mode %04o, which is not for its owner alone", info.Mode().Perm())
	case info.Size() != int64(len(content)):
		return fmt.Errorf("%d of %d bytes were kept", info.Size(), len(content))
	}
	return nil
}
