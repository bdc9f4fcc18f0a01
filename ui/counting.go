package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/model/review"
	"authdeck/ui/list"
	"authdeck/ui/look"
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

// answered are what a question has found and what it could not tell, ahead of all else that is
// said of the rows: the words of the question, the page and what was read give way first. How
// many were found must never stand there without how many may be missing.
func (b *browser[T]) answered(s *model.Sifted) string {
	narrowed := strings.Join(b.narrowing(), ", ")
	marked := ""
	if b.marked != nil {
		marked = strings.Join(b.marked(), " · ")
	}
	room := b.nav.headingRoom()
	if marked != "" && b.width < roomy {
		number, _, _ := strings.Cut(marked, " ")
		marked = "*" + number
		room -= len(marked) + 1
	} else if marked != "" {
		room -= ansi.StringWidth(marked + between)
		marked += between[:len(between)-1]
	}
	return strings.TrimSpace(marked + " " + counting(b.counts(s), narrowed, room))
}

// between stands between two things that a heading says.
const between = " · "

// counts are the ways to say how many there are and of how many it cannot be told, the most
// wordy first.
func (b *browser[T]) counts(s *model.Sifted) []string {
	total, unsaid := b.list.Total(), look.Thousands(s.Unsaid)
	number, found := look.Thousands(total), look.Plural(total, b.noun)
	switch {
	case b.list.Shown().Untold && total == model.Uncounted:
		return []string{"of these it cannot be told", "untold"}
	case b.list.Shown().Untold:
		return []string{found + between + "of these it cannot be told", number + " of which it cannot be told", number + " cannot be told", number + " untold", "untold"}
	case total == model.Uncounted && s.Unsaid == 0:
		return []string{""}
	case total == model.Uncounted:
		return []string{unsaid + " cannot be told", unsaid + " untold"}
	case s.Unsaid == 0:
		return []string{found, number}
	}
	return []string{found + between + unsaid + " cannot be told", found + between + unsaid + " untold", number + between + unsaid + " untold", number + between + unsaid + " ?", number + between + "?"}
}

// counting is the first of the counts that there is room for with the question, else the first
// for which there is any, with as much of the question as there is room for beside it.
func counting(counts []string, question string, room int) string {
	for _, c := range counts[:min(2, len(counts))] {
		if both := question + between + c; ansi.StringWidth(both) <= room {
			return strings.TrimSuffix(both, between)
		}
	}
	count := look.Longest(room, counts...)
	if left := room - ansi.StringWidth(count+between); left >= leastQuestion {
		return look.Cut(question, left) + strings.TrimSuffix(between+count, between)
	}
	return count
}

// leastQuestion is how much of a question is told apart from another.
const leastQuestion = 10
