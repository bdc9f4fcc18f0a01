package standing

import (
	"fmt"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/model/review"
	"authdeck/ui/look"
)

// System is what is known of one of several systems.
type System struct {
	Index  int    // its place among them
	Key    string // that goes there; empty for none
	Info   model.Info
	Reach  Reach
	Asked  int             // how often; an answer to an earlier question is dropped
	Since  time.Time       // when it was asked last
	User   model.User      // the credential's owner, as it said
	Err    error           // why it did not
	Tokens *review.Counted // nil while nothing is known of them
	Heard  Heard
	Now    time.Time // as of when this is said
}

// Reach is what has become of the question who one is.
type Reach int

// The reaches.
const (
	Unasked Reach = iota
	Asking
	Reached
	Unreached
)

// Heard is a system's last answer, if only a refusal; the zero value for none.
type Heard struct {
	At   time.Time
	Took time.Duration // how long it was waited for
}

// Hear notes an answer, and reports whether it is a later one.
func (s *System) Hear(h Heard) bool {
	later := h.At.After(s.Heard.At)
	if later {
		s.Heard = h
	}
	return later
}

// Ask notes that the system is asked who one is, and counts that.
func (s *System) Ask(now time.Time) int {
	s.Reach, s.Since = Asking, now
	s.Asked++
	return s.Asked
}

// Settle notes an answer to the question who one is, or that there was none.
func (s *System) Settle(user model.User, err error, h Heard) {
	s.User, s.Err, s.Reach = user, err, Reached
	if err != nil {
		s.Reach = Unreached
	}
	if err == nil || model.Answered(err) {
		s.Hear(h)
	}
}

// Marks are what to beware of in a system, and what cannot be done there.
func Marks(info model.Info) []string {
	var words []string
	if info.Production {
		words = append(words, "PRODUCTION")
	}
	if info.ReadOnly {
		words = append(words, "read-only")
	}
	return words
}

// mark are the marks beside the name, in as many letters as leave the state some room in the
// narrowest window.
func (s System) mark() string {
	if s.Info.Production && s.Info.ReadOnly {
		return "PRODUCTION r/o"
	}
	return strings.Join(Marks(s.Info), ", ")
}

// Kind is what a system is, as far as it has turned out.
func Kind(i model.Info) string {
	if i.Generation == "" {
		return i.Kind
	}
	return i.Kind + " · " + i.Generation
}

// Who is the credential's owner, in one word or two.
func (s System) Who() string {
	switch s.Reach {
	case Reached:
		return look.Marked(s.User.Username)
	case Asking:
		return "asking…"
	case Unasked, Unreached:
	}
	return "unknown"
}

// known is who one is as far as the system has said so.
func (s System) known() string {
	if s.Reach != Reached {
		return "–"
	}
	return s.Who()
}

// state is a word or two; the whole of it is in the fields.
func (s System) state() string {
	switch {
	case s.Reach == Asking:
		return "asking…"
	case s.Reach == Unasked:
		return "not asked yet"
	case s.Reach == Reached && s.lacking():
		return "in part"
	case s.Reach == Reached:
		return "answers"
	}
	switch model.KindOf(s.Err) {
	case model.Unauthorized, model.Forbidden:
		return "refused"
	case model.Unavailable:
		return "dead"
	case model.Internal, model.Unopened, model.NotFound, model.Conflict, model.Invalid, model.RateLimited,
		model.Malformed, model.Unsupported, model.Uncertain, model.Partial, model.Contradicted, model.Cancelled, model.Unrecorded, model.Refused:
	}
	return look.InShort(s.Err)
}

// lacking reports whether the tokens could not be read, or not all.
func (s System) lacking() bool { return s.Tokens != nil && s.Tokens.Err != nil }

// answer is when the system answered last. That it was not asked, that it has not answered
// yet, and that there was no answer are three things.
func (s System) answer() string {
	switch {
	case !s.Heard.At.IsZero():
		return s.Heard.day(s.Now) + s.Heard.At.UTC().Format("15:04") + s.Heard.took(", ")
	case s.Reach == Asking:
		return "…"
	case s.Reach == Unasked:
		return "not asked yet"
	}
	return "none"
}

// answered is the same in more words.
func (s System) answered() string {
	switch {
	case s.Heard.At.IsZero() && s.Reach == Unreached:
		return "none since authdeck was started"
	case s.Heard.At.IsZero():
		return s.answer()
	}
	return s.Heard.day(s.Now) + look.ClockTime(s.Heard.At) + s.Heard.took(", took ")
}

// day is the day of an answer, where it is another one than today.
func (h Heard) day(now time.Time) string {
	if h.At.UTC().YearDay() == now.UTC().YearDay() {
		return ""
	}
	return h.At.UTC().Format("01-02 ")
}

func (h Heard) took(before string) string {
	switch {
	case h.Took <= 0:
		return ""
	case h.Took < 100*time.Millisecond:
		return before + look.Milliseconds(h.Took)
	}
	return before + fmt.Sprintf("%.1f s", h.Took.Seconds())
}
