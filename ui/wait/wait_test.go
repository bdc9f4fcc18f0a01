package wait

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// watch is a clock that a test turns, and the one timer that is set on it.
type watch struct {
	t    *testing.T
	now  time.Time
	due  time.Time
	msg  tea.Msg
	sets int // how many timers were set
}

func (w *watch) clock() Clock {
	return Clock{Now: func() time.Time { return w.now }, After: func(d time.Duration, msg tea.Msg) tea.Cmd {
		return func() tea.Msg {
			w.due, w.msg = w.now.Add(d), msg
			w.sets++
			return nil
		}
	}}
}

func begin(t *testing.T) (*watch, *Model) {
	t.Helper()
	w := &watch{t: t, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	return w, New(w.clock())
}

func run(cmd tea.Cmd) {
	if cmd != nil {
		cmd()
	}
}

// pass lets time go by and delivers the ticks that fall due.
func (w *watch) pass(m *Model, d time.Duration) {
	end := w.now.Add(d)
	for w.msg != nil && !w.due.After(end) {
		msg := w.msg
		w.now, w.msg = w.due, nil
		run(m.Update(msg))
	}
	w.now = end
}

func (w *watch) sees(m *Model, want string) {
	w.t.Helper()
	if got := m.View(); got != want {
		w.t.Errorf("it says %q, want %q", got, want)
	}
}

func TestTheFirstMomentsAreSilent(t *testing.T) {
	w, m := begin(t)
	run(m.Start())
	w.sees(m, "")
	w.pass(m, Grace-time.Millisecond)
	w.sees(m, "")
	w.pass(m, time.Millisecond)
	if m.View() == "" {
		t.Error("it is still silent after the first moments")
	}
}

func TestThenItSpeaksOnceASecond(t *testing.T) {
	w, m := begin(t)
	run(m.Start())
	w.pass(m, Grace)
	before := w.sets
	w.pass(m, 10*time.Second)
	w.sees(m, "10 s")
	if n := w.sets - before; n != 10 {
		t.Errorf("it ticked %d times in ten seconds", n)
	}
}

func TestItStopsTicking(t *testing.T) {
	w, m := begin(t)
	run(m.Start())
	w.pass(m, 2*time.Second)
	m.Stop()
	w.sees(m, "")
	before := w.sets
	w.pass(m, time.Minute)
	if w.sets != before {
		t.Error("it goes on ticking")
	}
}

func TestATickOfAnEarlierWaitIsNotItsOwn(t *testing.T) {
	w, m := begin(t)
	run(m.Start())
	late := w.msg
	run(m.Start())
	if m.Update(late) != nil || m.View() != "" {
		t.Error("an old tick was taken")
	}
	_, other := begin(t)
	if other.Update(w.msg) != nil {
		t.Error("another one's tick was taken")
	}
	if m.Update(tea.KeyMsg{}) != nil {
		t.Error("a key was taken for a tick")
	}
}

func TestACountdownEndsByItself(t *testing.T) {
	w, m := begin(t)
	run(m.Rest(3 * time.Second))
	for _, want := range []string{"3 s", "2 s", "1 s"} {
		w.sees(m, want)
		if !m.Resting() {
			t.Errorf("at %s it does not rest", want)
		}
		w.pass(m, time.Second)
	}
	w.sees(m, "")
	if m.Resting() || w.msg != nil {
		t.Error("it rests or ticks for ever")
	}
}

func TestACountdownNeverGoesBelowNothing(t *testing.T) {
	w, m := begin(t)
	run(m.Rest(1500 * time.Millisecond))
	for range 30 {
		w.pass(m, 100*time.Millisecond)
		if got := m.View(); got != "" && got != "2 s" && got != "1 s" && got != "0 s" {
			t.Fatalf("it says %q", got)
		}
	}
	w.sees(m, "")
}

func TestNoRestIsNoCountdown(t *testing.T) {
	for _, d := range []time.Duration{0, -time.Second} {
		w, m := begin(t)
		if m.Rest(d) != nil || m.Resting() {
			t.Errorf("%v is a rest", d)
		}
		w.sees(m, "")
	}
}

func TestACountdownTakesTheWaitsPlace(t *testing.T) {
	w, m := begin(t)
	run(m.Start())
	late := w.msg
	run(m.Rest(time.Minute))
	if m.Update(late) != nil {
		t.Error("it ticks twice as fast")
	}
	w.sees(m, "60 s")
}

func TestAWaitTakesTheCountdownsPlace(t *testing.T) {
	w, m := begin(t)
	run(m.Rest(time.Minute))
	run(m.Start())
	if m.Resting() {
		t.Error("it still rests")
	}
	w.sees(m, "")
}

func TestTheRealClockRuns(t *testing.T) {
	c := System()
	if c.Now().IsZero() || c.After(0, "now")() != "now" {
		t.Error("the clock stands still")
	}
}
