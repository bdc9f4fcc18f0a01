package ui

import (
	"slices"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/order"
	"authdeck/ui/wait"
)

// clock is a time that stands still until a test moves it on. Systems that share one are asked
// one after the other: a plan asks from several goroutines.
type clock struct {
	mu      sync.Mutex
	now     time.Time
	timers  []timer
	instant bool // short waits are over at once, as for a person who reads first
}

type timer struct {
	due time.Time
	msg tea.Msg
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), instant: true}
}

func (c *clock) waiting() wait.Clock {
	return wait.Clock{Now: c.read, After: c.after}
}

func (c *clock) read() time.Time {
	defer c.hold()()
	return c.now
}

// hold keeps everybody else away until it is let go.
func (c *clock) hold() (letGo func()) {
	c.mu.Lock()
	return c.mu.Unlock
}

func (c *clock) after(d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		defer c.hold()()
		if c.instant && d <= order.Arming {
			return msg
		}
		c.timers = append(c.timers, timer{c.now.Add(d), msg})
		return nil
	}
}

// next moves on to the first timer that is due by a moment, and takes it.
func (c *clock) next(by time.Time) (tea.Msg, bool) {
	defer c.hold()()
	if len(c.timers) == 0 {
		return nil, false
	}
	first := slices.MinFunc(c.timers, func(a, b timer) int { return a.due.Compare(b.due) })
	if first.due.After(by) {
		return nil, false
	}
	i := slices.Index(c.timers, first)
	c.timers = slices.Delete(c.timers, i, i+1)
	c.now = first.due
	return first.msg, true
}
