package ui

import (
	"strings"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/terminal"
)

// signalled is the message of a signal that says nothing of the terminal.
func signalled() terminal.Hangup { return terminal.Hangup{Signal: syscall.SIGTERM} }

// hangups are the ways to be told to end.
func hangups() map[string]terminal.Hangup {
	return map[string]terminal.Hangup{
		"lost terminal": {}, "HUP": {Signal: syscall.SIGHUP}, "TERM": signalled(), "INT": {Signal: syscall.SIGINT}, "QUIT": {Signal: syscall.SIGQUIT},
	}
}

// rescued holds what was kept to one file with the key, told on the way out.
func (d *driver) rescued() {
	d.t.Helper()
	if len(d.kept) != 2 || d.kept[1] != canary || !strings.HasSuffix(d.kept[0], model.RescuedKey) {
		d.t.Fatalf("kept %q", d.kept)
	}
	said, lost := d.app.Farewell()
	if lost != nil || !strings.Contains(strings.Join(said, " "), "/keys/"+d.kept[0]) {
		d.t.Errorf("on the way out it is said: %q, %v", said, lost)
	}
}

func TestADroppedLineLosesNoKeyWhoeverMayHaveIt(t *testing.T) {
	for how, hangup := range hangups() {
		for name, keys := range map[string]string{"masked": "", "seen": "v", "seen and hidden": "vv", "sent": "y", "both": "vy", "about to be lost": "\x1b", "a folder half typed": "o"} {
			t.Run(how+" "+name, func(t *testing.T) {
				d := holding(t)
				d.keys(keys)
				d.give(hangup)
				d.ended(true)
				d.rescued()
			})
		}
	}
}

// keys types letters, and esc where it stands.
func (d *driver) keys(keys string) {
	d.t.Helper()
	for _, r := range keys {
		if r == '\x1b' {
			d.pressKey(tea.KeyEsc)
			continue
		}
		d.press(string(r))
	}
}

func TestAKeyOnItsWayIsRescuedWhenItComes(t *testing.T) {
	for how, hangup := range hangups() {
		t.Run(how, func(t *testing.T) {
			d := writing(t)
			d.give(hangup)
			d.ended(false)
			d.release()
			d.ended(true)
			d.rescued()
		})
	}
}

func TestAKeyThatTheConsoleSetItselfIsNotCalledRepeatable(t *testing.T) {
	r := company(newClock())
	delete(r.info.Missing, model.Reveal) // the system shows keys, to those who may see them
	d := start(t, r)
	d.press("ry")
	d.sees("The new key of token #100 of sara", "only to those who may see keys")
	d.pressKey(tea.KeyEsc)
	d.sees("Close, and lose the key?")
	d.seesNot("no system shows it again")
	d.give(terminal.Hangup{})
	d.ended(true)
	d.rescued()
}

func TestAKeyThatWasReadFromTheSystemNeedsNoFile(t *testing.T) {
	r := company(newClock())
	delete(r.info.Missing, model.Reveal)
	d := start(t, r)
	d.press("vy")
	d.sees("The key of token #100 of sara", "the system shows it again")
	d.give(terminal.Hangup{})
	d.ended(true)
	if len(d.kept) != 0 {
		t.Errorf("kept %q", d.kept)
	}
}

func TestAKeyThatWasWrittenIsNotWrittenAgain(t *testing.T) {
	d := holding(t)
	d.press("w")
	d.give(signalled())
	d.ended(true)
	if len(d.kept) != 2 {
		t.Errorf("kept %q", d.kept)
	}
	if said, lost := d.app.Farewell(); len(said) != 0 || lost != nil {
		t.Errorf("said %q, %v", said, lost)
	}
}

func TestAKeyThatIsBeingWrittenWhenTheLineDropsIsWaitedFor(t *testing.T) {
	for how, hangup := range hangups() {
		t.Run(how, func(t *testing.T) {
			d := holding(t)
			_, write := d.app.Update(alone(letter('w')))
			d.give(hangup)
			d.ended(false)
			d.run(write)
			d.ended(true)
			if len(d.kept) != 2 || d.kept[1] != canary {
				t.Errorf("kept %q", d.kept)
			}
			if said, _ := d.app.Farewell(); !strings.Contains(strings.Join(said, " "), d.kept[0]) {
				t.Errorf("on the way out it is said: %q", said)
			}
		})
	}
}

func TestOnlyTheFileItselfCountsAsTheRescue(t *testing.T) {
	d := holding(t)
	_, slow := d.app.Update(alone(letter('y')))
	_, rescue := d.app.Update(terminal.Hangup{})
	d.run(slow) // the clipboard answers while the disk does not
	d.ended(false)
	d.run(rescue)
	d.ended(true)
	d.rescued()
}

func TestAKeyThatNoFileTakesIsSaidToBeLostWhereNobodyIsThere(t *testing.T) {
	for how, hangup := range hangups() {
		if hangup.Attended() {
			continue
		}
		t.Run(how, func(t *testing.T) {
			d := holding(t)
			d.keepErr = errBroken
			d.give(hangup)
			d.ended(true)
			said, lost := d.app.Farewell()
			if len(said) != 0 || lost == nil || !strings.Contains(lost.Error(), "The new key of token #100 of sara could not be written to a file: it broke") {
				t.Errorf("said %q, lost %v", said, lost)
			}
			if log := d.log.String(); !strings.Contains(log, "key lost") || strings.Contains(log, canary) {
				t.Errorf("the log is\n%s", log)
			}
		})
	}
}

