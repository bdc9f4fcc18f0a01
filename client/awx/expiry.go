package awx

import (
	"context"
	"strconv"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// What is known beforehand of when a new token ends, by generation.
const (
	ownExpiry     = "about a thousand years from now, unless its administrators chose otherwise" // AWX 24.6.2: 365,000 days
	gatewayExpiry = "older gateways about a thousand years from now, newer ones after one year"  // django-ansible-base of October 2024, and 2026.10.26
)

// seconds are a span of a server's, which a Duration is too short for.
type seconds int64

// settings are what superusers and auditors may read of how a server signs people in
// (AWX 24.6.2, GET settings/authentication/).
type settings struct {
	OAuth2 wire.Maybe[oauth2Settings] `json:"OAUTH2_PROVIDER"`
}

type oauth2Settings struct {
	Expiry number `json:"ACCESS_TOKEN_EXPIRE_SECONDS"`
}

// tokenLife is how long a token lives that is made now, or 0 where that is not told.
// Nobody is held up by a server that does not tell.
func (i *issuer) tokenLife(ctx context.Context, me model.User) seconds {
	if !i.tellsExpiry || me.Admin != model.Yes && me.Role.Empty() {
		return 0
	}
	path, err := i.path("settings", "authentication")
	if err != nil {
		return 0
	}
	told, _ := ask[settings](ctx, i.server, wire.Get(path))
	if life := seconds(told.OAuth2.Value.Expiry); life <= longestLife {
		return life
	}
	return 0
}

// longestLife is more than the years that a date can hold here.
const longestLife = 7000 * 365 * day

// day is one in seconds.
const day = 24 * 60 * 60

// after is the end of what begins at a moment.
func (s seconds) after(at time.Time) time.Time {
	return at.AddDate(0, 0, int(s/day)).Add(time.Duration(s%day) * time.Second)
}

// String is the span in the largest unit that goes into it.
func (s seconds) String() string {
	for _, unit := range []struct {
		long seconds
		name string
	}{{365 * day, "year"}, {day, "day"}, {60 * 60, "hour"}, {60, "minute"}, {1, "second"}} {
		switch n := s / unit.long; {
		case n == 0 || s%unit.long != 0:
		case n == 1:
			return "1 " + unit.name
		default:
			return strconv.FormatInt(int64(n), 10) + " " + unit.name + "s"
		}
	}
	return "no time"
}

// expiryAhead says when a new token will end, before there is one.
func (i *issuer) expiryAhead(ctx context.Context, me model.User) string {
	if life := i.tokenLife(ctx, me); life > 0 {
		return "By the server's settings a new token lives for " + life.String() + ": it ends about " + date(life.after(time.Now())) + "."
	}
	return "The server alone sets when it ends: " + i.expiry + ". The answer says when."
}

// expiryAnew is the same where it takes the place of a token: its date is not carried
// over.
func (i *issuer) expiryAnew(ctx context.Context, me model.User, old model.When) string {
	was, dated := old.Time()
	life := i.tokenLife(ctx, me)
	switch end := life.after(time.Now()); {
	case life > 0 && dated && end.Before(was):
		return "THE NEW TOKEN ENDS EARLIER: its date starts anew, and by the server's settings it lives for " + life.String() + ", to about " + date(end) + "; this one ends on " + date(was) + "."
	case life > 0:
		return "Its date starts anew: by the server's settings the new token lives for " + life.String() + ", to about " + date(end) + "."
	}
	words := "Its date starts anew, and may be an earlier one. The server alone sets it: " + i.expiry + ". The answer says when."
	if dated {
		words += " This one ends on " + date(was) + "."
	}
	return words
}

// expiryNotes say of the end of a token that is made what the token itself does not: that it
// has none that is known, and loudly that the one whose place it takes would have lived longer.
func expiryNotes(made token, old model.When) []string {
	end, dated := made.Expires.When().Time()
	was, before := old.Time()
	switch {
	case !dated:
		return []string{"The server did not say when the new token ends."}
	case before && end.Before(was):
		return []string{"THE NEW TOKEN ENDS EARLIER than the old one, which would have ended on " + date(was) + "."}
	}
	return nil
}

func date(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
