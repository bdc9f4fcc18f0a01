package model

import "time"

// Knowledge says what is known of a fact that a system may or may not tell.
type Knowledge int

// The four answers. They are never confused on the screen: "never used" and
// "this system does not say" are different facts.
const (
	Unknown       Knowledge = iota // the system does not say, or did not this time
	Known                          // there is a time
	Never                          // it has not happened, or never will
	NotApplicable                  // the system has no such thing
)

// When is a moment, or an honest word in its place. The zero value is unknown.
type When struct {
	knowledge Knowledge
	at        time.Time
}

// At is a known moment; the zero time is an unknown one.
func At(t time.Time) When {
	if t.IsZero() {
		return When{}
	}
	return When{knowledge: Known, at: t.UTC()}
}

// Not is a moment that is absent for the reason given.
func Not(why Knowledge) When { return When{knowledge: why} }

// Knowledge says which of the four it is.
func (w When) Knowledge() Knowledge { return w.knowledge }

// Time is the moment in UTC, and whether it is known.
func (w When) Time() (time.Time, bool) { return w.at, w.knowledge == Known }

// Equal reports whether both say the same.
func (w When) Equal(other When) bool {
	return w.knowledge == other.knowledge && w.at.Equal(other.at)
}

// Same says whether a moment is absent in this way. Of what the system does not say only
// that can be told.
func Same(w When, wanted Knowledge) Answer {
	if w.knowledge == Unknown && wanted != Unknown {
		return Unsaid
	}
	return AnswerOf(w.knowledge == wanted)
}

// Answer is a yes or a no that a system may not give. The zero value is
// "unknown".
type Answer int

// The answers.
const (
	Unsaid Answer = iota
	Yes
	No
)

// Not is the opposite; what is not said stays so.
func (a Answer) Not() Answer {
	switch a {
	case Yes:
		return No
	case No:
		return Yes
	case Unsaid:
	}
	return Unsaid
}

// Or is yes where one is, and no where both are. What is not said is no no.
func (a Answer) Or(b Answer) Answer {
	switch {
	case a == Yes || b == Yes:
		return Yes
	case a == No && b == No:
		return No
	}
	return Unsaid
}

// And is yes where both are, and no where one is.
func (a Answer) And(b Answer) Answer { return a.Not().Or(b.Not()).Not() }

// AnswerOf is a known answer.
func AnswerOf(yes bool) Answer {
	if yes {
		return Yes
	}
	return No
}

// What stands in the place of a value that is not there, beside [NeverWord]. They are three
// words everywhere that something is written for other programs, and never confused.
const (
	UnknownWord = "unknown" // the system does not say
	NoneWord    = "n/a"     // the system has no such thing
)

// Word is the moment in UTC, to the second, or what stands in its place, as it is written for
// other programs.
func (w When) Word() string {
	switch w.knowledge {
	case Known:
		return w.at.Format(time.RFC3339)
	case Never:
		return NeverWord
	case NotApplicable:
		return NoneWord
	case Unknown:
	}
	return UnknownWord
}

// Word is the answer as it is written for other programs.
func (a Answer) Word() string {
	switch a {
	case Yes:
		return "yes"
	case No:
		return "no"
	case Unsaid:
	}
	return UnknownWord
}
