package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// Promises about the numbers of tokens on the page of the systems.

// openSystems is the console on the page of three systems, with the union that counts.
func openSystems(t *testing.T, systems []*remote) (*driver, *joint) {
	t.Helper()
	d := start(t, systems...)
	d.resize(120, 36)
	d.press("0")
	return d, d.app.world.All.(*joint)
}

func TestNothingIsCountedBeforeSomebodyOpensTheSystems(t *testing.T) {
	d := start(t, three()...)
	j := d.app.world.All.(*joint)
	d.press("2")
	d.press("1")
	d.pressKey(tea.KeyCtrlR)
	d.pass(time.Hour)
	if j.counted > 0 {
		t.Errorf("tokens were counted %d times", j.counted)
	}
	d.press("0")
	if j.counted != 1 {
		t.Errorf("tokens were counted %d times", j.counted)
	}
}

func TestEachSystemHasItsNumbersAndHowTheyAreSeen(t *testing.T) {
	s := three()
	for i := range s[0].tokens {
		s[0].tokens[i].LastUsed = since(s[0].clock, time.Hour)
		s[0].tokens[i].Updated, s[0].tokens[i].State = s[0].tokens[i].Created, model.Active
	}
	s[0].tokens[1].LastUsed = since(s[0].clock, 100*24*time.Hour)
	s[0].tokens[2].Expires, s[0].tokens[3].Expires = model.Not(model.Never), model.Not(model.Never)
	d, _ := openSystems(t, s)
	d.sees("tokens never expire stale last answer", "shop answers reza 5 2 1 12:00",
		"tokens 5, as of 12:00 UTC", "never expire 2", "stale 1", "/ expires:never -is:over and / is:stale -is:over")
	d.press("9")
	d.sees("15 tokens")
}

func TestWhatCannotBeToldIsCountedAsNoZero(t *testing.T) {
	s := three()
	for i := range s[0].tokens {
		s[0].tokens[i].Expires, s[0].tokens[i].LastUsed, s[0].tokens[i].State = model.When{}, model.When{}, model.Active
	}
	s[0].tokens[0].Updated, s[0].tokens[0].Created = since(s[0].clock, 1000*24*time.Hour), model.When{}
	d, _ := openSystems(t, s)
	d.sees("shop answers reza 5 unknown ≥ 1", "never expire none is known of; of 5 it cannot be told", "stale at least 1; of 4 it cannot be told")
}

func TestWhereNoKeyEndsAllNeverExpire(t *testing.T) {
	s := three()
	for i := range s[0].tokens {
		s[0].tokens[i].Expires = model.Not(model.Never)
	}
	s[0].info.Endless = true
	s[2].info.Endless = true
	d, _ := openSystems(t, s)
	d.sees("shop answers reza 5 all", "never expire all: no token of this system ends by itself", "live PRODUCTION r/o answers sara 5 n/a")
}

func TestOfAVastSystemItIsSaidHowManyWereCounted(t *testing.T) {
	s := three()
	s[0].beyond = 2000
	s[0].tokens[2].Expires, s[0].tokens[2].State = model.Not(model.Never), model.Active
	d, _ := openSystems(t, s)
	d.sees("shop answers reza 2,005 ≥ 1 unknown", "tokens 2,005; counted are the first 5 (a question reads all), as of", "never expire at least 1 among the first 5",
		"stale unknown, for the others were not read: none among the first 5; of ")
}

// TestOfAVastSystemThatCountsItselfHowManyNeverExpireIsTold has fewer among those that were read.
func TestOfAVastSystemThatCountsItselfHowManyNeverExpireIsTold(t *testing.T) {
	s := three()
	s[0].beyond, s[0].never = 2000, new(int)
	d, _ := openSystems(t, s)
	d.sees("shop answers reza 2,005 0 unknown", "never expire 0 of all, as the system counts them")
	*s[0].never = 1042
	d.pressKey(tea.KeyCtrlR)
	d.sees("shop answers reza 2,005 1,042 unknown", "never expire 1,042 of all, as the system counts them")
}

func TestASlowSystemHasItsNumbersWhenTheyCome(t *testing.T) {
	s := three()
	d := start(t, s...)
	j := d.app.world.All.(*joint)
	j.missing = map[string]bool{"shop": true}
	d.press("0")
	d.sees("shop answers reza … … …", "tokens being read…", "live PRODUCTION r/o answers sara 5 0")
	d.pass(2 * time.Second)
	d.sees("shop answers reza … … …")
	j.missing = nil
	d.pass(time.Second)
	d.sees("shop answers reza 5 0", "tokens 5, as of")
	counted := j.counted
	if d.pass(time.Minute); j.counted != counted {
		t.Errorf("what is known is asked for %d times more", j.counted-counted)
	}
}

func TestWhoeverLeavesTheSystemsHasNothingCounted(t *testing.T) {
	d := start(t, three()...)
	j := d.app.world.All.(*joint)
	j.missing = map[string]bool{"shop": true}
	d.press("01")
	counted := j.counted
	if d.pass(time.Minute); j.counted != counted {
		t.Errorf("the numbers were asked for %d times more", j.counted-counted)
	}
	j.missing = nil
	d.press("0")
	d.sees("shop answers reza 5 0")
}

