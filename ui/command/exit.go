package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"authdeck/model"
)

const exitCodes = `Exit codes:
  0  all is well
  1  a check of doctor failed, a record is not as it was written, a plan was not signed, or
     the console came to a bad end
  2  the command line, the configuration or the terminal is not as it must be
  4  a report is written, and not whole; or a plan was begun, and is not at its end`

// errUnhealthy says that a check of doctor failed; the report has said which.
var errUnhealthy = errors.New("some checks failed")

// errUndone says that a plan was begun and is not at its end; the farewell has said which.
var errUndone = errors.New("a plan is not at its end")

// Run does what the command line says and returns the exit code.
func Run(ctx context.Context, w World) int {
	if err := w.Undumpable(); err != nil {
		fmt.Fprintln(w.Stderr, "authdeck:", printable(err))
	}
	err := root(w).ExecuteContext(ctx) //nolint:contextcheck // the commands take it from there
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUnhealthy), errors.Is(err, errTampered):
		return 1
	case errors.Is(err, errPartly), errors.Is(err, errUndone):
		return 4
	}
	say(w.Stderr, printable(err))
	if _, ok := errors.AsType[failure](err); ok {
		return 1
	}
	return 2
}

// say says the last that there is to say. Where a connection has stalled nobody takes it, and
// that holds the end up no longer than a farewell may last.
func say(to io.Writer, words ...string) {
	said := make(chan struct{})
	go func() {
		defer close(said)
		for _, w := range words {
			fmt.Fprintln(to, "authdeck:", w)
		}
	}()
	select {
	case <-said:
	case <-time.After(farewell):
	}
}

// failure is an error of ours or of the world: exit code 1. Every other error is
// a misuse.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// printable is an error as letters; lines stay lines. An error quotes what was typed: an identity
// that stands there in place of the file of one is not repeated, for standard errors are kept.
func printable(err error) string {
	lines := strings.Split(identities().ReplaceAllString(err.Error(), "(not shown: it is a secret key)"), "\n")
	for i, line := range lines {
		lines[i] = model.Clean(line).String()
	}
	return strings.Join(lines, "\n")
}

// identities are what opens all that was sealed to somebody: of age, and whatever PEM calls a
// private key, up to the end of what is there of it.
func identities() *regexp.Regexp {
	return regexp.MustCompile(`(?i)AGE-SECRET-KEY-[0-9A-Z-]*|(?s)-*BEGIN [A-Z ]*PRIVATE KEY.*(PRIVATE KEY-----|$)`)
}
