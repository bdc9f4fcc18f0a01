package waldur

import (
	"time"

	"authdeck/client/demo/stage"
)

// The quirks of Waldur: releases that differ from the 8.1.2 which is played
// unless one of them is asked for.
const (
	Waldur70     stage.Quirk = "waldur-7.0"    // texts for numbers and yes or no, no keys through users, no personal tokens; a session in use outlives its deletion
	WaldurNoPAT  stage.Quirk = "waldur-no-pat" // 8.0.5: no personal tokens yet
	WaldurNewest stage.Quirk = "waldur-newest" // never shows another user's key, not even a new one
)

// waldurRelease is a version of the server, later ones after earlier ones.
type waldurRelease uint8

const (
	waldurOld waldurRelease = iota
	waldurBeforePATs
	waldurUsual
	waldurLatest
)

func waldurReleaseOf(o stage.Settings) waldurRelease {
	switch {
	case o.Has(Waldur70):
		return waldurOld
	case o.Has(WaldurNoPAT):
		return waldurBeforePATs
	case o.Has(WaldurNewest):
		return waldurLatest
	default:
		return waldurUsual
	}
}

func (r waldurRelease) String() string {
	return [...]string{"7.0.7", "8.0.5", "8.1.2", "8.1.3"}[r]
}

// waldurInUse is how long after a request of its own a session counts as in use.
const waldurInUse = time.Second

// writesBack says whether a session that somebody else deletes comes back at once,
// with its key: 7.0.7 saves the row with every request that it signs, and one that was
// being answered meanwhile puts it back (9 of 25 that were in use outlived a 204).
func (h *waldur) writesBack(a waldurAccount, caller *stage.User) bool {
	return h.release == waldurOld && a.person != caller && h.Now().Sub(a.asked) < waldurInUse
}
