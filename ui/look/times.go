package look

import (
	"strconv"
	"time"

	"authdeck/model"
)

// farFuture is a year that nobody means as a date: AWX lets tokens live for a
// thousand years unless it is told otherwise.
const farFuture = 2200

// Date is a time as a table shows it.
func Date(w model.When) string {
	if at, ok := w.Time(); ok {
		if at.Year() >= farFuture {
			return "far future"
		}
		return at.Format("2006-01-02")
	}
	return absence(w.Knowledge())
}

// Deadline is a time as a table shows it where hours count: in its unit if it is
// near, else as a day.
func Deadline(w model.When, now time.Time) string {
	if at, ok := w.Time(); ok && now.Sub(at).Abs() < 48*time.Hour {
		return ago(w, now)
	}
	return Date(w)
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

// Ago is how long ago, or in how long, in its largest unit, in a sentence.
func Ago(w model.When, now time.Time) string { return ago(w, now) }

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

// Age is a span for a narrow column.
func Age(w model.When, now time.Time) string {
	at, ok := w.Time()
	switch {
	case !ok:
		return absence(w.Knowledge())
	case now.Sub(at) <= -time.Minute:
		return "in the future"
	case now.Sub(at) < time.Minute:
		return "new"
	}
	return span(now.Sub(at))
}

// Beat is the whole minutes since a time or until it: another number whenever [Age] and
// [Deadline] say something else of the same time.
func Beat(w model.When, now time.Time) int64 {
	at, ok := w.Time()
	if !ok {
		return 0
	}
	return int64(now.Sub(at) / time.Minute)
}

func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 730*day:
		return Plural(int(d/(365*day)), "year")
	case d >= 60*day:
		return Plural(int(d/(30*day)), "month")
	case d >= day:
		return Plural(int(d/day), "day")
	case d >= time.Hour:
		return Plural(int(d/time.Hour), "hour")
	}
	return Plural(int(d/time.Minute), "minute")
}

// Tried says how often something was tried, and when it was last.
func Tried(times int, last time.Time) string {
	if times < 2 {
		return "tried once, at " + ClockTime(last)
	}
	return "tried " + strconv.Itoa(times) + " times, last at " + ClockTime(last)
}

// ClockTime is a time of today in words.
func ClockTime(t time.Time) string { return t.UTC().Format("15:04") + " UTC" }
