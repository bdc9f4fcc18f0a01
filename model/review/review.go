// Package review tells why a token wants a look. Each reason is a question that a token
// answers with yes, no, or not at all where its system does not say enough; what is not
// said is no all-clear. It knows no screen and no query.
package review

import (
	"slices"
	"time"

	"authdeck/model"
)

// Reason is a reason to look at a token. Its value is the word by which it is asked for.
type Reason string

// The reasons, the most urgent first.
const (
	InactiveOwner Reason = "inactive-owner" // whose it is may not sign in any more
	UnknownOwner  Reason = "unknown-owner"  // nobody knows whose it is
	Expiring      Reason = "expiring"       // it ends soon
	Unused        Reason = "unused"         // nobody has used it for long
	Old           Reason = "old"            // its key was made long ago
	NeverExpires  Reason = "never-expires"
	FarFuture     Reason = "far-future" // it expires when nobody of today is left
	Several       Reason = "several"    // its owner has others of its kind
	Broad         Reason = "broad"      // it may do more than read
	Expired       Reason = "expired"    // it is over and still there
)

// Reasons are all of them, the most urgent first.
func Reasons() []Reason {
	return []Reason{InactiveOwner, UnknownOwner, Expiring, Unused, Old, NeverExpires, FarFuture, Several, Broad, Expired}
}

// Distant is the year from which on nobody means a date as one: AWX lets tokens live for a
// thousand years unless it is told otherwise.
const Distant = 2200

// Moment is what an answer depends on beside the token.
type Moment struct {
	Now    time.Time
	Limits Limits
	Census *Census // of all tokens; nil where not all were read

	// Endless says that the system of the token has no ends at all: that a key never expires
	// is no reason to look at it and not at the next. It is true of it all the same.
	Endless bool
}

// counts reports whether a reason tells one token from another.
func (m Moment) counts(r Reason) bool { return r != NeverExpires || !m.Endless }

// Limits are from when on something wants a look.
type Limits struct {
	Soon   time.Duration // until a key ends
	Old    time.Duration // since it was made
	Unused time.Duration // since it was last used
}

// Usual are the limits where nobody has set others.
func Usual() Limits {
	const day = 24 * time.Hour
	return Limits{Soon: 14 * day, Old: 365 * day, Unused: 90 * day}
}

// Is says whether there is this reason to look at a token.
func Is(t *model.Token, r Reason, at Moment) model.Answer {
	switch r {
	case Expired:
		return over(t, at)
	case NeverExpires:
		return model.Same(t.Expires, model.Never)
	case FarFuture:
		return on(t.Expires, func(end time.Time) bool { return end.Year() >= Distant })
	case Expiring:
		return on(t.Expires, func(end time.Time) bool { return soon(t, end, at) })
	case Old:
		return on(Made(t), func(made time.Time) bool { return at.Now.Sub(made) > at.Limits.Old })
	case Unused:
		return unused(t, at)
	case InactiveOwner:
		return t.Owner.Active.Not()
	case UnknownOwner:
		return model.AnswerOf(t.Owner.ID == "" && t.Owner.Username.Empty())
	case Several:
		return at.Census.several(t)
	case Broad:
		return broad(t)
	}
	return model.Unsaid
}

// Made is when the key of a token was made: at its last change, else with the token.
func Made(t *model.Token) model.When {
	if t.Updated.Knowledge() == model.Known {
		return t.Updated
	}
	return t.Created
}

// on asks about a moment. One that is not there, and is known not to be, is not so.
func on(w model.When, is func(time.Time) bool) model.Answer {
	switch w.Knowledge() {
	case model.Known:
		at, _ := w.Time()
		return model.AnswerOf(is(at))
	case model.Never, model.NotApplicable:
		return model.No
	case model.Unknown:
	}
	return model.Unsaid
}

// over is whether a key has ended. A system that calls it active is believed; where it does not
// say, only an end that has come tells: that none has come, or that there is none, does not say
// that the key still opens anything.
func over(t *model.Token, at Moment) model.Answer {
	ended := on(t.Expires, func(end time.Time) bool { return !end.After(at.Now) })
	switch {
	case t.State == model.Expired, t.State == model.Revoked, ended == model.Yes: // it may have ended since it was read
		return model.Yes
	case t.State == model.Active:
		return model.No
	}
	return model.Unsaid
}

// soon is whether a key ends soon, and that is news.
func soon(t *model.Token, end time.Time, at Moment) bool {
	return end.After(at.Now) && end.Before(at.Now.Add(at.Limits.Soon)) && !Brief(t, at)
}

// Brief reports whether the whole life of a key, or its life from each use on, is no longer than
// what is soon: one such always ends soon, and that is no news of it.
func Brief(t *model.Token, at Moment) bool {
	end, ends := t.Expires.Time()
	begins := []model.When{t.Created, t.Updated}
	if t.Rolls {
		begins = append(begins, t.LastUsed)
	}
	return ends && slices.ContainsFunc(begins, func(w model.When) bool {
		since, known := w.Time()
		return known && end.Sub(since) <= at.Limits.Soon
	})
}

// unused is whether nobody has used a key for long. One that was never used has been so
// since it was made.
func unused(t *model.Token, at Moment) model.Answer {
	long := func(since time.Time) bool { return at.Now.Sub(since) > at.Limits.Unused }
	if t.LastUsed.Knowledge() == model.Never {
		return on(Made(t), long)
	}
	return on(t.LastUsed, long)
}

// broad is whether a key may do more than read, where a system has scopes.
func broad(t *model.Token) model.Answer {
	switch t.Scope.String() {
	case "":
		return model.Unsaid
	case "read":
		return model.No
	}
	return model.Yes
}
