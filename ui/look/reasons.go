package look

import (
	"strconv"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/model/review"
)

// reasonWords are the reasons to look at a token as a list says them.
func reasonWords() map[review.Reason]string {
	return map[review.Reason]string{
		review.InactiveOwner: "owner off", review.UnknownOwner: "owner unknown", review.Expiring: "ends soon",
		review.Unused: "unused", review.Old: "old", review.NeverExpires: "no expiry", review.FarFuture: "far future",
		review.Several: "several", review.Broad: "may write", review.Expired: "over",
	}
}

// Reasons are the reasons to look at a token in words that stand beside its state, and
// repeat nothing of that.
func Reasons(t model.Token, at review.Moment) string {
	reasons, _ := review.Of(&t, at)
	words, state := reasonWords(), TokenState(t)
	var said []string
	for _, r := range reasons {
		if word := words[r]; !strings.Contains(state, word) && (r != review.Expired || !TokenOver(t)) {
			said = append(said, word)
		}
	}
	return strings.Join(said, ", ")
}

// ReasonFields are the lines of the details that tell why a token wants a look, with the
// fact of each reason, and what cannot be told of it.
func ReasonFields(t model.Token, at review.Moment) []Field {
	reasons, severity := review.Of(&t, at)
	var said, unsaid []string
	for _, r := range reasons {
		said = append(said, reasonWords()[r]+factOf(t, r, at))
	}
	for _, r := range review.Untold(&t, at) {
		unsaid = append(unsaid, reasonWords()[r])
	}
	var fields []Field
	switch {
	case severity == review.Look:
		fields = append(fields, Field{Label: "look at this", Value: strings.Join(said, ", "), Stress: Heeded})
	case severity == review.Over && !TokenOver(t):
		fields = append(fields, Field{Label: "over", Value: strings.Join(said, ", ")})
	}
	if len(unsaid) > 0 {
		fields = append(fields, Field{Label: strings.Join(unsaid, ", "), silence: undecided})
	}
	return fields
}

// factOf is what makes a reason one, in parentheses; empty where the word says all of it.
func factOf(t model.Token, r review.Reason, at review.Moment) string {
	fact := ""
	switch r {
	case review.InactiveOwner:
		fact = "the account of " + Marked(t.Owner.Username) + " is switched off"
	case review.Expiring, review.Expired:
		fact = known(t.Expires, at.Now)
	case review.Unused:
		fact = "last used " + known(t.LastUsed, at.Now)
		if t.LastUsed.Knowledge() == model.Never {
			fact = "never used, and made " + known(review.Made(&t), at.Now)
		}
	case review.Old:
		fact = "its key was made " + known(review.Made(&t), at.Now)
	case review.FarFuture:
		if end, ok := t.Expires.Time(); ok {
			fact = "it ends in the year " + strconv.Itoa(end.Year())
		}
	case review.Several:
		fact = strconv.Itoa(at.Census.Of(&t)) + " of this kind for " + Marked(t.Owner.Username)
	case review.Broad:
		fact = "scope " + Marked(t.Scope)
	case review.UnknownOwner, review.NeverExpires:
	}
	if fact == "" {
		return ""
	}
	return " (" + fact + ")"
}

func known(w model.When, now time.Time) string {
	if _, ok := w.Time(); !ok {
		return ""
	}
	return ago(w, now)
}
