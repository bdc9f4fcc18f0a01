package plan

import (
	"fmt"
	"slices"
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

// Words are the outcome for a person.
func (o Outcome) Words() string {
	switch o {
	case Conflict:
		return "changed since"
	case NotThere:
		return "not there"
	case NotBegun:
		return "not begun"
	case Done, Refused, Failed, Uncertain, Cannot:
	}
	return string(o)
}

// SoFar is how far a plan of so many lines is, in words. Those under way are in no outcome.
func SoFar(tally map[Outcome]int, way, lines int) string {
	words := []string{fmt.Sprintf("%s of %s done", model.Thousands(tally[Done]), model.Thousands(lines))}
	for _, o := range slices.Backward(Outcomes()) {
		if n := tally[o]; n > 0 && o != Done && o != Cannot {
			words = append(words, model.Thousands(n)+" "+o.Words())
		}
	}
	if way > 0 {
		words = append(words, model.Thousands(way)+" under way, of which nobody knows")
	}
	return strings.Join(words, ", ")
}
