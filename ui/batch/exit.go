package batch

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"authdeck/model"
)

// Exit is the code with which a command ends. It is one table for all of them, but for check,
// whose codes are those of monitoring plugins.
type Exit int

// The codes.
const (
	Done    Exit = iota // all that was wanted was done
	Failed              // it could not be done, and nothing of it was
	Misuse              // the command line, the configuration or the terminal is not as it must be
	Found               // it was done, and what it found needs somebody's attention
	Partly              // a part of it was done, or whether it was is not known
	Refused             // a rule of the operator's forbids it
)

// ExitCodes is the table, for a help.
const ExitCodes = `Exit codes:
  0  done
  1  failed: a system, the network or this machine did not do it, and nothing was changed
  2  misuse: the command line, the configuration or the terminal is not as it must be
  3  found something: a check failed, a record was tampered with, something needs attention
  4  partly done, or uncertain: some of it was done, or nobody knows whether it was
  5  refused by policy: read-only, no reason, no signature`

// EndError ends a command with a code. Without a cause all that there is to say has been said.
type EndError struct {
	Code  Exit
	Cause error
}

// Error implements [error].
func (e *EndError) Error() string {
	if e.Cause == nil {
		return ""
	}
	return e.Cause.Error()
}

// Unwrap gives the cause.
func (e *EndError) Unwrap() error { return e.Cause }

// End ends a command with a code; a nil cause ends it without another word.
func End(code Exit, cause error) error { return &EndError{Code: code, Cause: cause} }

// Fail ends a command because something failed; nil where nothing did. What is known of the
// error says more than that: a write of which nobody knows, a rule that forbids it.
func Fail(err error) error {
	if err == nil {
		return nil
	}
	return End(codeOf(err), err)
}

// Unsaid ends a command that has done something, and could not say so: it is told what was done,
// and that the rest of it is missing. Nil where it was said.
func Unsaid(done string, err error) error {
	if err == nil {
		return nil
	}
	return End(Partly, fmt.Errorf("%s, and that could not be said: %w", done, err))
}

// codeOf is the code for what went wrong in the world.
func codeOf(err error) Exit {
	known, is := errors.AsType[*model.Error](err)
	if !is {
		return Failed
	}
	switch known.Kind {
	case model.Uncertain, model.Partial, model.Contradicted:
		return Partly
	case model.Refused:
		return Refused
	case model.Internal, model.Unopened, model.Unauthorized, model.Forbidden, model.NotFound, model.Conflict, model.Invalid,
		model.RateLimited, model.Unavailable, model.Malformed, model.Unsupported, model.Cancelled, model.Unrecorded:
	}
	return Failed
}

// CodeOf is the code for an error with which a command ended: an error of a system as [Fail] has
// it, and every other one that names no code is a misuse.
func CodeOf(err error) Exit {
	if err == nil {
		return Done
	}
	if end, is := errors.AsType[*EndError](err); is {
		return end.Code
	}
	if _, is := errors.AsType[*model.Error](err); is {
		return codeOf(err)
	}
	return Misuse
}

// Words are what there is to say of an error, as letters; empty where all has been said. Lines
// stay lines. An error quotes what was typed: an identity that stands there in place of the file
// of one is not repeated, for standard errors are kept.
func Words(err error) string {
	lines := strings.Split(identities().ReplaceAllString(err.Error(), "(not shown: it is a secret key)"), "\n")
	for i, line := range lines {
		lines[i] = model.Clean(line).String()
	}
	return strings.Join(lines, "\n")
}

// Identity reports whether a text holds a secret key that opens what was sealed to somebody.
func Identity(text string) bool { return identities().MatchString(text) }

// identities are what opens all that was sealed to somebody: of age, and whatever PEM calls a
// private key, up to the end of what is there of it.
func identities() *regexp.Regexp {
	return regexp.MustCompile(`(?i)AGE-SECRET-KEY-[0-9A-Z-]*|(?s)-*BEGIN [A-Z ]*PRIVATE KEY.*(PRIVATE KEY-----|$)`)
}
