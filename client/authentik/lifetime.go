package authentik

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// settings are those of admin/settings/ that concern keys.
type settings struct {
	DefaultDuration model.Text `json:"default_token_duration"`
	DefaultLength   number     `json:"default_token_length"`
}

// settings asks for them; without the right view_system_settings they are empty.
func (a *authentik) settings(ctx context.Context) settings {
	s, err := wire.Call[settings](ctx, a.conn, wire.Get(settingsPath))
	if err != nil {
		return settings{}
	}
	return s
}

// keyLength is how long the server makes its keys.
func (s settings) keyLength() int {
	if s.DefaultLength == 0 {
		return keyLength
	}
	return int(min(max(shortestKey, s.DefaultLength), longestKey))
}

// units are those of authentik's durations (authentik/lib/utils/time.py).
func units() map[string]time.Duration {
	const day = 24 * time.Hour
	return map[string]time.Duration{
		"microseconds": time.Microsecond, "milliseconds": time.Millisecond, "seconds": time.Second,
		"minutes": time.Minute, "hours": time.Hour, "days": day, "weeks": 7 * day,
	}
}

// lifetime is for how long the server makes a token that is given no date, such as
// "hours=1;minutes=30". It may be negative: the server takes that, and every new token
// is expired (seen on 2025.12.4 and 2026.5.0-rc1).
func (s settings) lifetime() (sum time.Duration, known bool) {
	for pair := range strings.SplitSeq(s.DefaultDuration.String(), ";") {
		name, number, _ := strings.Cut(pair, "=")
		unit, is := units()[strings.ToLower(strings.TrimSpace(name))]
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if !is || err != nil || n*float64(unit) > 1<<62 || n*float64(unit) < -1<<62 {
			continue
		}
		sum, known = sum+time.Duration(n*float64(unit)), true
	}
	return sum, known
}

// lifetimeWords is that for a person; empty where it is not known.
func (s settings) lifetimeWords() string {
	d, known := s.lifetime()
	switch {
	case !known:
		return ""
	case d <= 0:
		return "no time: " + s.DefaultDuration.String()
	case d < time.Second:
		return "less than a second"
	}
	var words []string
	for _, name := range []string{"day", "hour", "minute", "second"} {
		unit := units()[name+"s"]
		if n := d / unit; n > 0 {
			words, d = append(words, counted(int(n), name)), d%unit
		}
	}
	return strings.Join(words, " ")
}

// counted is a number and what it counts.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// newTokenEnds says, before there is one, when a token will end that has no date of
// its own, and what comes of it then.
func (s settings) newTokenEnds(kind string, owner model.User) string {
	fate := "authentik then deletes it."
	if rotates(kind, owner) {
		fate = "authentik then gives it another key, and the one that you get here ends."
	}
	switch d, known := s.lifetime(); {
	case !known:
		return "It expires after the server's default time, which this account may not read (30 minutes unless it was changed): " + fate
	case d <= 0:
		return "It will be expired as soon as it is made, and its key opens nothing: the server's default_token_duration is " +
			s.DefaultDuration.String() + ". An administrator of authentik can mend that."
	}
	return "It expires " + s.lifetimeWords() + " after it is made: the server sets this date. " + fate
}

// forcedToExpire is for a token that is to be made without end by an account of which
// that is not known to be heeded (core/api/tokens.py, perform_create).
func forcedToExpire(me model.User) string {
	who := "this account is none"
	if me.Admin == model.Unsaid {
		who = "whether this account is one is not known"
	}
	return "authentik lets only superusers make tokens that do not expire, and " + who +
		": the new token will expire, unless an administrator has lifted that for the account."
}

// madeEnds says what the end of a new token will be, of what was filled in.
func (s settings) madeEnds(me model.User, d model.Draft) (sentences []string) {
	kind, forever := d.Values["intent"], d.Values["expiring"] == "no"
	switch {
	case forever && me.Admin == model.Yes:
		return nil
	case forever:
		sentences = append(sentences, forcedToExpire(me))
	case kind == appPassword && d.Values["expires"] != "":
		return nil
	}
	return append(sentences, s.newTokenEnds(kind, d.Owner))
}

// restarts says what an edit makes of the date of an API token.
func (s settings) restarts(d model.Draft) []string {
	if d.Values["expiring"] == "no" {
		return []string{"It will not expire: the server sets a date with every change all the same, which counts for nothing until it expires again."}
	}
	return []string{"Any change of an API token restarts its expiry, even one that changes nothing: the server sets the date to now and its default duration" +
		parenthesised(s.lifetimeWords()) + "."}
}

// relimited is [settings.limited] for an edit of an app password: a date that stays as it is
// is not sent.
func (s settings) relimited(t model.Token, d model.Draft) []string {
	if d.Values["expires"] == prefilled(t) {
		return nil
	}
	return s.late(d)
}

// limited is [settings.late] for a token that is to be made.
func (s settings) limited(d model.Draft) []string {
	if d.Values["intent"] != appPassword {
		return nil
	}
	return s.late(d)
}

// late says of a date that the server is about to refuse it, unless it was told to take
// later ones: it holds an app password to the default, and superusers too (seen on 2025.12.4
// and 2026.5.0-rc1).
func (s settings) late(d model.Draft) []string {
	at, err := time.Parse(time.RFC3339, d.Values["expires"])
	life, known := s.lifetime()
	if err != nil || !known || life <= 0 || !at.After(time.Now().Add(life)) {
		return nil
	}
	return []string{"The server refuses a date more than " + s.lifetimeWords() + " from now, unless a group of the user's allows a later one."}
}

// successorEnds says what the end of a token will be that takes another's place.
func (s settings) successorEnds(me model.User, t model.Token) (sentences []string) {
	kind, forever := t.Kind.String(), t.Expires.Knowledge() == model.Never
	at, dated := t.Expires.Time()
	switch {
	case forever && me.Admin == model.Yes:
		return []string{"The new token does not expire either."}
	case forever:
		sentences = append(sentences, "This token does not expire. "+forcedToExpire(me))
	case kind == appPassword && dated && at.After(time.Now()):
		return []string{"The new token keeps the date of this one, " + date(at) + ", if the server still allows one so late."}
	}
	return append(sentences, s.newTokenEnds(kind, t.Owner))
}
