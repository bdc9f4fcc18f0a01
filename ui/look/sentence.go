package look

import (
	"errors"
	"strings"

	"authdeck/model"
)

// Sentence is what a person reads of an error: what happened, in the console's
// words by its kind, and what was said about it.
func Sentence(err error) string {
	said := ""
	if e, ok := errors.AsType[*model.Error](err); ok {
		said = e.Message.String()
	}
	about := map[model.Kind]string{
		model.Internal:     "authdeck itself failed",
		model.Unopened:     "This system could not be opened",
		model.Unauthorized: "The system does not accept this credential",
		model.Forbidden:    "The credential is not allowed to do this",
		model.NotFound:     "It is not there (any more), or hidden from this credential",
		model.Conflict:     "Nothing was done",
		model.Invalid:      "Refused",
		model.RateLimited:  "The system asks to be left alone for a while",
		model.Unavailable:  "The system is not available",
		model.Malformed:    "The answer cannot be read",
		model.Unsupported:  "Not offered here",
		model.Uncertain:    "It may have happened, or not",
		model.Partial:      "It half happened",
		model.Contradicted: "The server said that it is done, but what is read afterwards says otherwise",
		model.Cancelled:    "Given up",
		model.Unrecorded:   "It cannot be recorded, so nothing was sent",
		model.Refused:      "A rule forbids it, and nothing was sent",
	}[model.KindOf(err)]
	if model.MayHaveHappened(err) && model.KindOf(err) == model.Conflict {
		about = "Refused" // which says nothing of what was done before
	}
	if said == "" || model.KindOf(err) == model.Cancelled {
		return about
	}
	if n := len(model.Failures(err)); n > 1 {
		about = Plural(n, "system") + " cannot be read"
	}
	return about + ": " + said
}

// Earlier is what was said of a write before it was seen to have happened.
func Earlier(err error) string {
	words := "Before that it was not known"
	if model.KindOf(err) == model.Contradicted {
		words = "Before that the system said that it is done, and did not show it"
	}
	if e, ok := errors.AsType[*model.Error](err); ok && e.Message.String() != "" {
		return Stopped(words + ": " + e.Message.String())
	}
	return words + "."
}

// InShort is an error in a word or two, for where the sentence has no room.
func InShort(err error) string {
	switch model.KindOf(err) {
	case model.Unopened:
		return "not opened"
	case model.Unauthorized:
		return "credential refused"
	case model.Forbidden:
		return "not allowed"
	case model.NotFound:
		return "not there"
	case model.RateLimited:
		return "wants rest"
	case model.Unavailable:
		return "not available"
	case model.Malformed:
		return "unreadable"
	case model.Cancelled:
		return "given up"
	case model.Unrecorded:
		return "not recorded"
	case model.Refused:
		return "against a rule"
	case model.Internal, model.Conflict, model.Invalid, model.Unsupported, model.Uncertain, model.Partial, model.Contradicted:
	}
	return "failed"
}

// Stopped ends a sentence with a full stop, unless it ends already.
func Stopped(sentence string) string {
	if strings.HasSuffix(sentence, ".") || strings.HasSuffix(sentence, "!") || strings.HasSuffix(sentence, "?") {
		return sentence
	}
	return sentence + "."
}

// Advice is what a person can do about an error.
func Advice(err error) string {
	if model.Lasts(err) {
		return "Check the user name and the password where the configuration takes them from, then start authdeck again. Every try counts, and so does each of authdeck doctor's."
	}
	switch model.KindOf(err) {
	case model.Unopened, model.Unauthorized:
		return "Check where the configuration takes the credential from; authdeck doctor says more."
	case model.Forbidden:
		return "Ask an administrator of that system for the right, or use another credential."
	case model.NotFound, model.Partial, model.Contradicted:
		return "ctrl+r asks again."
	case model.Unavailable:
		return "ctrl+r asks again; authdeck doctor, in a shell, looks at the connection."
	case model.Malformed:
		return "Is the address right? A login page or a proxy may stand in between."
	case model.RateLimited:
		return "Wait, then try again."
	case model.Internal, model.Conflict, model.Invalid, model.Unsupported, model.Uncertain, model.Cancelled, model.Unrecorded, model.Refused:
	}
	return ""
}
