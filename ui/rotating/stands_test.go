package rotating_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/order"
)

// spoils makes the successor of ci one with which nobody can work, each way by the words in
// which that is said.
func spoils() map[string]func(s *server) {
	of := func(change func(t *model.Token)) func(s *server) {
		return func(s *server) {
			s.is = func(t *model.Token) {
				if t.ID == "ci-2" {
					change(t)
				}
			}
		}
	}
	return map[string]func(s *server){
		"its successor is not in the list any more": func(s *server) { note(s.folder, "ended", "ci-2") },
		"its successor is revoked":                  of(func(t *model.Token) { t.State = model.Revoked }),
		"its successor has expired":                 of(func(t *model.Token) { t.State = model.Expired }),
		"its successor opens nothing":               of(func(t *model.Token) { t.Owner.Active = model.No }),
		"its system could not be asked":             func(s *server) { s.list = model.Fail(model.Unavailable, "no answer") },
	}
}

func TestASuccessorThatGoesWhileTheQuestionStandsKeepsTheOldOne(t *testing.T) {
	for words, spoil := range spoils() {
		t.Run(words, func(t *testing.T) {
			s := &server{}
			p := rotated(t, s)
			p.press("v⎋")
			p.looks()
			p.press("d")
			p.sees(t, "Delete token ci of sara?")
			spoil(s)
			p.press("y")
			p.sees(t, "Nothing was done: the old one is not ended: "+words)
			p.stage(t, rotation.HandedOver)
			if !has(s, "ci") {
				t.Error("it was ended")
			}
		})
	}
}

func TestASuccessorThatExpiresWhileTheQuestionStandsKeepsTheOldOne(t *testing.T) {
	s := &server{is: func(t *model.Token) { t.Expires = ago(-time.Hour) }} // at one o'clock
	p := rotated(t, s)
	p.press("v⎋")
	p.looks()
	p.sees(t, "new token ci-2, ends 2026-11-30 13:00:00 UTC, in 1 hour")
	p.press("d")
	p.sees(t, "successor ci-2, ends 2026-11-30 13:00:00 UTC, in 1 hour")
	p.now = p.now.Add(time.Hour)
	p.press("y")
	p.sees(t, "the old one is not ended: its successor has expired")
	if !has(s, "ci") {
		t.Error("it was ended")
	}
}

func TestAnOldTokenThatGoesWhileTheQuestionStandsIsNotAskedToEnd(t *testing.T) {
	for what, again := range map[string]bool{"it is not in the list any more": false, "what is called so now is another token": true} {
		s := &server{}
		p := rotated(t, s)
		p.press("v⎋")
		p.looks()
		p.press("d")
		note(s.folder, "ended", "ci")
		if again {
			note(s.folder, "made", "ci")
		}
		p.press("y")
		p.sees(t, "the old one is not ended: "+what)
		p.stage(t, rotation.HandedOver)
		if has(s, "ci") != again {
			t.Error("another one was ended")
		}
	}
}

func TestThatNobodyCanWorkWithASuccessorIsSaidBeforeTheQuestion(t *testing.T) {
	for words, spoil := range spoils() {
		t.Run(words, func(t *testing.T) {
			s := &server{}
			p := rotated(t, s)
			p.press("v⎋")
			spoil(s)
			p.looks()
			p.sees(t, "The old one cannot be ended now: "+words)
			p.press("d")
			p.sees(t, "The old one is not ended: "+words)
		})
	}
}

func TestWhoLooksWhatBecameOfTheOldOneHearsThatNoTokenIsLeft(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	note(s.folder, "ended", "ci")
	note(s.folder, "ended", "ci-2")
	p.looks()
	p.press("l")
	p.sees(t, "Token ci is gone. ITS SUCCESSOR is not in the list any more: whatever used the old one needs another token.")
}

func TestARotationThatAnotherConsoleEndedIsSaidToBeOver(t *testing.T) {
	const over = "he rotation is over: another authdeck ended the old token meanwhile, or forgot the rotation"
	for name, c := range map[string]struct{ lost, first, other, then, says string }{
		"the end":    {"", "d", "dy", "y", "Nothing was done: t" + over},
		"forgetting": {"", "f", "dy", "y", "T" + over},
		"a look":     {"dy⏎", "", "fy", "l", "T" + over},
	} {
		t.Run(name, func(t *testing.T) {
			s := &server{}
			p := rotated(t, s)
			p.press("v⎋")
			s.refuse = func(model.Action) error { return errLost }
			p.looks()
			p.press(c.lost)
			s.refuse = nil
			p.looks()
			p.press(c.first)
			other := sit(s, p.state)
			other.looks()
			other.press(c.other)
			p.press(c.then)
			p.sees(t, c.says)
		})
	}
}

