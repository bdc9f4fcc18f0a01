package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// messages are those of a command, before anybody has heard them.
func messages(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	batch, is := msg.(tea.BatchMsg)
	if !is {
		return []tea.Msg{msg}
	}
	var all []tea.Msg
	for _, one := range batch {
		all = append(all, messages(one)...)
	}
	return all
}

// goOn lets in what has come, and only then goes on with the plan.
func (d *driver) goOn() {
	d.t.Helper()
	held := d.held
	d.held = nil
	var cmds []tea.Cmd
	for _, msg := range held {
		_, cmd := d.app.Update(msg)
		cmds = append(cmds, cmd)
	}
	if s, is := d.app.Desk.Plans.(*shelf); is {
		close(s.gate)
	}
	for _, cmd := range cmds {
		d.run(cmd)
	}
}

// begun is a console with a plan of nine lines that somebody has said yes to, of which nothing
// has come back so far.
func begun(t *testing.T) *driver {
	t.Helper()
	d := planner(t, crowd(newClock()))
	d.app.Desk.Plans = &shelf{gate: make(chan struct{})}
	d.press("/user0")
	d.pressKey(tea.KeyEnter)
	d.press(":plan delete⏎")
	d.press("a")
	d.press("delete 9")
	_, cmd := d.app.Update(alone(tea.KeyMsg{Type: tea.KeyEnter}))
	d.held = messages(cmd)
	return d
}

func TestAPlanIsWaitedForByTheEndOfTheConsoleWhichSaysHowFarItCame(t *testing.T) {
	for how, hangup := range hangups() {
		t.Run(how, func(t *testing.T) {
			d := begun(t)
			d.give(hangup)
			d.ended(false)
			d.goOn()
			d.ended(true)
			said, lost := d.app.Farewell()
			if words := strings.Join(said, "\n"); lost != nil || !d.app.Undone() || !strings.Contains(words, " not begun") || !strings.Contains(words, "authdeck --plan /state/plan.json") {
				t.Errorf("on the way out it is said, undone %v: %s, %v", d.app.Undone(), words, lost)
			}
		})
	}
}

func TestTheFirstCtrlCOfAPlanBeginsNothingMore(t *testing.T) {
	d := begun(t)
	d.pressKey(tea.KeyCtrlC)
	d.ended(false)
	d.sees("Nothing more is begun, and what is under way is waited for; ctrl+c again leaves without that.")
	d.goOn()
	d.sees("can be sent")
	d.pressKey(tea.KeyCtrlC)
	d.ended(true)
	if said, _ := d.app.Farewell(); !d.app.Undone() || len(said) != 2 {
		t.Errorf("on the way out it is said: %q", said)
	}
}

func TestAConsoleWithoutAPlanHasNothingUndone(t *testing.T) {
	d := start(t, company(newClock()))
	if said, lost := d.app.Farewell(); len(said) > 0 || lost != nil || d.app.Undone() {
		t.Errorf("%q, %v", said, lost)
	}
}
