package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestTheWayBackToAllRowsIsAmongTheFirstKeys is what somebody asked for who saw a searched
// list for the first time, in a small window.
func TestTheWayBackToAllRowsIsAmongTheFirstKeys(t *testing.T) {
	for _, width := range []int{40, 80, 120} {
		d := start(t, company(newClock()))
		d.resize(width, 15)
		footer := func() string { return d.lines()[d.height-1] }
		if strings.Contains(footer(), "show all") {
			t.Errorf("all is shown, and offered: %q", footer())
		}
		d.press("/om")
		d.pressKey(tea.KeyEnter)
		if !strings.HasPrefix(footer(), "? help  esc show all") {
			t.Errorf("at %d columns the keys are %q", width, footer())
		}
		d.pressKey(tea.KeyEsc)
		d.sees("sara")
	}
}

// TestTheKeyThatAsksWhoseAKeyIsIsOfferedWhereThereIsRoom is for whoever has found one: it works
// on every page.
func TestTheKeyThatAsksWhoseAKeyIsIsOfferedWhereThereIsRoom(t *testing.T) {
	for page, width := range map[string]int{"1": 120, "2": 120, "9": 120, "0": 80} {
		d := start(t, apart3()...)
		d.resize(width, 24)
		d.press(page)
		if footer := d.lines()[d.height-1]; !strings.Contains(footer, "x whose key?") {
			t.Errorf("on page %s the keys are %q", page, footer)
		}
	}
}

// TestAQuestionAboutTheConsolesOwnTokenSaysSo is what somebody missed who was about to sign
// themselves out.
func TestAQuestionAboutTheConsolesOwnTokenSaysSo(t *testing.T) {
	for _, height := range []int{10, 24} {
		d := start(t, company(newClock()))
		d.resize(100, height)
		d.press("Gd")
		d.sees("used here", "authdeck itself signs in with this token")
		d.press("n")
		d.press("kd")
		d.seesNot("used here")
	}
}
