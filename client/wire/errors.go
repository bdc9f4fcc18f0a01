package wire

import (
	"errors"
	"net/http"

	"authdeck/model"
)

// Reword is an error under another kind and other words. How long to wait, what to
// do instead, and what the server answered stay.
func Reword(err error, kind model.Kind, words string) error { return reword(err, kind, words) }

func reword(err error, kind model.Kind, words string) *model.Error {
	reworded := &model.Error{Kind: kind, Message: model.Clean(words), Cause: err}
	if e, ok := errors.AsType[*model.Error](err); ok {
		reworded.RetryAfter, reworded.Instead, reworded.Lasting = e.RetryAfter, e.Instead, e.Lasting
	}
	return reworded
}

// NotThere is a failure of something that every system of a kind has, such as who one
// is: where the server knows no such address, url names another place or the API
// itself. Before is how the addresses of the API begin. Other failures stay.
func NotThere(failure error, system, before string) error {
	if Status(failure) != http.StatusNotFound || len(FieldErrorsOf(failure)) > 0 {
		return failure
	}
	return Reword(failure, model.NotFound, "there is no "+system+" at this address; url is the address that stands before "+before)
}

// ErrChanged is for a token that is no longer what the person saw.
func ErrChanged(t model.Token) error {
	return model.Fail(model.Conflict, "token "+t.Name.String()+" has changed since it was read")
}

// ErrNoID is for an answer about a thing, such as "a token", that cannot be called
// by anything.
func ErrNoID(thing string) error {
	return model.Fail(model.Malformed, "the server answered with "+thing+" that has no id")
}

// ErrAnother is for an answer about another thing, such as "user", than the one
// that was asked for.
func ErrAnother(thing string) error {
	return model.Fail(model.Malformed, "the server answered with another "+thing)
}
