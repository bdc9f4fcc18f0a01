package inventory

import (
	"fmt"
	"slices"
	"strings"

	"authdeck/model"
)

// comparison is a diff that is being made.
type comparison struct {
	diff   *Diff
	fields []field
	at     map[string]int // of systems, by name
}

// begin says of each system how far it can be compared.
func (c *comparison) begin(older, newer Head) {
	systems := map[string]*SystemDiff{}
	one := func(s *System) *SystemDiff {
		if systems[s.Name] == nil {
			systems[s.Name] = &SystemDiff{System: s.Name, Came: []Token{}, Went: []Token{}, Changed: []Changed{}, Unknown: []Unknown{}, Notes: []string{}}
		}
		systems[s.Name].Kind = s.Kind
		return systems[s.Name]
	}
	for i := range older.Systems {
		s := &older.Systems[i]
		one(s).old, one(s).OldTokens = s, s.Tokens
	}
	for i := range newer.Systems {
		s := &newer.Systems[i]
		one(s).new, one(s).NewTokens = s, s.Tokens
	}
	c.at = map[string]int{}
	for _, s := range systems {
		s.judge()
		c.diff.Systems = append(c.diff.Systems, *s)
	}
	slices.SortFunc(c.diff.Systems, func(a, b SystemDiff) int { return strings.Compare(a.System, b.System) })
	for i := range c.diff.Systems {
		c.at[c.diff.Systems[i].System] = i
	}
}

// judge says how far a system can be compared, and what has to be known of that.
func (s *SystemDiff) judge() {
	was, is := s.old, s.new
	switch {
	case is == nil:
		s.Compared = OnlyOld
		s.note("it is in the old inventory only: whether its tokens are there nobody knows")
		return
	case was == nil:
		s.Compared = OnlyNew
		s.note("it is in the new inventory only: whether its tokens were there before nobody knows")
		return
	case was.Kind != is.Kind:
		s.Compared = Another
		s.note("it was %s and is %s: another system, whose tokens are not compared", was.Kind, is.Kind)
		return
	}
	s.Compared = Fully
	for _, half := range []struct {
		name string
		of   *System
	}{{"old", was}, {"new", is}} {
		if !half.of.Whole {
			s.Compared = Partly
			s.note("it was not read whole for the %s inventory: %s", half.name, half.of.Why)
		}
	}
	if was.Host != is.Host {
		s.note("it was at %s, and is at %s", was.Host, is.Host)
	}
	if known(was.As, is.As) && was.As != is.As {
		s.note("it was read as %s, and now as %s: what one of them may not see is not there", was.As, is.As)
	}
	if known(was.Generation, is.Generation) && was.Generation != is.Generation {
		s.note("it was %s, and is %s", was.Generation, is.Generation)
	}
	if s.Compared == Fully && was.Note != is.Note {
		s.note("it said of its list %q, and says %q", was.Note, is.Note)
	}
}

// known reports whether all of it is told: one that did not answer tells nothing.
func known(said ...string) bool {
	return !slices.Contains(said, "") && !slices.Contains(said, model.UnknownWord)
}

func (s *SystemDiff) note(format string, words ...any) {
	s.Notes = append(s.Notes, letters(fmt.Sprintf(format, words...)))
}

// take looks at the next token of one of the two, or at the same in both.
func (c *comparison) take(order int, was, is *Token) {
	of := is
	if order < 0 {
		of = was
	}
	s, counts := &c.diff.Systems[c.at[of.System]], &c.diff.Counts
	switch {
	case s.Compared != Fully && s.Compared != Partly: // that is said of the system
	case order == 0:
		c.both(s, was, is)
	case order < 0 && s.new.Whole:
		s.Went = append(s.Went, *was)
		counts.Went++
	case order > 0 && s.old.Whole:
		s.Came = append(s.Came, *is)
		counts.Came++
	default:
		s.Unknown = append(s.Unknown, Unknown{map[bool]string{true: "old", false: "new"}[order < 0], *of})
		counts.Unknown++
	}
}

// both looks at a token that is in both.
func (c *comparison) both(s *SystemDiff, was, is *Token) {
	found := slices.DeleteFunc(changes(was, is, c.fields), func(one Change) bool { return slices.Contains(c.diff.Left, one.Class) })
	switch {
	case len(found) == 0:
		s.Same++
		c.diff.Counts.Same++
		return
	case slices.ContainsFunc(found, func(one Change) bool { return one.Class != Used }):
		c.diff.Counts.Changed++
	default:
		c.diff.Counts.Used++
	}
	s.Changed = append(s.Changed, Changed{is.ID, is.Name, is.Owner, found})
}
