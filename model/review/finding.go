package review

import "authdeck/model"

// Severity is what a token is, taken together.
type Severity int

// The severities.
const (
	Fine Severity = iota // there is no reason to look, as far as can be told
	Over                 // it has ended, and does no harm but in the way
	Look                 // somebody should look
)

// Of are the reasons to look at a token, the most urgent first, and how much they weigh.
// What is over has no other reason: it opens nothing.
func Of(t *model.Token, at Moment) ([]Reason, Severity) {
	if over(t, at) == model.Yes {
		return []Reason{Expired}, Over
	}
	var found []Reason
	for _, r := range Reasons() {
		if at.counts(r) && Is(t, r, at) == model.Yes {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return nil, Fine
	}
	return found, Look
}

// Looked says whether a token wants a look; unsaid where no reason is known and one of them
// cannot be told, and where it may be over.
func Looked(t *model.Token, at Moment) model.Answer {
	said := model.No
	for _, r := range Reasons() {
		if at.counts(r) && r != Expired {
			said = said.Or(Is(t, r, at))
		}
	}
	return said.And(over(t, at).Not())
}

// Untold are the reasons of which it cannot be told whether they are any for a token.
func Untold(t *model.Token, at Moment) []Reason {
	if over(t, at) == model.Yes {
		return nil
	}
	var found []Reason
	for _, r := range Reasons() {
		if Is(t, r, at) == model.Unsaid {
			found = append(found, r)
		}
	}
	return found
}

// Stale says whether a key is old or unused.
func Stale(t *model.Token, at Moment) model.Answer {
	return Is(t, Old, at).Or(Is(t, Unused, at))
}