func TestARotationThatAnotherConsoleIsAtIsLeftToIt(t *testing.T) {
	s := &server{}
	p := rotated(t, s)
	p.press("v⎋")
	p.looks()
	p.press("d")
	h, err := p.desk.Rotations.Take(p.pairs(t)[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	p.press("y")
	p.sees(t, "Nothing was done: another authdeck is at this rotation right now")
	if err := h.Close(); err != nil || !has(s, "ci") {
		t.Errorf("it was ended, %v", err)
	}
}

// gets has the successor get another key, which nobody takes, and puts it where p finds it.
func (p *person) gets(t *testing.T, s *server) {
	t.Helper()
	other := sit(s, afterwards(t, p.state))
	other.does(other.desk.Begin(other.api, model.Regenerate, s.token("ci-2")))
	other.press("y")
	sealed, _ := filepath.Glob(filepath.Join(other.state, "undelivered", "*.age"))
	if len(sealed) != 1 {
		t.Fatalf("sealed are %q", sealed)
	}
	content, err := os.ReadFile(sealed[0])
	if err == nil {
		err = os.WriteFile(filepath.Join(p.state, "undelivered", filepath.Base(sealed[0])), content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnOldTokenIsNotEndedWhereALaterKeyOfItsSuccessorWaits(t *testing.T) {
	for name, before := range map[string]bool{"before the question": true, "while it stands": false} {
		t.Run(name, func(t *testing.T) {
			s := &server{}
			p := rotated(t, s)
			p.press("v⎋")
			if before {
				p.gets(t, s)
				p.looks()
				p.sees(t, "The old one cannot be ended now: a key of its successor lies here, sealed")
				p.press("d")
			} else {
				p.looks()
				p.press("d")
				p.gets(t, s)
				p.press("y")
			}
			p.sees(t, "he old one is not ended: a key of its successor lies here, sealed")
			if !has(s, "ci") {
				t.Error("it was ended")
			}
			p.press("⎋")
			p.takes()
			p.press("⏎⏎")
			p.press("v⎋")
			p.looks()
			p.press("dy")
			if has(s, "ci") {
				t.Errorf("it cannot be ended after that: %s", p.reads())
			}
		})
	}
}

func TestAKeyThatIsSealedToSomebodyElseIsNotSaidToBeGone(t *testing.T) {
	s := &server{folder: t.TempDir(), info: func(i *model.Info) { i.Missing = model.Caps{model.Reveal: "never"} }}
	p := sit(s, t.TempDir())
	p.rotates(s.token("ci"))
	p.press("→y") // and the console is left with the key in hand
	state := afterwards(t, p.state)
	if err := os.Remove(filepath.Join(state, "identity.txt")); err != nil {
		t.Fatal(err)
	}
	next := sit(s, state)
	next.looks()
	next.sees(t, "it may be among the keys that lie here, sealed to somebody else: authdeck keys take --identity FILE hands it over")
}

func TestWhoTakesAKeyOfARotationThatWasForgottenIsTold(t *testing.T) {
	for keys, told := range map[string]string{
		"f": "The rotation is over: another authdeck ended the old token meanwhile, or forgot the rotation. Nobody will be reminded", "": "Handed over.",
	} {
		s := &server{}
		p := rotated(t, s)
		other := sit(s, p.state)
		other.looks()
		other.press(keys + "y")
		p.press("v⎋")
		said := ""
		for _, msg := range p.told {
			if taken, is := msg.(order.Taken); is {
				said += taken.Said
			}
		}
		if !strings.HasPrefix(said, told) {
			t.Errorf("after %q it says %q", keys, said)
		}
	}
}

func TestARotationWhoseKeySomebodyElseHandedOverIsNotSaidToBeOver(t *testing.T) {
	p := rotated(t, &server{})
	h, err := p.desk.Rotations.Take(p.pairs(t)[0].ID)
	if err == nil {
		err = errors.Join(h.Write(rotation.Step{At: p.now, What: rotation.IsHandedOver, How: rotation.Seen}), h.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	p.press("v⎋")
	for _, msg := range p.told {
		if taken, is := msg.(order.Taken); is {
			t.Errorf("it says %q", taken.Said)
		}
	}
}
