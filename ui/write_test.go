package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/terminal"
)

// writing is a console with a write under way.
func writing(t *testing.T) *driver {
	t.Helper()
	d := start(t, company(newClock()))
	d.press("r")
	d.hold()
	d.press("y")
	d.sees("Regenerating token #100 of sara")
	return d
}

func TestKeysDuringAWriteDoNothingAndSaySo(t *testing.T) {
	d := writing(t)
	for _, k := range []string{"n", "q", "j", "2", "?", "y", "r"} {
		d.press(k)
		d.sees("The request is sent once, and its answer is waited for", "Regenerating token #100 of sara")
	}
	d.pressKey(tea.KeyEsc, tea.KeyEnter, tea.KeyCtrlR)
	d.sees("Regenerating token #100 of sara")
	d.wrote("regenerate 100")
	d.release()
	d.sees("The new key of token #100 of sara")
}

func TestTheSecondsOfAWriteAreCounted(t *testing.T) {
	d := writing(t)
	d.sees("waiting for the answer")
	d.seesNot("waiting for the answer,", "a moment")
	d.pass(3400 * time.Millisecond)
	d.sees("waiting for the answer, 3 s")
}

func TestLeavingDuringAWriteTakesTwoCtrlC(t *testing.T) {
	d := writing(t)
	d.pressKey(tea.KeyCtrlC)
	d.ended(false)
	d.sees("ctrl+c again leaves")
	d.press("j")
	d.pressKey(tea.KeyCtrlC)
	d.ended(false)
	d.pressKey(tea.KeyCtrlC)
	d.ended(true)
}

func TestALostTerminalWaitsForTheAnswerOfAWrite(t *testing.T) {
	d := writing(t)
	d.give(terminal.Hangup{})
	d.ended(false)
	d.pass(5 * time.Second)
	d.ended(false)
	d.release()
	d.ended(true)
	d.wrote("regenerate 100")
}

func TestAKeyAfterTheHangupDoesNotKeepTheProgramAlive(t *testing.T) {
	d := writing(t)
	d.give(terminal.Hangup{})
	d.press("j")
	d.pressKey(tea.KeyCtrlC)
	d.release()
	d.ended(true)
}

func TestAKeyThatNobodyHasTakenOutlivesTheTerminal(t *testing.T) {
	for name, before := range map[string]func(*driver){
		"on the screen": func(d *driver) { d.release() },
		"on its way":    func(*driver) {},
	} {
		t.Run(name, func(t *testing.T) {
			d := writing(t)
			before(d)
			d.give(terminal.Hangup{})
			d.release()
			d.ended(true)
			if len(d.kept) != 2 || d.kept[1] != canary {
				t.Errorf("kept %q", d.kept)
			}
		})
	}
}

func TestALostTerminalEndsTheProgramAtOnce(t *testing.T) {
	for name, keys := range map[string]string{"list": "", "question": "d", "search": "/x", "help": "?", "users": "2", "systems": "0", "key": "ry"} {
		t.Run(name, func(t *testing.T) {
			d := start(t, company(newClock()))
			d.press(keys)
			d.give(terminal.Hangup{})
			d.ended(true)
		})
	}
}

func TestAnUncertainWriteIsSaidToBeSoAndNotRepeated(t *testing.T) {
	r := company(newClock())
	r.fail["regenerate"] = model.Fail(model.Uncertain, "the answer was lost")
	d := start(t, r)
	reads := r.count("tokens")
	d.press("ry")
	d.sees("Regenerating token #100 of sara: nobody knows", "It may have happened, or not: the answer was lost", "authdeck does not repeat it; a proxy in between may.", "If it happened, its new key did not come, and no system shows it again.")
	d.seesNot("Nothing was changed", "failed")
	d.wrote("regenerate 100")
	if r.count("tokens") != reads+1 {
		t.Error("the list was not read again")
	}
	d.pressKey(tea.KeyEnter)
	d.pass(time.Minute)
	d.wrote("regenerate 100")
	if n := r.count("tokens") - reads; n != 3 {
		t.Errorf("the list was read %d times after it, want 3: with the answer, and with each later look", n)
	}
}

func TestHalfAWriteIsNotCalledNothing(t *testing.T) {
	r := company(newClock())
	r.fail["regenerate"] = model.Fail(model.Partial, "the old one is still there")
	d := start(t, r)
	d.press("ry")
	d.sees("It half happened: the old one is still there")
	d.seesNot("Nothing was changed")
}

func TestTheListThatWasNeverReadIsNotReadAfterAWrite(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("ry")
	if n := r.count("users"); n != 0 {
		t.Errorf("users were asked for %d times", n)
	}
}

func TestAFailedWriteIsLoggedWithoutItsWords(t *testing.T) {
	r := company(newClock())
	r.fail["delete"] = model.Fail(model.Invalid, "words of the server")
	d := start(t, r)
	d.press("dy")
	if log := d.log.String(); !strings.Contains(log, "kind=invalid") || strings.Contains(log, "words of the server") {
		t.Errorf("the log says %q", log)
	}
}

func TestTheActionStaysWithItsObjectWhateverTheListDoes(t *testing.T) {
	for name, change := range map[string]func(*remote){
		"moved":   func(r *remote) { r.tokens[0], r.tokens[4] = r.tokens[4], r.tokens[0] },
		"removed": func(r *remote) { r.remove("100") },
		"emptied": func(r *remote) { r.tokens = nil },
	} {
		t.Run(name, func(t *testing.T) {
			r := company(newClock())
			d := start(t, r)
			d.hold()
			change(r)
			d.pressKey(tea.KeyCtrlR)
			d.press("d")
			d.release()
			d.sees("Delete token #100 of sara?")
			d.press("y")
			d.wrote("delete 100")
		})
	}
}

func TestTheReadAfterAWriteIsOfTheRowsThatAreShown(t *testing.T) {
	for name, fail := range map[string]string{"page": "n", "order": "sj⏎"} {
		t.Run(name, func(t *testing.T) {
			r := crowd(newClock())
			d := start(t, r)
			d.pass(2 * time.Minute)
			r.fail["tokens"] = errBroken
			d.press(fail)
			delete(r.fail, "tokens")
			d.press("jry")
			d.press("v")
			d.pressKey(tea.KeyEsc)
			d.sees("page 1 of 3", "created ↓")
			d.pointsAt("user02")
		})
	}
}

func TestALostChangeOfTheOwnTokenSaysHowItShows(t *testing.T) {
	r := company(newClock())
	r.fail["regenerate"] = model.Fail(model.Uncertain, "the connection broke off")
	d := start(t, r)
	d.press("Gr")
	d.press("y")
	d.sees("if it is refused from now on, it happened")
	d.pressKey(tea.KeyEnter)
	d.press("gr")
	d.press("y")
	d.sees("nobody knows")
	d.seesNot("if it is refused from now on")
}

func TestOnlyWhatLeavesADoubtHasToBeUnderstood(t *testing.T) {
	for err, want := range map[error]string{
		model.Fail(model.Forbidden, ""):                     "enter close",
		model.Fail(model.Partial, "the old one is there"):   "enter understood",
		model.Fail(model.Uncertain, "the answer was lost"):  "enter understood",
		model.Fail(model.Contradicted, "it is still there"): "enter understood",
	} {
		r := company(newClock())
		r.fail["delete"] = err
		d := start(t, r)
		d.press("dy")
		d.sees(want)
		d.seesNot("new key") // a deletion has none
	}
}
