package demo

// The quirks of Waldur: releases that differ from the 8.1.2 which is played
// unless one of them is asked for.
const (
	Waldur70     Quirk = "waldur-7.0"    // texts for numbers and yes or no, no keys through users, no personal tokens
	WaldurNoPAT  Quirk = "waldur-no-pat" // 8.0.5: no personal tokens yet
	WaldurNewest Quirk = "waldur-newest" // never shows another user's key, not even a new one
)

// waldurRelease is a version of the server, later ones after earlier ones.
type waldurRelease uint8

const (
	waldurOld waldurRelease = iota
	waldurBeforePATs
	waldurUsual
	waldurLatest
)

func waldurReleaseOf(o Options) waldurRelease {
	switch {
	case o.has(Waldur70):
		return waldurOld
	case o.has(WaldurNoPAT):
		return waldurBeforePATs
	case o.has(WaldurNewest):
		return waldurLatest
	default:
		return waldurUsual
	}
}

func (r waldurRelease) String() string {
	return [...]string{"7.0.7", "8.0.5", "8.1.2", "8.1.3"}[r]
}
