package ui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"authdeck/model"
)

// sentence is what a person reads of an error: what happened, in the console's
// words by its kind, and what was said about it.
func sentence(err error) string {
	said := ""
	if e, ok := errors.AsType[*model.Error](err); ok {
		said = e.Message.String()
	}
	about := map[model.Kind]string{
		model.Internal:     "authdeck itself failed",
		model.Unopened:     "This system could not be opened",
		model.Unauthorized: "The system does not accept this credential",
		model.Forbidden:    "The credential is not allowed to do this",
		model.NotFound:     "It is not there (any more), or hidden from this credential",
		model.Conflict:     "Nothing was done",
		model.Invalid:      "Refused",
		model.RateLimited:  "The system asks to be left alone for a while",
		model.Unavailable:  "The system cannot be reached",
		model.Malformed:    "The answer cannot be read",
		model.Unsupported:  "Not offered here",
		model.Uncertain:    "It may have happened, or not",
		model.Partial:      "It half happened",
		model.Contradicted: "The server said that it is done, but what is read afterwards says otherwise",
		model.Cancelled:    "Given up",
	}[model.KindOf(err)]
	if model.MayHaveHappened(err) && model.KindOf(err) == model.Conflict {
		about = "Refused" // which says nothing of what was done before
	}
	if said == "" || model.KindOf(err) == model.Cancelled {
		return about
	}
	return about + ": " + said
}

// advice is what a person can do about an error.
func advice(err error) string {
	switch model.KindOf(err) {
	case model.Unopened, model.Unauthorized:
		return "Check where the configuration takes the credential from; authdeck doctor says more."
	case model.Forbidden:
		return "Ask an administrator of that system for the right, or use another credential."
	case model.NotFound, model.Partial, model.Contradicted:
		return "ctrl+r asks again."
	case model.Unavailable:
		return "ctrl+r asks again; authdeck doctor looks at the connection."
	case model.Malformed:
		return "Is the address right? A login page or a proxy may stand in between."
	case model.RateLimited:
		return "Wait, then try again."
	case model.Internal, model.Conflict, model.Invalid, model.Unsupported, model.Uncertain, model.Cancelled:
	}
	return ""
}

// farFuture is a year that nobody means as a date: AWX lets tokens live for a
// thousand years unless it is told otherwise.
const farFuture = 2200

// moment is a time as a table shows it.
func moment(w model.When) string {
	if at, ok := w.Time(); ok {
		if at.Year() >= farFuture {
			return "far future"
		}
		return at.Format("2006-01-02")
	}
	return absence(w.Knowledge())
}

// deadline is a time as a table shows it where hours count: in its unit if it is
// near, else as a day.
func deadline(w model.When, now time.Time) string {
	if at, ok := w.Time(); ok && now.Sub(at).Abs() < 48*time.Hour {
		return ago(w, now)
	}
	return moment(w)
}

// exact is a time as the details show it.
func exact(w model.When, now time.Time) string {
	if at, ok := w.Time(); ok {
		return at.Format("2006-01-02 15:04:05 UTC") + ", " + ago(w, now)
	}
	return absence(w.Knowledge())
}

// absence are the words for a time that is not there: never, unknown and not
// applicable are three facts.
func absence(k model.Knowledge) string {
	switch k {
	case model.Never:
		return "never"
	case model.NotApplicable:
		return "not applicable"
	case model.Known, model.Unknown:
	}
	return "unknown"
}

// ago is how long ago, or in how long, in its largest unit.
func ago(w model.When, now time.Time) string {
	at, ok := w.Time()
	if !ok {
		return absence(w.Knowledge())
	}
	switch d := now.Sub(at); {
	case at.Year() >= farFuture:
		return "far future" // and further off than a duration can hold
	case d >= time.Minute:
		return span(d) + " ago"
	case d > -time.Minute:
		return "just now"
	default:
		return "in " + span(-d)
	}
}

// age is a span for a narrow column.
func age(w model.When, now time.Time) string {
	at, ok := w.Time()
	switch {
	case !ok:
		return absence(w.Knowledge())
	case now.Sub(at) < -time.Minute:
		return "in the future"
	case now.Sub(at) < time.Minute:
		return "new"
	}
	return span(now.Sub(at))
}

func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 730*day:
		return plural(int(d/(365*day)), "year")
	case d >= 60*day:
		return plural(int(d/(30*day)), "month")
	case d >= day:
		return plural(int(d/day), "day")
	case d >= time.Hour:
		return plural(int(d/time.Hour), "hour")
	}
	return plural(int(d/time.Minute), "minute")
}

// milliseconds is how long an answer took.
func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%d ms", max(1, d.Milliseconds()))
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func yesNo(a model.Answer) string {
	switch a {
	case model.Yes:
		return "yes"
	case model.No:
		return "no"
	case model.Unsaid:
	}
	return "unknown"
}

// kindWord is what sort of key a token is, and whether a person made it.
func kindWord(t model.Token) string {
	switch {
	case t.Managed.Empty():
		return marked(t.Kind)
	case t.Kind.Empty():
		return "managed"
	}
	return marked(t.Kind) + ", managed"
}

// tokenWord is what a user's row says of their token.
func tokenWord(u model.User) string {
	if u.TokenWord.Empty() {
		return yesNo(u.HasToken)
	}
	return marked(u.TokenWord)
}

func stateWord(t model.Token) string {
	word := map[model.State]string{
		model.Unclear: "unknown", model.Active: "active",
		model.Expired: "expired", model.Revoked: "revoked",
	}[t.State]
	if t.Own {
		return word + ", used here"
	}
	return word
}

// marked is foreign text with a mark if cleaning changed it: what came is in
// the details.
func marked(t model.Text) string {
	switch {
	case t.Changed():
		return "!" + t.String()
	case t.Empty():
		return "–"
	case strings.TrimSpace(t.String()) == "":
		return "(blank)"
	}
	return t.String()
}
