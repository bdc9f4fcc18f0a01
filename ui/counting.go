package ui

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model/review"
	"authdeck/ui/list"
	"authdeck/ui/standing"
)

// counted are the numbers of tokens, as far as they are known.
type counted struct {
	to    *systems
	asked int
	each  []review.Counted
}

// countOn asks for the numbers that were not known yet.
type countOn struct {
	to    *systems
	asked int
}

// pause is between two questions how far the counting is.
const pause = 500 * time.Millisecond

// count asks for the numbers of tokens.
func (s *systems) count(fresh bool) tea.Cmd {
	if s.union == nil {
		return nil
	}
	s.counts++
	asked, union := s.counts, s.union
	return func() tea.Msg { return counted{s, asked, union.Count(context.Background(), fresh)} }
}

// tally takes the numbers that have come. While somebody looks, the others are asked for.
func (s *systems) tally(msg counted) tea.Cmd {
	reading := false
	for _, c := range msg.each {
		i := slices.IndexFunc(s.rows, func(row standing.System) bool { return row.Info.Name == c.System })
		if i < 0 {
			continue
		}
		s.rows[i].Tokens = &c
		s.rows[i].Hear(standing.Heard{At: c.Heard, Took: c.Took})
		reading = reading || c.Stage.Reading()
	}
	s.put()
	if !reading || !s.nav.shows(s) {
		return nil
	}
	return s.Clock.After(pause, countOn{s, msg.asked})
}

// answers is when a list was asked for that has come, and how long that took.
type answers interface {
	State() list.State
	AsOf() time.Time
	Took() time.Duration
}

// hear notes the answers that the lists of a system are.
func (s *systems) hear(index int, lists ...answers) {
	for _, l := range lists {
		if index >= 0 && l.State() == list.Ready && s.rows[index].Hear(standing.Heard{At: l.AsOf().Add(l.Took()), Took: l.Took()}) {
			s.put()
		}
	}
}
