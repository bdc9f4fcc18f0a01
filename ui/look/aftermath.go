package look

import (
	"strings"

	"authdeck/model"
)

// Aftermath is what a person has to know of a write that did not succeed: what it
// has changed, and what they can do.
func Aftermath(err error) string {
	switch kind := model.KindOf(err); {
	case model.MayHaveHappened(err) && (kind == model.NotFound || kind == model.Conflict):
		return "It was sent, and this is the answer. A proxy in between that sends it twice gives the second answer: the first time may have done it."
	case model.MayHaveHappened(err):
		return "authdeck does not repeat it; a proxy in between may. The server may still be at it."
	case kind == model.Contradicted:
		return "authdeck does not repeat it. The list is read again: look there how things are."
	case kind == model.Partial:
		return "One part is done, the other is not. The list is read again."
	case kind == model.NotFound, kind == model.Conflict:
		return "Nothing was sent. The list is read again; look before you repeat it."
	case kind == model.Unavailable:
		return "Nothing was changed. authdeck doctor, in a shell, looks at the connection."
	}
	return strings.TrimSpace("Nothing was changed. " + Advice(err))
}
