package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"authdeck/client/file"
	"authdeck/model"
)

// KeyFolder is where new keys are written on request: keys in the [StateFolder], or a
// folder of its own under the one that a person named.
func KeyFolder(under string, getenv func(string) string) string {
	if under != "" {
		return filepath.Join(under, "authdeck-keys")
	}
	return filepath.Join(StateFolder(getenv), "keys")
}

// StateFolder is what authdeck keeps from one session to the next: authdeck in the user's
// state folder of the XDG specification.
func StateFolder(getenv func(string) string) string {
	folder := getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(folder) { // the specification says to ignore a relative one
		folder = filepath.Join(getenv("HOME"), ".local", "state")
	}
	return filepath.Join(folder, "authdeck")
}

// maxSameName is how many files of one name can stand side by side: two keys of one
// token in one second, and some room.
const maxSameName = 20

// WriteKey writes a key and a line's end to a new file of that name, which only
// its owner can read, and returns its path. It never writes over a file, but
// numbers the name, and leaves no half of one. The folder is made where it is
// missing, and has to be its owner's alone.
func WriteKey(folder, name string, key model.Secret) (string, error) {
	if key.Empty() {
		return "", errors.New("there is no key to write")
	}
	if !filepath.IsAbs(folder) {
		return "", fmt.Errorf("the folder for it is %q, which is not a whole path; set HOME or XDG_STATE_HOME", folder)
	}
	if err := file.MakeFolder(folder); err != nil {
		return "", err
	}
	dir, err := file.OpenFolder(folder, "keys go")
	if err != nil {
		return "", err
	}
	defer func() { _ = dir.Close() }()
	content := append(key.RevealTo(make([]byte, 0, key.Len()+1)), '\n')
	defer clear(content)
	for n := 1; ; n++ {
		base := numbered(filepath.Base(name), n)
		err := file.Create(dir, base, content)
		switch path := filepath.Join(folder, base); {
		case err == nil:
			return path, stays(dir, base, path)
		case !errors.Is(err, fs.ErrExist) || n == maxSameName:
			return "", fmt.Errorf("%s could not be written: %w", path, file.Bare(err))
		}
	}
}

// stays says that a file of a folder is not the one at a path: the folder was moved meanwhile.
func stays(dir *os.Root, base, path string) error {
	f, err := file.OpenIn(dir, base, os.O_RDONLY)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer func() { _ = f.Close() }()
	if err := file.Stays(f, path); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// numbered is the n-th of several files of one name.
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	stem, end, _ := strings.Cut(name, ".")
	return strings.TrimSuffix(fmt.Sprintf("%s-%d.%s", stem, n, end), ".")
}

// Rescued says that keys lie in a folder which were put there because nobody was
// left to take them, and how the sentence goes away; empty without any. The place
// comes first: a narrow screen cuts the end.
func Rescued(folder string) string {
	files, _ := filepath.Glob(filepath.Join(escaped(folder), "*"+model.RescuedKey))
	switch len(files) {
	case 0:
		return ""
	case 1:
		return "A rescued key lies in " + folder + "; it stays until you move or delete it."
	}
	return fmt.Sprintf("%d rescued keys lie in %s; they stay until you move or delete them.", len(files), folder)
}

// escaped is a folder's name without meaning for a pattern.
func escaped(folder string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(folder)
}
