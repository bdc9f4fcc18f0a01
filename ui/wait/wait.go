// Package wait is a bubble that shows time passing while an answer is waited
// for, or until a server wants to be asked again. It is silent for the first
// moments and then writes once a second: on a slow line a spinner costs more
// than what it waits for. It does not know whose answer it is.
package wait

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Grace is how long nothing is shown: most answers come sooner.
const Grace = 300 * time.Millisecond

// Clock is the time as the console sees it; tests bring their own.
type Clock struct {
	Now   func() time.Time
	After func(time.Duration, tea.Msg) tea.Cmd // the message, after that time
}

// System is the real clock.
func System() Clock {
	return Clock{Now: time.Now, After: func(d time.Duration, msg tea.Msg) tea.Cmd {
		return tea.Tick(d, func(time.Time) tea.Msg { return msg })
	}}
}

type state int

const (
	still state = iota
	quiet       // waiting, within the grace
	rising
	falling
)

// Model counts seconds, up from [Model.Start] or down from [Model.Rest]. Its
// zero value counts nothing; New gives it a clock.
type Model struct {
	clock Clock
	state state
	tag   int // of the ticks that are still its own
	since time.Time
	until time.Time
}

// New is a model at rest.
func New(clock Clock) *Model { return &Model{clock: clock} }

type tick struct {
	to  *Model
	tag int
}

// Start begins to wait.
func (m *Model) Start() tea.Cmd {
	m.tag++
	m.state, m.since = quiet, m.clock.Now()
	return m.next(Grace)
}

// Rest counts down from d.
func (m *Model) Rest(d time.Duration) tea.Cmd {
	m.Stop()
	if d <= 0 {
		return nil
	}
	m.state, m.until = falling, m.clock.Now().Add(d)
	return m.next(time.Second)
}

// Stop ends the waiting, and with it the ticks.
func (m *Model) Stop() {
	m.tag++
	m.state = still
}

// Update takes the model's own ticks and lets everything else pass.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	t, ok := msg.(tick)
	if !ok || t.to != m || t.tag != m.tag {
		return nil
	}
	switch m.state {
	case still:
		return nil
	case quiet:
		m.state = rising
	case falling:
		if m.left() <= 0 {
			m.Stop()
			return nil
		}
	case rising:
	}
	return m.next(time.Second)
}

// View is what there is to say: nothing, "a moment", "12 s".
func (m *Model) View() string {
	switch m.state {
	case rising:
		if waited := m.clock.Now().Sub(m.since); waited >= time.Second/2 {
			return seconds(waited)
		}
		return "a moment"
	case falling:
		return seconds(m.left())
	case still, quiet:
	}
	return ""
}

// Since is what is waited for, and for how long once that is a second.
func (m *Model) Since(what string) string {
	if m.state != rising || m.clock.Now().Sub(m.since) < time.Second/2 {
		return what
	}
	return what + ", " + m.View()
}

// Resting reports whether a countdown is under way.
func (m *Model) Resting() bool { return m.state == falling }

func (m *Model) left() time.Duration { return m.until.Sub(m.clock.Now()) }

func (m *Model) next(d time.Duration) tea.Cmd { return m.clock.After(d, tick{m, m.tag}) }

func seconds(d time.Duration) string {
	return fmt.Sprintf("%d s", int(d.Round(time.Second)/time.Second))
}