func TestTokensThatCannotBeReadAreNoTokens(t *testing.T) {
	s := three()
	d, _ := openSystems(t, tokenless(s))
	d.press("j")
	d.sees("lab in part sara unknown unknown unknown 12:00", "state It says who you are; its tokens could not be read.", "tokens The system is not available: connection refused")
	s[1].fail["who"] = s[1].fail["tokens"]
	d.pressKey(tea.KeyCtrlR)
	d.sees("lab dead – unknown unknown unknown 12:00", "tokens not read, for the same reason")
}

// tokenless lets who one is be known in the second system, and no token.
func tokenless(s []*remote) []*remote {
	s[1].fail = map[string]error{"tokens": refused()}
	s[1].me = s[1].users[0]
	return s
}

// TestNotAskedNoAnswerAndARefusalAreThreeThings holds the last answer to words.
func TestNotAskedNoAnswerAndARefusalAreThreeThings(t *testing.T) {
	s := three()
	for _, one := range s {
		one.fail["tokens"] = refused()
	}
	s[2].fail["who"] = model.Fail(model.Unauthorized, "no")
	s[2].slow = 300 * time.Millisecond
	d := start(t, s...)
	d.resize(120, 36)
	j := d.app.world.All.(*joint)
	j.missing = map[string]bool{"lab": true}
	d.hold()
	d.press("0j")
	d.sees("lab asking… – … … … …", "last answer …")
	d.release()
	j.missing = nil
	d.pass(time.Second)
	d.sees("lab dead – unknown unknown unknown none", "last answer none since authdeck was started")
	d.sees("live PRODUCTION r/o refused – unknown unknown unknown 12:00, 0.3 s")
	d.press("j")
	d.sees("last answer 12:00 UTC, took 0.3 s")
}

func TestAListThatCameIsAnAnswer(t *testing.T) {
	s := three()
	d := start(t, s[0])
	d.pass(5 * time.Minute)
	s[0].slow = 2 * time.Second
	d.pressKey(tea.KeyCtrlR)
	s[0].fail["who"], s[0].fail["tokens"] = refused(), refused()
	d.pass(5 * time.Minute)
	d.pressKey(tea.KeyCtrlR)
	d.app.world.All.(*joint).missing = map[string]bool{"shop": true}
	d.press("0")
	d.sees("shop dead", "12:05, 2.0 s")
}

func TestAConsoleThatWasOpenAllNightAsksInTheMorning(t *testing.T) {
	s := three()
	d, j := openSystems(t, s)
	d.press("1")
	d.pass(20 * time.Hour)
	s[0].fail["who"], s[0].fail["tokens"] = refused(), refused()
	counted := j.counted
	d.press("0")
	d.sees("shop dead", "03-01 12:00")
	if n := s[2].count("who"); n != 2 || j.counted != counted+1 {
		t.Errorf("asked %d times", n)
	}
}

func TestANumberKeyGoesToItsSystem(t *testing.T) {
	d, _ := openSystems(t, three())
	d.sees("3 systems · keys 3 to 5", "3 shop", "4 lab", "5 live")
	d.press("5")
	d.sees("authdeck live", "5 tokens")
	d.press("j")
	d.press("5")
	d.pointsAt("omid")
	d.press("3")
	d.sees("authdeck shop")
	d.press("95")
	d.sees("authdeck live")
	d.press("/3")
	d.sees("authdeck live", "/3")
	d.pressKey(tea.KeyEsc)
	d.press("6")
	d.sees("6 does nothing here", "authdeck live")
	d.press("?")
	d.sees("3 to shop", "5 to live")
}

func TestTheOnlySystemHasNoNumber(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("0")
	d.sees("1 system")
	d.seesNot("keys")
	d.press("3")
	d.sees("3 does nothing here")
}

// TestTheMarksAndTheStateAreSeenInEveryWindow is about safety: whoever goes to a system knows
// that it is production.
func TestTheMarksAndTheStateAreSeenInEveryWindow(t *testing.T) {
	s := three()
	s[2].info.Name, s[2].fail["who"] = "a-long-name-of-a-system", model.Fail(model.Unopened, "no such file")
	s[1].info.ReadOnly = true
	d := start(t, s...)
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}} {
		d.resize(size[0], size[1])
		d.press("0j")
		d.sees("read-only dead")
		d.press("j")
		d.sees("PRODUCTION r/o not opened")
	}
}

// TestASystemThatIsStillReadSaysForHowLong is about a sign that stands for twelve seconds and
// looks as if nothing moved.
func TestASystemThatIsStillReadSaysForHowLong(t *testing.T) {
	s := three()
	d := start(t, s...)
	d.resize(120, 36)
	j := d.app.world.All.(*joint)
	j.missing, j.began = map[string]bool{"shop": true}, d.clock.now
	d.press("0")
	d.seesNot("… 0 s")
	d.pass(8 * time.Second)
	d.sees("reza … 8 s", "tokens still being read, for 8 s by now…")
}
