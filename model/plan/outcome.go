package plan

import (
	"strings"

	"authdeck/model"
)

// Outcome is what has become of a line. Its value is the word for it in a journal.
type Outcome string

// The outcomes.
const (
	NotBegun  Outcome = "not-begun" // nothing was sent
	Done      Outcome = "done"
	Conflict  Outcome = "conflict"  // it is not what the plan saw: nothing was sent
	NotThere  Outcome = "not-there" // it has ended already, or is hidden from this credential: nothing was sent
	Refused   Outcome = "refused"   // the system said no, and would again
	Failed    Outcome = "failed"    // it did not come to it, and may another time
	Uncertain Outcome = "uncertain" // it was sent, and nobody knows, or not all of it happened: never sent again
	Cannot    Outcome = "cannot"    // the plan says why
)

// Outcomes are all of them, those that want a look first.
func Outcomes() []Outcome {
	return []Outcome{Uncertain, Failed, Refused, Conflict, NotThere, Cannot, NotBegun, Done}
}

// Open reports whether a line may still be sent: nothing happened of it so far.
func (e End) Open() bool { return e.Outcome == NotBegun || e.Outcome == Failed }

// outcomeOf is how a line ended. Whatever may have changed something is uncertain: a line is
// sent again only where it is known that nothing happened.
func outcomeOf(err error) Outcome {
	switch {
	case err == nil:
		return Done
	case model.MayHaveChanged(err):
		return Uncertain
	}
	switch model.KindOf(err) {
	case model.Conflict:
		return Conflict
	case model.NotFound:
		return NotThere
	case model.Forbidden, model.Invalid, model.Unsupported:
		return Refused
	case model.Unauthorized, model.Unopened, model.RateLimited, model.Unavailable, model.Malformed, model.Cancelled, model.Unrecorded, model.Refused:
		return Failed
	case model.Internal, model.Uncertain, model.Partial, model.Contradicted:
	}
	return Uncertain
}

// wordsOf is what there is to say of an end.
func wordsOf(err error, notes []string) string {
	if err != nil {
		return model.Reason(err)
	}
	return model.Clean(strings.Join(notes, " ")).String()
}
