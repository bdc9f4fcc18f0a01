package client

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"authdeck/client/config"
	"authdeck/client/courier"
	"authdeck/client/file"
	"authdeck/client/seal"
	"authdeck/model"
)

// NewFile says how the path of a file is from the root on, and why none can be made there: nothing
// may be there yet, and its folder has to take one.
func NewFile(path string, getenv func(string) string) (whole string, err error) {
	if path == "" || os.IsPathSeparator(path[len(path)-1]) {
		return path, errors.New("it is the name of no file")
	}
	if whole, err = filepath.Abs(config.AtHome(path, getenv("HOME"))); err != nil {
		return path, err
	}
	if _, err := os.Lstat(whole); err == nil {
		return whole, fmt.Errorf("%s is there already, and nothing is written over", model.Clean(whole))
	}
	trial, err := os.CreateTemp(filepath.Dir(whole), ".authdeck-trial-*")
	if err != nil {
		return whole, fmt.Errorf("%s: its folder takes no file: %w", model.Clean(whole), file.Bare(err))
	}
	return whole, errors.Join(trial.Close(), os.Remove(trial.Name()))
}

// Sealer seals to recipients, into letters as age -a writes them.
func Sealer(recipients []string) (func(content []byte) (string, error), error) {
	to, err := seal.To(recipients)
	return to.Armored, err
}

// Courier is a command that takes the keys of a system.
func Courier(system string, argv []string) (model.Courier, error) {
	commands, err := courier.Of(system, argv)
	if err != nil {
		return nil, err
	}
	return commands, nil
}
