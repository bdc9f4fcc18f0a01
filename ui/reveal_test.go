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
	for name, take := range map[string]string{"seen": "v", "written": "w", "sent and seen": "yv", "seen and sent": "vy"} {
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
	d.sees("? sent to the clipboard", "✓ written to a file only you can read:", "/keys/shop-100-20260301T120000Z.key")
	d.seesNot(canary)
}

func TestAKeyThatIsSentTwiceSaysSoOnce(t *testing.T) {
	d := holding(t)
	d.press("yyy")
	d.sendErr = errBroken
	d.press("y")
	d.sendErr = nil
	d.press("yy")
	if words := d.app.View(); strings.Count(words, "? sent to the clipboard") != 1 || strings.Count(words, "The key was not taken: it broke") != 1 {
		t.Errorf("the screen is\n%s", words)
	}
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
		"sent":             func(d *driver) { d.press("y"); d.pressKey(tea.KeyEsc); d.press("l") },
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
	r := company(newClock())
	r.odd, r.notes = "a\x1b[2Jb", []string{"It ends in a year."}
	d := start(t, r)
	d.press("ryv")
	d.sees("It ends in a year.", "altered for the screen", "a␛[2Jb")
}

func TestAKeyThatOnlyAClipboardMayHaveIsAskedAboutOnce(t *testing.T) {
	for name, leave := range map[string]tea.KeyType{"esc": tea.KeyEsc, "enter": tea.KeyEnter} {
		t.Run(name, func(t *testing.T) {
			d := holding(t)
			d.press("y")
			d.pressKey(leave)
			d.sees("Close, and trust the clipboard?", "no terminal says whether it took it")
			d.pressKey(leave)
			d.sees("The new key of token #100 of sara")
			d.pressKey(leave)
			d.press("l")
			d.seesNot("The new key of")
			d.pointsAt("sara")
		})
	}
	d := holding(t)
	d.press("y")
	d.pressKey(tea.KeyCtrlC)
	d.ended(false)
	d.sees("the clipboard may not have the key")
	d.pressKey(tea.KeyCtrlC)
	d.ended(true)
}

// oddly is a console whose system gives a key that no system gives.
func oddly(t *testing.T, odd string) *driver {
	t.Helper()
	r := company(newClock())
	r.odd = odd
	d := start(t, r)
	d.press("ry")
	return d
}

func TestAKeyThatAPasteWouldRunGoesToNoClipboard(t *testing.T) {
	for _, odd := range []string{"evil; touch \nrm -rf y\n\x1b[201~z", "two words", "кириллица", "tab\there", "del\x7f", "\u200bhidden"} {
		d := oddly(t, odd)
		d.sees("It can go to no clipboard", "w write to a file")
		d.seesNot("y copy")
		d.press("y")
		d.sees("The key is not sent: it holds a blank, a control character")
		if len(d.sent) != 0 {
			t.Errorf("%q was sent", d.sent)
		}
		d.press("w")
		d.sees("✓ written to", "Look before you paste it anywhere")
		if len(d.kept) != 2 || d.kept[1] != odd {
			t.Errorf("kept %q, want %q as it is", d.kept, odd)
		}
	}
}

func TestAKeyThatTheScreenAlteredIsNotSeenByLookingAtIt(t *testing.T) {
	d := oddly(t, "a\x1b[2Jb")
	d.press("v")
	d.sees("This is not quite the key")
	d.pressKey(tea.KeyEsc)
	d.sees("Close, and lose the key?")
}

func TestATerminalWithoutAClipboardIsSaidToHaveNone(t *testing.T) {
	d := start(t, company(newClock()))
	d.app.NoClipboard = "a terminal of the kind linux has no clipboard"
	d.press("ry")
	d.sees("It can go to no clipboard: a terminal of the kind linux has no clipboard.", "v show")
	d.seesNot("y copy", "Copy it")
	d.press("y")
	d.sees("The key is not sent: a terminal of the kind linux has no clipboard.")
	if len(d.sent) != 0 {
		t.Errorf("%q was sent", d.sent)
	}
}

func TestAskingTwiceForAFileIsNoFailure(t *testing.T) {
	d := holding(t)
	_, first := d.app.Update(alone(letter('w')))
	_, second := d.app.Update(alone(letter('w')))
	d.sees("The key is being written to a file, and the answer is waited for.")
	d.run(second)
	d.run(first)
	if len(d.kept) != 2 {
		t.Errorf("kept %q", d.kept)
	}
	d.sees("✓ written to a file")
	d.seesNot("not taken")
}

func TestAKeyThatIsBeingWrittenIsNotLeftByOneKey(t *testing.T) {
	d := holding(t)
	d.app.Update(alone(letter('w')))
	d.pressKey(tea.KeyEsc)
	d.sees("The new key of token #100 of sara", "the answer is waited for")
	d.pressKey(tea.KeyCtrlC)
	d.ended(false)
	d.sees("ctrl+c again leaves; the key is not in its file yet")
}

func TestAnotherFolderIsOfferedWhereTheUsualOneTakesNoKey(t *testing.T) {
	d := holding(t)
	d.seesNot("o other folder")
	d.keepErr = errBroken
	d.press("w")
	d.sees("The key was not taken: it broke", "o other folder")
	d.press("o")
	d.pressKey(tea.KeyEnter)
	d.sees("a folder is needed")
	d.press("/x")
	d.pressKey(tea.KeyEsc)
	d.sees("y copy")
	d.press("o/srv/quay") // letters that are keys elsewhere
	d.sees("folder: /srv/quay")
	d.pressKey(tea.KeyEnter)
	d.sees("/srv/quay/keys/shop-100-20260301T120000Z.key")
	d.seesNot("not taken", canary)
	d.pressKey(tea.KeyEsc)
	d.pointsAt("sara")
}

func TestTheStartSaysWhatLiesThere(t *testing.T) {
	r := company(newClock())
	d := prepare(t, 0, r)
	w := d.app.world
	w.Welcome = "A rescued key lies in /keys."
	d.app = New(w, []model.API{r}, 0)
	d.begin(100, 30)
	d.sees("A rescued key lies in /keys.")
	d.press("j")
	d.seesNot("A rescued key lies")
}

func TestTheStartDoesNotWaitForWhatTakesTime(t *testing.T) {
	r := company(newClock())
	d := prepare(t, 0, r)
	w := d.app.world
	w.Welcome = "A rescued key lies in /keys."
	w.Later = func() string {
		d.sees("A rescued key lies in /keys.")
		d.seesNot("1 plan was left")
		return "1 plan was left in the middle."
	}
	d.app = New(w, []model.API{r}, 0)
	d.begin(100, 30)
	d.sees("A rescued key lies in /keys. 1 plan was left in the middle.")
	d.press("j")
	d.seesNot("1 plan was left")
}

func TestAShownKeyIsInNoStringOfTheScreen(t *testing.T) {
	d := holding(t)
	d.press("v")
	d.sees(canary)
	for _, size := range [][2]int{{100, 30}, {40, 10}, {44, 12}} {
		d.resize(size[0], size[1])
		if strings.Contains(d.app.View(), canary[:8]) {
			t.Errorf("a frame of %v holds the key itself", size)
		}
	}
	d.press("v")
	if !d.unveiled.Empty() {
		t.Error("the terminal still knows a key that is hidden")
	}
	d.press("v")
	d.pressKey(tea.KeyEsc)
	if !d.unveiled.Empty() {
		t.Error("the terminal still knows a key whose dialog is closed")
	}
}
