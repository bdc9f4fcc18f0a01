package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

func TestASearchAsksTheServerAndEscLetsItGo(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.press("/user07")
	d.pressKey(tea.KeyEnter)
	if q := r.last("tokens").Search; q != "user07" {
		t.Errorf("searched for %q", q)
	}
	d.sees("search “user07”", "1 token")
	d.pointsAt("user07")
	d.pressKey(tea.KeyEsc)
	d.seesNot("search “")
	d.sees("25 tokens")
}

func TestEscInTheSearchLineAsksNothing(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	reads := len(r.asked)
	d.press("/om")
	d.sees("/om")
	d.pressKey(tea.KeyEsc)
	d.seesNot("/om")
	if len(r.asked) != reads {
		t.Error("it was asked all the same")
	}
}

func TestLettersInTheSearchLineAreTextAndNoCommands(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("/dr2q?")
	d.sees("/dr2q?")
	d.ended(false)
	d.wrote()
}

func TestASearchIsAskedForAsItWasPasted(t *testing.T) {
	for pasted, want := range map[string]string{
		"henry.okafor\r":          "henry.okafor",
		"henry\r\nokafor\t3\n":    "henry okafor 3",
		"chloe\u0301":             "chloe\u0301",
		"امیر\u200cحسین":          "امیر\u200cحسین",
		"👩\u200d🔧 a\u00adb":       "👩\u200d🔧 a\u00adb",
		strings.Repeat("丽", 1024): strings.Repeat("丽", 1024),
	} {
		r := company(newClock())
		d := start(t, r)
		d.press("/")
		d.paste(pasted)
		d.pressKey(tea.KeyEnter)
		if q := r.last("tokens").Search; q != want {
			t.Errorf("%+q is searched for as %+q", pasted, q)
		}
		d.seesNot("␊", "␍")
	}
}

func TestWhatCannotBeLookedForIsRefusedWithAReason(t *testing.T) {
	for pasted, why := range map[string]string{"a\x1b[2Jb": "a control character", "a\x00": "a control character", "\ufffd": "bytes that are no letters", strings.Repeat("x", 1025): "too long"} {
		r := company(newClock())
		d := start(t, r)
		d.press("/")
		d.paste(pasted)
		d.pressKey(tea.KeyEnter)
		d.sees(why)
		if q := r.last("tokens").Search; q != "" {
			t.Errorf("%.20q is searched for as %.20q", pasted, q)
		}
	}
}

func TestAnOrderIsChosenFromAllOfThem(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	for _, want := range []struct{ keys, label, key string }{{"sj⏎", "created ↑", "old"}, {"sj⏎", "no. ↑", "name"}, {"skk⏎", "created ↓", ""}, {"sname⏎", "no. ↑", "name"}} {
		d.press(want.keys)
		d.sees(want.label)
		if q := r.last("tokens").Sort; q != want.key {
			t.Errorf("asked for order %q, want %q", q, want.key)
		}
	}
}

func TestASystemOfOneOrderSaysSo(t *testing.T) {
	r := company(newClock())
	r.info.TokenSorts = r.info.TokenSorts[:1]
	d := start(t, r)
	d.press("s")
	d.sees("sort: this system has one order only")
}

func TestAFilterIsChosenFromAllOfThemAndFromNone(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("2f")
	d.sees("› everything now with a token without a token")
	d.press("⏎")
	for keys, want := range map[string]string{"fkkj⏎": "with a token · page 1 of 1 · 5 users", "fout⏎": "without a token · page 1 of 1 · 2 users", "fevery⏎": "7 users · by number"} {
		d.press(keys)
		d.sees(want)
	}
}

func TestEscLeavesAFilterWithoutTalkOfNothing(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("2fj⏎")
	d.pressKey(tea.KeyEsc)
	d.sees("7 users · by number")
	d.seesNot("There is nothing to go back to")
}

func TestAColumnThatSaysNothingInAnyRowIsLeftOut(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.seesNot("last used")
	r.tokens[3].LastUsed = since(r.clock, 2*24*time.Hour)
	d.pressKey(tea.KeyCtrlR)
	d.sees("last used", "2026-02-27", "never")
	d.seesNot("expires")
}
