package ui

import (
	"slices"
	"strings"

	"authdeck/model"
)

// inDoubt reports whether a write that ended with an error may have changed
// something all the same. A "not there" and a "changed meanwhile" leave everything
// as it was where a question before the write was answered with it; as the answer to
// the write itself it may be the second one: a proxy in between repeats a request
// whose answer is late, and gives the last answer.
func inDoubt(err error) bool {
	kind := model.KindOf(err)
	return open(err) || kind == model.Partial || kind == model.Contradicted
}

// open reports whether nobody knows if a write happened at all.
func open(err error) bool {
	switch model.KindOf(err) {
	case model.Uncertain, model.Internal:
		return true
	case model.NotFound, model.Conflict:
		return model.WasSent(err)
	default:
		return false
	}
}

// changed reports whether rows may be out of date after a write.
func changed(err error) bool {
	return err == nil || inDoubt(err) || slices.Contains([]model.Kind{model.NotFound, model.Conflict}, model.KindOf(err))
}

// aftermath is what a person has to know of a write that did not succeed: what it
// has changed, and what they can do.
func aftermath(err error) string {
	switch kind := model.KindOf(err); {
	case open(err) && (kind == model.NotFound || kind == model.Conflict):
		return "It was sent, and this is the answer. A proxy in between that sends it twice gives the second answer: the first time may have done it."
	case open(err):
		return "authdeck does not repeat it; a proxy in between may. The server may still be at it."
	case kind == model.Contradicted:
		return "authdeck does not repeat it. The list is read again: look there how things are."
	case kind == model.Partial:
		return "One part is done, the other is not. The list is read again."
	case kind == model.NotFound, kind == model.Conflict:
		return "Nothing was sent. The list is read again; look before you repeat it."
	case kind == model.Unavailable:
		return "Nothing was changed. authdeck doctor looks at the connection."
	}
	return strings.TrimSpace("Nothing was changed. " + advice(err))
}
