package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// three are three systems: the first is fine, the second fails, the third is a
// production system that may only be read.
func three() []*remote {
	c := newClock()
	shop, broken, live := company(c), company(c), company(c)
	broken.info.Name, broken.info.Host = "lab", "lab.example.com"
	broken.fail["who"] = model.Fail(model.Unavailable, "connection refused")
	live.info.Name, live.info.Host = "live", "live.example.com"
	live.info.Production, live.info.ReadOnly = true, true
	live.me = live.users[0]
	return []*remote{shop, broken, live}
}

func TestEachSystemIsAskedByACommandOfItsOwn(t *testing.T) {
	s := three()
	d := start(t, s...)
	d.sees("you: reza")
	d.hold()
	d.press("0")
	if len(d.held) != 2 || s[0].count("who") != 1 || s[1].count("who") != 1 || s[2].count("who") != 1 {
		t.Fatalf("%d answers are on their way; the first system was asked %d times", len(d.held), s[0].count("who"))
	}
	d.sees("3 systems", "lab asking… – 5 0 unknown")
	d.give(d.held[1])
	d.sees("live PRODUCTION r/o answers", "lab asking… – 5 0 unknown")
	d.give(d.held[0])
	d.sees("lab dead")
}

func TestSystemsThatWereReachedAreNotAskedAgainUntilCtrlR(t *testing.T) {
	s := three()
	d := start(t, s...)
	d.press("010")
	if n := s[2].count("who"); n != 1 {
		t.Errorf("asked %d times", n)
	}
	delete(s[1].fail, "who")
	d.pressKey(tea.KeyCtrlR)
	d.seesNot("is not available")
	if n := s[2].count("who"); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

func TestAnEarlierAnswerOfASystemDoesNotReplaceALaterOne(t *testing.T) {
	s := three()
	d := start(t, s[0])
	d.press("0")
	d.hold()
	s[0].fail["who"] = model.Fail(model.Unavailable, "at first")
	d.pressKey(tea.KeyCtrlR)
	delete(s[0].fail, "who")
	d.pressKey(tea.KeyCtrlR)
	d.held[0], d.held[1] = d.held[1], d.held[0]
	d.release()
	d.seesNot("at first")
	d.sees("state answers")
}

func TestEnterGoesToTheSystem(t *testing.T) {
	s := three()
	d := start(t, s...)
	d.press("2jfj⏎0G")
	d.pointsAt("5  live")
	d.pressKey(tea.KeyEnter)
	d.sees("authdeck live PRODUCTION READ-ONLY hamgam", "you: sara", "page 1 of 1 · 5 tokens")
	d.press("2")
	d.sees("7 users · by number")
	d.pointsAt("sara")
	if s[2].count("tokens") != 1 || s[2].count("users") != 1 {
		t.Error("the other system was not asked for its lists once each")
	}
}

func TestASystemThatCannotBeReachedCanBeEnteredAndLeft(t *testing.T) {
	s := three()
	s[1].fail["tokens"] = s[1].fail["who"]
	d := start(t, s...)
	d.press("0j")
	d.pressKey(tea.KeyEnter)
	d.sees("authdeck lab hamgam", "you: unknown", "The system is not available: connection refused")
	d.press("0")
	d.pointsAt("4  lab")
	d.press("k")
	d.pressKey(tea.KeyEnter)
	d.sees("authdeck shop hamgam", "you: reza")
	d.pointsAt("sara")
}

func TestLeavingASystemGivesItsReadsUp(t *testing.T) {
	s := three()
	d := start(t, s...)
	d.press("2")
	d.hold()
	d.pressKey(tea.KeyCtrlR)
	late := s[0].given[len(s[0].given)-1]
	d.press("0G")
	d.pressKey(tea.KeyEnter)
	if late.Err() == nil {
		t.Error("the users of the system that was left are still waited for")
	}
	d.release()
	d.sees("authdeck live")
	d.pointsAt("sara")
}

func TestAnAnswerOfTheSystemThatWasLeftIsDropped(t *testing.T) {
	s := three()
	s[0].tokens = s[0].tokens[:1]
	d := start(t, s...)
	d.hold()
	d.pressKey(tea.KeyCtrlR)
	d.press("0G")
	d.pressKey(tea.KeyEnter)
	d.release()
	d.sees("authdeck live", "5 tokens")
}

func TestEscInTheSystemsGoesToTheTokens(t *testing.T) {
	d := start(t, three()...)
	d.press("0")
	d.pressKey(tea.KeyEsc)
	d.sees("5 tokens")
	d.pointsAt("sara")
}

func TestTheHeaderTellsUnknownFromKnown(t *testing.T) {
	s := three()
	s[0].slow = 12 * time.Millisecond
	d := prepare(t, 0, s...)
	d.resize(100, 30)
	d.hold()
	d.run(d.app.Init())
	d.sees("you: asking…")
	d.seesNot(" ms")
	d.release()
	d.sees("you: reza · 12 ms")
	d.press("0j")
	d.pressKey(tea.KeyEnter)
	d.sees("you: unknown")
}
