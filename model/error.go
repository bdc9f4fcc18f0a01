package model

import (
	"errors"
	"strings"
	"time"
)

// Kind is what a program does about an error.
type Kind int

// The kinds. Each has its sentence in the console.
const (
	Internal     Kind = iota // a fault of our own
	Unopened                 // the system was not asked: its configuration is not usable
	Unauthorized             // the credential is not accepted
	Forbidden                // accepted, but not allowed this
	NotFound                 // gone, or hidden from this credential
	Conflict                 // it changed since it was read
	Invalid                  // the server (or we) refused the values
	RateLimited              // too many requests; RetryAfter says for how long
	Unavailable              // no answer, or none that says anything; a write did not leave
	Malformed                // an answer that cannot be read
	Unsupported              // this system does not offer it
	Uncertain                // a write whose answer was lost: it may have happened
	Partial                  // a write that half happened
	Contradicted             // a write that was answered with yes, and what is read afterwards says otherwise
	Cancelled                // nobody waits for it any more
	Unrecorded               // what was to be done could not be written to the record; nothing was sent
	Refused                  // a rule of the operator's forbids it; nothing was sent
)

// String is the kind's name, for logs and tests.
func (k Kind) String() string {
	return [...]string{
		"internal", "unopened", "unauthorized", "forbidden", "not found", "conflict", "invalid",
		"rate limited", "unavailable", "malformed", "unsupported", "uncertain", "partial", "contradicted", "cancelled", "unrecorded", "refused",
	}[k]
}

// Error is every error of an API: a kind for the program, a sentence for the
// person, a cause for the log. None of the three ever holds a secret.
type Error struct {
	Kind       Kind
	Message    Text          // what happened, in words; empty when the kind says it all
	RetryAfter time.Duration // how long the server asks to be left alone; zero if it does not say
	Instead    Action        // what can be done in its place; zero for nothing
	Cause      error         // may be nil
	Lasting    bool          // asking again is answered with the same, and nobody is asked for it
	System     string        // of several systems the one that it came from; empty where one was asked
	Sent       bool          // it came of a write itself that had left, not of a question before it
}

// Fail is an error of a kind with a sentence of ours.
func Fail(kind Kind, message string) *Error {
	return &Error{Kind: kind, Message: Clean(message)}
}

// Error implements error.
func (e *Error) Error() string {
	if e.Message.Empty() {
		return e.Kind.String()
	}
	return e.Kind.String() + ": " + e.Message.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf is the kind of any error; an error that is no *Error is Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Answered reports whether an error is an answer of the system, if only that it refuses.
func Answered(err error) bool {
	switch KindOf(err) {
	case Unauthorized, Forbidden, NotFound, Conflict, RateLimited, Malformed:
		return !Lasts(err)
	case Internal, Unopened, Invalid, Unavailable, Unsupported, Uncertain, Partial, Contradicted, Cancelled, Unrecorded, Refused:
	}
	return false
}

// WasSent reports whether a write had left for the server when an error, or a cause
// of it, came about. What a question before it was answered with is no answer to the
// write, and leaves everything as it was.
func WasSent(err error) bool {
	for e, ok := errors.AsType[*Error](err); ok; e, ok = errors.AsType[*Error](e.Cause) {
		if e.Sent {
			return true
		}
	}
	return false
}

// Lasts reports whether asking again ends in the same error for as long as the program
// runs.
func Lasts(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Lasting
}

// Failures are the errors of single systems that an error of several is made of.
func Failures(err error) []*Error {
	switch e := err.(type) { //nolint:errorlint // the whole tree is gone through
	case *Error:
		if e.System != "" {
			return []*Error{e}
		}
		return Failures(e.Cause)
	case interface{ Unwrap() []error }:
		var all []*Error
		for _, one := range e.Unwrap() {
			all = append(all, Failures(one)...)
		}
		return all
	}
	return nil
}

// Reason is what an error says, to stand within a sentence: without the name of
// its kind where it says more than that, clean, and without a full stop.
func Reason(err error) string {
	said := Clean(err.Error())
	if e, ok := errors.AsType[*Error](err); ok && !e.Message.Empty() {
		said = e.Message
	}
	return strings.TrimRight(said.String(), ".")
}
