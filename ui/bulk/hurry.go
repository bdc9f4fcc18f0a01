package bulk

import (
	"maps"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model/plan"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// hurries reports whether a key is that of somebody who does not wait for a second reading, and
// gives it up: esc alone, and what asks a question before it goes on with what is known by then.
func (s *sheet) hurries(msg tea.KeyMsg) bool {
	g := s.glance
	switch {
	case g == nil || g.given:
		return false
	case key.Matches(msg, s.Keys.Back):
	case key.Matches(msg, s.Keys.Apply):
		g.then = func() (order.Modal, tea.Cmd) { return s.ask(plan.Rest) }
	case key.Matches(msg, s.Keys.Regenerate):
		g.then = func() (order.Modal, tea.Cmd) { return s.ask(plan.OnlyFailed) }
	default:
		return false
	}
	g.given = true
	g.cancel()
	return true
}

// learns takes in what was asked for beside a run.
func (s *sheet) learns(msg tea.Msg) (order.Modal, tea.Cmd) {
	switch msg := msg.(type) {
	case written:
		if msg.to == s {
			s.wrote(msg)
		}
	case looked:
		if msg.to == s {
			s.found(msg)
		}
	case readied:
		return s.readied(msg)
	case glanced:
		if msg.to == s {
			return s.saw(msg)
		}
	}
	return s, nil
}

// take takes in what was seen of lines. Of a reading that was given up it is not all, and what
// was seen before of the others stays.
func (s *sheet) take(seen map[int]plan.Seen, given bool) {
	maps.DeleteFunc(seen, func(line int, _ plan.Seen) bool { // what became of the others is known
		return !s.ends[line].Open()
	})
	s.partly = given
	if given {
		before := maps.Clone(s.seen)
		if before == nil {
			before = map[int]plan.Seen{}
		}
		maps.Copy(before, seen)
		seen = before
	}
	s.seen = seen
}

// unread is how many of the lines that would be sent were not read again, because that was given
// up.
func (s *sheet) unread(which plan.Which) (n int) {
	if !s.partly {
		return 0
	}
	read := map[*plan.Line]bool{}
	for i := range s.seen {
		read[&s.here.Lines[i]] = true
	}
	for l := range s.chosen(which) {
		if !read[l] {
			n++
		}
	}
	return n
}

// hasty is what a question says of that.
func (s *sheet) hasty(which plan.Which) []string {
	n := s.unread(which)
	if n == 0 {
		return nil
	}
	return []string{"Not all were read again since the plan was made: " + look.Plural(n, "token") + " not. Each is read right before it is changed."}
}
