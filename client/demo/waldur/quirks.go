package waldur

import (
	"time"

	"authdeck/client/demo/stage"
)

// The quirks of Waldur: releases that differ from the 8.1.2 which is played
// unless one of them is asked for.
const (
	Release70 stage.Quirk = "waldur-7.0"    // texts for numbers and yes or no, no keys through users, no personal tokens; a session in use outlives its deletion
	NoPAT     stage.Quirk = "waldur-no-pat" // 8.0.5: no personal tokens yet
	Newest    stage.Quirk = "waldur-newest" // 8.1.3: never shows another user's key, not even a new one
)

// release is a version of the server, later ones after earlier ones.
type release uint8

const (
	oldest release = iota
	beforePATs
	usual
	latest
)

func releaseOf(o stage.Settings) release {
	switch {
	case o.Has(Release70):
		return oldest
	case o.Has(NoPAT):
		return beforePATs
	case o.Has(Newest), o.Has(Passkey):
		return latest
	default:
		return usual
	}
}

func (r release) String() string {
	return [...]string{"7.0.7", "8.0.5", "8.1.2", "8.1.3"}[r]
}

// Passkey is 8.1.3 where everybody has a passkey beside the password: a sign-in by
// password alone ends half way (waldur-api-client 8.1.3, AuthTokenChallenge).
const Passkey stage.Quirk = "waldur-passkey"

// inUse is how long after a request of its own a session counts as in use.
const inUse = time.Second

// writesBack says whether a session that somebody else deletes comes back at once,
// with its key: 7.0.7 saves the row with every request that it signs, and one that was
// being answered meanwhile puts it back (9 of 25 that were in use outlived a 204).
func (h *server) writesBack(a account, caller *stage.User) bool {
	return h.release == oldest && a.person != caller && h.Now().Sub(a.asked) < inUse
}
