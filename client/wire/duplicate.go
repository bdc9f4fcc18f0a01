package wire

import (
	"net/http"

	"authdeck/model"
)

// Gone is for a deletion that is answered with "not there" right after a reading
// that found it: some proxies send a request twice, and the answer is then the
// second one's.
const Gone = "It is gone now: by this, or by somebody else in this moment."

// IsNotFound reports whether the system itself, and no proxy, said that a thing does
// not exist.
func IsNotFound(err error) bool {
	return FromSystem(err) && Status(err) == http.StatusNotFound
}

// MayBeDuplicate reports whether a refusal may be the answer to a second sending of a
// write whose first one was done: the thing is not there any more, or the key is not,
// where the write ended the one that it was sent with. Both had just been read.
func MayBeDuplicate(refusal error, own bool) bool {
	return IsNotFound(refusal) || own && FromSystem(refusal) && model.KindOf(refusal) == model.Unauthorized
}

// ErrMayBeDuplicate is a refusal that proves nothing, since it may be the answer to a
// second sending of the same; with it goes what is there to see now, or why that
// could not be read.
func ErrMayBeDuplicate(refusal error, seen model.Finding, unread error) error {
	said := "the server said no (" + model.Reason(refusal) + "), which may be its answer to a second sending by something in between; "
	if unread != nil {
		return Reword(refusal, model.Uncertain, said+"what is there now could not be read: "+model.Reason(unread))
	}
	return Reword(refusal, model.Uncertain, said+"read again: "+seen.Words)
}

// Deletion is one that was sent, and what was read after it.
type Deletion struct {
	Denied error  // a refusal that [MayBeDuplicate]; nil for a yes
	There  bool   // it can be read all the same
	Still  string // what to know then, as a clause: "the session of mari is there"
	Unread error  // why nobody could see, as [Conn.Confirm] says it; nil for it was read
}

// Outcome is what a person is told of it.
func (d Deletion) Outcome() (notes []string, _ error) {
	switch unsure := d.There || d.Unread != nil; {
	case d.Denied != nil && unsure:
		return nil, ErrMayBeDuplicate(d.Denied, model.Finding{Words: d.Still}, d.Unread)
	case d.There:
		return nil, model.Fail(model.Contradicted, d.Still)
	case model.KindOf(d.Unread) == model.Uncertain:
		return nil, Reword(d.Unread, model.Uncertain, "the server said yes, but "+model.Reason(d.Unread))
	}
	return d.notes(), nil
}

func (d Deletion) notes() []string {
	switch {
	case d.Unread != nil:
		return []string{"The server said yes; whether it is gone could not be read afterwards: " + model.Reason(d.Unread) + "."}
	case d.Denied != nil:
		return []string{Gone}
	}
	return nil
}
