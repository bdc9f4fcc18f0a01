package client

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"authdeck/model"
)

// KeyFolder is where new keys are written on request: authdeck/keys in the
// user's state folder of the XDG specification, or a folder of its own under the
// one that a person named.
func KeyFolder(under string, getenv func(string) string) string {
	if under != "" {
		return filepath.Join(under, "authdeck-keys")
	}
	folder := getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(getenv("HOME"), ".local", "state")
	}
	return filepath.Join(folder, "authdeck", "keys")
}

// WriteKey writes a key and a line's end to a new file of that name, which only
// its owner can read, and returns its path. It never writes over a file, and
// leaves no half of one.
func WriteKey(folder, name string, key model.Secret) (string, error) {
	if key.Empty() {
		return "", errors.New("there is no key to write")
	}
	if !filepath.IsAbs(folder) {
		return "", errors.New("there is no home folder to write it to; set HOME or XDG_STATE_HOME")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(folder, filepath.Base(name))
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the name is made of a number and a time
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(key.Reveal() + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		_ = os.Remove(path)
		return "", fmt.Errorf("%s could not be written: %w", path, err)
	}
	return path, nil
}
