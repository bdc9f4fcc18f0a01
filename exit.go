package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"authdeck/model"
	"authdeck/ui/terminal"
)

const exitCodes = `Exit codes:
  0  all is well
  1  a check of doctor failed, or the console came to a bad end
  2  the command line, the configuration or the terminal is not as it must be`

// errUnhealthy says that a check of doctor failed; the report has said which.
var errUnhealthy = errors.New("some checks failed")

func run() int {
	if err := terminal.Undumpable(); err != nil {
		fmt.Fprintln(os.Stderr, "authdeck:", printable(err))
	}
	err := command().Execute()
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUnhealthy):
		return 1
	}
	fmt.Fprintln(os.Stderr, "authdeck:", printable(err))
	if _, ok := errors.AsType[failure](err); ok {
		return 1
	}
	return 2
}

// failure is an error of ours or of the world: exit code 1. Every other error is
// a misuse.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// printable is an error as letters; lines stay lines.
func printable(err error) string {
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = model.Clean(line).String()
	}
	return strings.Join(lines, "\n")
}
