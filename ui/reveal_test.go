package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// holding is a console with a new key in its hand.
func holding(t *testing.T) *driver {
	t.Helper()
	d := start(t, company(newClock()))
	d.press("ry")
	d.sees("The new key of token #100 of sara")
	return d
}

func TestANewKeyIsMaskedUntilItIsAskedFor(t *testing.T) {
	d := holding(t)
	d.seesNot(canary)
	d.press("v")
	d.sees(canary, "v hide")
	d.press("v")
	d.seesNot(canary)
}

func TestAKeyThatNobodyTookIsNotLostByOneKeypress(t *testing.T) {
	for name, leave := range map[string]tea.KeyType{"esc": tea.KeyEsc, "enter": tea.KeyEnter} {
		t.Run(name, func(t *testing.T) {
			d := holding(t)
			d.pressKey(leave)
			d.sees("Close, and lose the key?")
			d.pressKey(leave)
			d.sees("The new key of token #100 of sara")
			d.pressKey(leave)
			d.press("l")
			d.sees("The key is gone; regenerate the token for another.")
			d.pointsAt("sara")
		})
	}
}

func TestAKeyThatWasTakenClosesAtOnce(t *testing.T) {
	for name, take := range map[string]string{"seen": "v", "sent": "y", "written": "w"} {
		t.Run(name, func(t *testing.T) {
			d := holding(t)
			d.press(take)
			d.pressKey(tea.KeyEsc)
			d.seesNot("The new key", "lose the key")
			d.pointsAt("sara")
		})
	}
}

func TestLeavingWithAnUntakenKeyTakesTwoCtrlC(t *testing.T) {
	d := holding(t)
	d.pressKey(tea.KeyCtrlC)
	d.ended(false)
	d.sees("ctrl+c again loses the new key")
	d.pressKey(tea.KeyCtrlC)
	d.ended(true)
}

func TestLeavingWithATakenKeyTakesOneCtrlC(t *testing.T) {
	d := holding(t)
	d.press("v")
	d.pressKey(tea.KeyCtrlC)
	d.ended(true)
}

func TestWhatIsSentAndWrittenIsTheKeyItself(t *testing.T) {
	d := holding(t)
	d.press("yw")
	if len(d.sent) != 1 || d.sent[0] != canary {
		t.Errorf("sent: %q", d.sent)
	}
	if len(d.kept) != 2 || d.kept[1] != canary || d.kept[0] != "shop-100-20260301T120000Z.key" {
		t.Errorf("written: %q", d.kept)
	}
	d.sees("The key was sent to the clipboard", "The key was written to a file that only you can read:", "/keys/shop-100-20260301T120000Z.key")
	d.seesNot(canary)
}

func TestAKeyThatCouldNotBeSentIsNotTaken(t *testing.T) {
	for name, take := range map[string]string{"sent": "y", "written": "w"} {
		t.Run(name, func(t *testing.T) {
			d := holding(t)
			d.sendErr, d.keepErr = errBroken, errBroken
			d.press(take)
			d.sees("The key was not taken: it broke")
			d.pressKey(tea.KeyEsc)
			d.sees("Close, and lose the key?")
		})
	}
}

func TestTheKeyIsNotPushedOffASmallScreen(t *testing.T) {
	d := holding(t)
	d.sendErr, d.keepErr = errBroken, errBroken
	d.resize(40, 10)
	d.press("ywywyw")
	d.press("v")
	d.sees(canary)
}

func TestNothingHoldsTheKeyAfterItsDialogIsClosed(t *testing.T) {
	for name, steps := range map[string]func(*driver){
		"seen":             func(d *driver) { d.press("v"); d.pressKey(tea.KeyEsc) },
		"seen and hidden":  func(d *driver) { d.press("vvv"); d.pressKey(tea.KeyEnter) },
		"sent and written": func(d *driver) { d.press("yyw"); d.pressKey(tea.KeyEsc) },
		"seen, then sent":  func(d *driver) { d.press("yvwyv"); d.pressKey(tea.KeyEsc) },
		"lost":             func(d *driver) { d.pressKey(tea.KeyEsc); d.press("l") },
	} {
		t.Run(name, func(t *testing.T) {
			d := holding(t)
			if found := find(d.app, canary); found == "" {
				t.Fatal("the search does not find a key that is there")
			}
			steps(d)
			if found := find(d.app, canary); found != "" {
				t.Errorf("the key is still in %s", found)
			}
			for _, s := range d.systems[0].issued {
				if strings.ContainsAny(s.Reveal(), canary) {
					t.Error("a copy of the key was not wiped")
				}
			}
			if strings.Contains(d.log.String(), canary) {
				t.Error("the key is in the log")
			}
		})
	}
}

func TestAClipboardThatIsLateStillGetsTheKey(t *testing.T) {
	d := holding(t)
	_, send := d.app.Update(alone(letter('y')))
	d.press("v")
	d.pressKey(tea.KeyEsc)
	d.run(send)
	if len(d.sent) != 1 || d.sent[0] != canary {
		t.Errorf("sent: %q", d.sent)
	}
	d.seesNot(canary)
}

func TestNotesOfTheServerAreShownWithTheKey(t *testing.T) {
	d := start(t, company(newClock()))
	m := newReveal(d.app.desk, operation{done: "The new key"}, model.Issued{Key: model.NewSecret("a\x1b[2Jb"), Notes: []string{"It ends in a year."}})
	m.Update(letter('v'))
	view := m.View(100, 20)
	for _, want := range []string{"It ends in a year.", "altered for the screen", "a␛[2Jb"} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is not in\n%s", want, view)
		}
	}
}
