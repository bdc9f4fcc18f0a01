package standing

import (
	"strconv"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/model/review"
	"authdeck/ui/look"
)

const (
	yet     = "…"       // is on its way
	unknown = "unknown" // cannot be told, and is no zero
)

// coming reports whether nothing is known of the tokens yet that would stay so.
func (s System) coming() bool { return s.Tokens == nil || s.Tokens.Stage == review.Coming }

// total is how many tokens there are.
func (s System) total() string {
	switch t := s.Tokens; {
	case s.coming():
		return strings.TrimSpace(yet + " " + s.waited())
	case t.Total != model.Uncounted:
		return look.Thousands(t.Total)
	case t.All > 0:
		return "≥ " + look.Thousands(t.All)
	}
	return unknown
}

// waited is how long the tokens have been read for, where that is long enough to be asked.
func (s System) waited() string {
	if s.Tokens == nil || s.Tokens.Began.IsZero() {
		return ""
	}
	if d := s.Now.Sub(s.Tokens.Began); d >= 2*time.Second {
		return strconv.Itoa(int(d.Seconds())) + " s"
	}
	return ""
}

// never is how many never expire.
func (s System) never() string {
	switch {
	case s.coming():
		return yet
	case s.endless() && s.Tokens.Never == (review.Tally{}):
		return "n/a" // there is no such thing as an end
	case s.endless():
		return "all"
	case s.Tokens.NeverTold:
		return look.Thousands(s.Tokens.Never.Yes)
	}
	return s.tallied(s.Tokens.Never)
}

// stale is how many are old or unused.
func (s System) stale() string {
	if s.coming() {
		return yet
	}
	return s.tallied(s.Tokens.Stale)
}

// endless reports whether no token ends by itself, as far as there are any. Of some it may not
// be told whether somebody ended them.
func (s System) endless() bool { return s.Info.Endless && s.Tokens.All > 0 }

// tallied is a number. Where it cannot be told of some tokens, or not all were counted, it is
// the least that it can be, and none is no all-clear.
func (s System) tallied(t review.Tally) string {
	switch open := t.Unsaid > 0 || s.Tokens.Partial(); {
	case open && t.Yes == 0:
		return unknown
	case open:
		return "≥ " + look.Thousands(t.Yes)
	}
	return look.Thousands(t.Yes)
}

// counts are the numbers in words, and how those are seen that they count.
func (s System) counts() []look.Field {
	if s.Tokens == nil {
		return []look.Field{{Label: "tokens", Value: yet}}
	}
	fields := []look.Field{s.read()}
	if s.coming() || s.Tokens.All == 0 {
		return fields
	}
	never := look.Field{Label: "never expire", Value: s.inWords(s.Tokens.Never)}
	switch {
	case s.endless():
		never.Value = s.never() + ": no token of this system ends by itself"
	case s.Tokens.NeverTold:
		never.Value = s.never() + " of all, as the system counts them"
	}
	return append(fields, never, look.Field{Label: "stale", Value: s.inWords(s.Tokens.Stale)},
		look.Field{Label: "to see them", Value: "/ expires:never -is:over and / is:stale -is:over, there or in 9; V has questions with names"})
}

// read is how many tokens there are, and how many of them were counted when.
func (s System) read() look.Field {
	t, f := s.Tokens, look.Field{Label: "tokens", Value: s.total()}
	switch t.Stage {
	case review.Coming:
		f.Value = "being read…"
		if waited := s.waited(); waited != "" {
			f.Value = "still being read, for " + waited + " by now…"
		}
		if t.All > 0 {
			f.Value += " " + look.Thousands(t.All) + " by now"
		}
		return f
	case review.Broken:
		f.Stress, f.Value = look.Heeded, look.Sentence(t.Err)
		if s.Reach == Unreached && f.Value == look.Sentence(s.Err) {
			f.Value = "not read, for the same reason"
		}
		if t.All > 0 {
			f.Value += "; counted are the " + look.Thousands(t.All) + " that had come before"
		}
		return f
	case review.First, review.Whole, review.Again:
	}
	if t.Partial() {
		f.Value += "; counted are the first " + look.Thousands(t.All) + " (a question reads all)"
	}
	f.Value += ", as of " + (Heard{At: t.Began}).day(s.Now) + look.ClockTime(t.Began)
	if t.Stage == review.Again {
		f.Value += "; being read again…"
	}
	return f
}

// inWords is a number with what is not known of it.
func (s System) inWords(t review.Tally) string {
	words, partial := look.Thousands(t.Yes), s.Tokens.Partial()
	switch open := t.Unsaid > 0 || partial; {
	case open && t.Yes == 0 && partial:
		words = "unknown, for the others were not read: none"
	case open && t.Yes == 0:
		words = "none is known of"
	case open:
		words = "at least " + words
	case t.Yes == 0:
		words = "none"
	}
	if partial {
		words += " among the first " + look.Thousands(s.Tokens.All)
	}
	if t.Unsaid > 0 {
		words += "; of " + look.Thousands(t.Unsaid) + " it cannot be told"
	}
	return words
}
