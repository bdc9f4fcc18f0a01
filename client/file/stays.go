package file

import (
	"errors"
	"io/fs"
	"os"
)

// IsAt reports whether an open file is still the one that a look at its name finds.
func IsAt(f *os.File, look func() (fs.FileInfo, error)) bool {
	opened, bad := f.Stat()
	found, err := look()
	return bad == nil && err == nil && os.SameFile(opened, found)
}

// Stays says why an open file is not the one at its path any more: what is written to it then is
// found by nobody. It is asked after the disk has what was written.
func Stays(f *os.File, path string) error {
	opened, err := f.Stat()
	if err != nil {
		return refusal{plain(err, 0), err}
	}
	switch found, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("it is not there any more: somebody has removed or moved it")
	case err != nil:
		return refusal{plain(err, 0), err}
	case !os.SameFile(opened, found):
		return errors.New("it is not there any more: another one is in its place")
	}
	return nil
}
