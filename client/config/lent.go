package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"authdeck/client/file"
	"authdeck/model"
	"authdeck/model/setting"
)

// Lent is a system that somebody is let into for a while, with the credential for it.
type Lent struct {
	setting.System

	Credential model.Secret
}

// InitLent writes a configuration as [Init] does, and a folder beside it in which each credential
// has a file, for the owner alone. Take removes both: a configuration that somebody has changed
// meanwhile stays.
func InitLent(path string, systems []Lent, kinds Kinds) (take func(), err error) {
	folder, err := filepath.Abs(path + ".credentials")
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, notLent(folder, "cannot be made", err)
	}
	described, err := lend(folder, systems)
	if err == nil {
		if err = Init(path, described, kinds); errors.Is(err, fs.ErrExist) {
			err = notLent(path, "", err)
		}
	}
	if err != nil {
		unlend(folder, systems)
		return nil, err
	}
	ours, _ := os.ReadFile(path) //nolint:gosec // it was written a moment ago
	return func() {
		unlend(folder, systems)
		if now, err := os.ReadFile(path); err == nil && bytes.Equal(now, ours) { //nolint:gosec // as above
			_ = os.Remove(path)
		}
	}, nil
}

// unlend removes the credentials, and their folder where nothing else is in it.
func unlend(folder string, systems []Lent) {
	for _, s := range systems {
		_ = os.Remove(filepath.Join(folder, s.Name))
	}
	_ = os.Remove(folder)
}

// lend writes the credentials, and gives the systems with where each of them is.
func lend(folder string, systems []Lent) ([]setting.System, error) {
	dir, err := file.OpenFolder(folder, "credentials go")
	if err != nil {
		return nil, err
	}
	defer func() { _ = dir.Close() }()
	var described []setting.System
	for _, s := range systems {
		s.File = filepath.Join(folder, s.Name)
		if err := file.Create(dir, s.Name, []byte(s.Credential.Reveal()+"\n")); err != nil {
			return nil, notLent(s.File, "was not written", err)
		}
		described = append(described, s.System)
	}
	return described, nil
}

func notLent(path, what string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already, and stays as it is; name another file", path)
	}
	return fmt.Errorf("%s %s: %w", path, what, file.Bare(err))
}
