package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// turnedAway is a console whose second system gives a long reason for every answer.
func turnedAway(t *testing.T, width, height int) *driver {
	t.Helper()
	s := three()
	s[1].fail["who"] = model.Fail(model.Forbidden, strings.Repeat("the proxy in front of it says no in many words, ", 4)+"AND THAT IS ALL")
	s[2].slow = 12 * time.Millisecond
	s[2].info.Missing = model.Caps{model.Edit: "nothing to edit", model.Create: "changes are off", model.Delete: "changes are off"}
	d := start(t, s...)
	d.resize(width, height)
	d.press("0")
	return d
}

func TestTheReasonOfTheMarkedSystemStandsInFullBelowAllOfThem(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 20}} {
		d := turnedAway(t, size[0], size[1])
		d.seesNot("AND THAT IS ALL")
		d.press("j")
		d.sees("lab refused", "you are unknown", "The credential is not allowed to do this: the proxy", "AND THAT IS ALL", "Ask an administrator of that system")
		d.press("k")
		d.sees("lab refused", "state answers", "you are reza", "address shop.example.com")
		d.seesNot("AND THAT IS ALL")
	}
}

func TestInTheLeastWindowTheReasonHasTwoLinesAndIsTurned(t *testing.T) {
	d := turnedAway(t, 40, 10)
	d.press("j")
	d.pointsAt("4  lab")
	d.sees("state The credential is not", "pgdn more")
	seen := d.sight()
	for range 40 {
		d.pressKey(tea.KeyPgDown)
		seen += d.sight()
	}
	d.pointsAt("4  lab")
	for _, words := range []string{"AND THAT IS ALL", "Ask an administrator", "address", "lab.example.com"} {
		if !strings.Contains(seen, words) {
			t.Errorf("%q never came to the screen", words)
		}
	}
	d.press("j")
	d.sees("state answers")
}

func TestTheMarksOfASystemStandBesideItsNameInEveryWindow(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}} {
		d := turnedAway(t, size[0], size[1])
		d.press("G")
		d.pointsAt("5  live    PRODUCTION r/o  answers")
		d.sees("beware PRODUCTION, read-only")
	}
	s := three()
	s[2].info.Name = "live-of-the-whole-company"
	d := start(t, s...)
	d.resize(40, 10)
	d.press("0G")
	d.pointsAt("5  live-of-t…  PRODUCTION r/o  answers")
}

func TestNoColumnOfTheSystemsIsThereForNothing(t *testing.T) {
	s := three()[:2]
	s[0].fail["who"] = s[1].fail["who"]
	d := start(t, s...)
	d.press("0")
	d.seesNot("care", "you are kind", "–")
	d.sees("system state tokens", "kind host", "shop dead", "hamgam shop.example.com")
}

func TestWhatASystemDoesNotOfferIsSaidWithItsReason(t *testing.T) {
	d := turnedAway(t, 80, 24)
	d.press("G")
	d.sees("cannot do create, delete: changes are off edit: nothing to edit")
}
