package monitor

import (
	"cmp"
	"slices"
	"time"

	"authdeck/model"
	"authdeck/model/review"
)

// System is what was counted of one. All counts are of the tokens that were wanted; but for
// Tokens, Kinds and Over, of those of them that are not over.
type System struct {
	Name, Kind string
	Why        string // it was not read to its end; empty where it was, and where it was not the counts are of what came
	Note       string // what it said of its list, such as what that leaves out
	Read       int    // tokens that were read
	Unsaid     int    // tokens of which it cannot be told whether they are wanted

	Tokens   int
	Kinds    map[string]int // by the system's own words; a few at most
	Over     int
	Warn     int // end within the warning span; those within the critical one are among them
	Crit     int // end within the critical span
	Brief    int // never live for longer than the span, so that an end says nothing
	NoWord   int // of which the system does not say when they end
	Never    review.Tally
	Inactive review.Tally // whose owner may not sign in any more
	Unused   review.Tally

	Next  time.Time // when the first of them ends that are not brief; zero for none
	Shown []Shown   // what there is to say something of, a few at most: the first to end
}

// Whole reports whether it was read to its end.
func (s System) Whole() bool { return s.Why == "" }

// within is how many tokens end within a span, and what is alerted on of that number.
type within struct {
	Threshold
	n          int
	warn, crit string
}

// within are the tokens by the spans that were wanted, each span once.
func (s System) within(w Wanted) (all []within) {
	const none = "0" // any is one too many
	both := w.Warn.Within == w.Crit.Within
	if w.Warn.OfEnds() && !both {
		all = append(all, within{w.Warn, s.Warn, none, ""})
	}
	if w.Crit.OfEnds() {
		all = append(all, within{w.Crit, s.Crit, map[bool]string{true: none}[both], none})
	}
	return all
}

// Shown is a token that is told of.
type Shown struct {
	ID, Name, Owner string
	Ends            model.When
	Critical        bool
}

const (
	mostShown  = 10
	mostKinds  = 50
	otherKinds = "others" // more kinds than anybody looks at would be as many series
)

// Counter counts the tokens of one system. Make it with [Count].
type Counter struct {
	wanted Wanted
	at     review.Moment // whose Soon is the span within which an end is told of
	system System
}

// Count begins. The limits are from when on a token is unused, and is brief where no span is
// wanted.
func Count(w Wanted, info model.Info, now time.Time, limits review.Limits) *Counter {
	limits.Soon = cmp.Or(w.widest(), limits.Soon)
	return &Counter{w, review.Moment{Now: now, Limits: limits}, System{Name: info.Name, Kind: info.Kind, Kinds: map[string]int{}}}
}

// Take counts tokens that are wanted.
func (c *Counter) Take(tokens []model.Token) {
	for i := range tokens {
		c.take(&tokens[i])
	}
}

// End is what was counted. Read is what the reading said last, note what the system said of its
// list, and err is how it ended.
func (c *Counter) End(read model.Sifted, note string, err error) System {
	s := c.system
	s.Note = note
	s.Read, s.Unsaid = max(read.Read, s.Tokens), read.Unsaid
	if err != nil {
		s.Why = cmp.Or(model.Reason(err), model.KindOf(err).String())
	}
	return s
}

func (c *Counter) take(t *model.Token) {
	s := &c.system
	s.Tokens++
	kind := t.Kind.String()
	if _, known := s.Kinds[kind]; !known && len(s.Kinds) >= mostKinds {
		kind = otherKinds
	}
	s.Kinds[kind]++
	over := review.Is(t, review.Expired, c.at) == model.Yes
	if over {
		s.Over++
	} else {
		s.Never.Add(review.Is(t, review.NeverExpires, c.at))
		s.Inactive.Add(review.Is(t, review.InactiveOwner, c.at))
		s.Unused.Add(review.Is(t, review.Unused, c.at))
		c.ends(t)
	}
	if !c.wanted.OfEnds() && len(s.Shown) < mostShown {
		s.Shown = append(s.Shown, shown(t, false))
	}
}

// ends counts when a token ends that is not over.
func (c *Counter) ends(t *model.Token) {
	s := &c.system
	end, known := t.Expires.Time()
	switch {
	case !known:
		if t.Expires.Knowledge() == model.Unknown {
			s.NoWord++
		}
		return
	case review.Brief(t, c.at):
		s.Brief++
		return
	}
	if s.Next.IsZero() || end.Before(s.Next) {
		s.Next = end
	}
	within := func(of Threshold) bool { return of.OfEnds() && end.Before(c.at.Now.Add(of.Within)) }
	warn, crit := within(c.wanted.Warn), within(c.wanted.Crit)
	if warn {
		s.Warn++
	}
	if crit {
		s.Crit++
	}
	if warn || crit {
		s.show(shown(t, crit))
	}
}

// show keeps those that end first.
func (s *System) show(one Shown) {
	at, _ := slices.BinarySearchFunc(s.Shown, one, sooner)
	s.Shown = slices.Insert(s.Shown, at, one)
	s.Shown = s.Shown[:min(len(s.Shown), mostShown)]
}

func sooner(a, b Shown) int {
	first, _ := a.Ends.Time()
	second, _ := b.Ends.Time()
	return cmp.Or(first.Compare(second), cmp.Compare(a.ID, b.ID))
}

func shown(t *model.Token, critical bool) Shown {
	name := cmp.Or(t.Name.String(), "#"+model.Clean(t.ID).String())
	return Shown{t.ID, name, cmp.Or(t.Owner.Username.String(), model.Clean(t.Owner.ID).String()), t.Expires, critical}
}
