package file

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// MakeFolder makes a folder and those above it that are missing, each for its
// owner alone whatever the umask is.
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
	if err != nil {
		return err
	}
	return os.Chmod(folder, 0o700) //nolint:gosec // a folder wants the x
}