// strand is a console that was told to end with a key that no file takes, while
// its person is there.
func strand(t *testing.T) *driver {
	t.Helper()
	d := holding(t)
	d.keepErr = errBroken
	d.give(signalled())
	d.ended(false)
	d.sees("authdeck was told to end, and stays until the key is in a file.", "it broke", "o other folder")
	return d
}

func TestTheConsoleStaysWithAKeyThatNoFileTakesWhileSomebodyIsThere(t *testing.T) {
	d := strand(t)
	d.press("v")
	d.sees(canary)
	d.ended(false)
	d.press("o")
	d.sees("folder:", "enter write it there")
	d.press("/mnt/stick")
	d.pressKey(tea.KeyEnter)
	d.ended(true)
	if len(d.kept) != 2 || d.kept[1] != canary {
		t.Errorf("kept %q", d.kept)
	}
	if said, lost := d.app.Farewell(); lost != nil || !strings.Contains(strings.Join(said, " "), "/mnt/stick/keys/") {
		t.Errorf("said %q, %v", said, lost)
	}
}

func TestAStrandedConsoleEndsWhen(t *testing.T) {
	for name, then := range map[string]func(*driver){
		"the folder can be written again": func(d *driver) { d.keepErr = nil; d.press("w") },
		"it is told once more":            func(d *driver) { d.keepErr = nil; d.give(signalled()) },
		"the line drops":                  func(d *driver) { d.give(terminal.Hangup{}) },
		"the key is given up":             func(d *driver) { d.pressKey(tea.KeyEsc); d.press("l") },
		"the key was seen":                func(d *driver) { d.press("v"); d.pressKey(tea.KeyEsc) },
		"ctrl+c comes twice":              func(d *driver) { d.pressKey(tea.KeyCtrlC); d.ended(false); d.pressKey(tea.KeyCtrlC) },
	} {
		t.Run(name, func(t *testing.T) {
			d := strand(t)
			then(d)
			d.ended(true)
			if _, lost := d.app.Farewell(); (lost == nil) != (len(d.kept) == 2) {
				t.Errorf("lost %v, kept %q", lost, d.kept)
			}
		})
	}
}

func TestAStrandedConsoleThatIsToldAgainInVainStays(t *testing.T) {
	d := strand(t)
	d.give(signalled())
	d.ended(false)
	d.sees("stays until the key is in a file")
}

func TestAStrandedConsoleSaysWhyItStaysAfterEveryTry(t *testing.T) {
	d := strand(t)
	d.press("v")
	d.seesNot("stays until the key is in a file")
	d.press("w")
	d.ended(false)
	d.sees("stays until the key is in a file", "it broke")
}

func TestAKeyThatACrashLeavesInHandIsWritten(t *testing.T) {
	d := holding(t)
	d.app.Farewell() // nobody told the console to end
	d.rescued()
}

func TestAKeyThatACrashLeavesOnItsWayToAFileIsWritten(t *testing.T) {
	d := holding(t)
	d.app.Update(alone(letter('w'))) // whatever writes it may not come to it any more
	d.app.Farewell()
	if len(d.kept) != 2 || d.kept[1] != canary {
		t.Errorf("kept %q", d.kept)
	}
}

func TestAKeyInDoubtIsNotCalledTheNewOneOnTheWayOut(t *testing.T) {
	for _, err := range []error{model.Fail(model.Uncertain, "the answer was lost"), model.Fail(model.Contradicted, "the key is as before")} {
		d := start(t, company(newClock()))
		d.systems[0].keyAnyway, d.systems[0].fail["regenerate"] = true, err
		d.press("ry")
		d.sees("Regenerating token #100 of sara: ")
		d.give(terminal.Hangup{})
		d.ended(true)
		said, _ := d.app.Farewell()
		if words := strings.Join(said, " "); strings.Contains(words, "The new key") || !strings.Contains(words, "Regenerating token #100 of sara: ") {
			t.Errorf("on the way out it is said: %q", said)
		}
	}
}

func TestHowAWriteEndedIsSaidOnTheWayOut(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"done":     {nil, "Deleted: token #100 of sara."},
		"in doubt": {model.Fail(model.Uncertain, "the answer was lost"), "Deleting token #100 of sara: nobody knows. It may have happened, or not: the answer was lost"},
		"refused":  {model.Fail(model.Forbidden, "no"), "Deleting token #100 of sara: failed. The credential is not allowed to do this: no"},
	} {
		t.Run(name, func(t *testing.T) {
			d := start(t, company(newClock()))
			d.systems[0].fail["delete"] = c.err
			d.press("d")
			d.hold()
			d.press("y")
			d.give(signalled())
			d.ended(false)
			d.release()
			d.ended(true)
			if said, lost := d.app.Farewell(); strings.Join(said, "|") != c.want || lost != nil {
				t.Errorf("on the way out it is said: %q, lost %v", said, lost)
			}
		})
	}
}

func TestAPersonWhoLeavesAKeyBehindIsObeyed(t *testing.T) {
	d := holding(t)
	d.pressKey(tea.KeyCtrlC, tea.KeyCtrlC)
	d.ended(true)
	if said, lost := d.app.Farewell(); len(said) != 0 || lost != nil || len(d.kept) != 0 {
		t.Errorf("said %q, %v, kept %q", said, lost, d.kept)
	}
}

func TestWhoeverIsAtTheTerminalIsListenedToUntilTheEnd(t *testing.T) {
	d := writing(t)
	again := 0
	d.app.world.Hangup = func() tea.Msg { again++; return nil }
	d.give(signalled())
	d.give(terminal.Hangup{Signal: syscall.SIGINT})
	d.give(terminal.Hangup{})
	if again != 2 {
		t.Errorf("the line was watched on %d times after two signals and its loss", again)
	}
}
