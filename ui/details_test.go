package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
)

// opened is a console with the details of a row open, in a window of a size.
func opened(t *testing.T, width, height int) *driver {
	t.Helper()
	r := company(newClock())
	r.tokens[3].Scope, r.tokens[3].Note = model.Clean("read"), model.Clean(strings.Repeat("Whoever reads this is to know it. ", 12)+"THE END")
	d := start(t, r)
	d.resize(width, height)
	d.press("jjj")
	d.pressKey(tea.KeyEnter)
	return d
}

func TestWhatASystemDoesNotSayIsOneLineAtTheEndOfTheDetails(t *testing.T) {
	for _, size := range [][2]int{{140, 40}, {80, 40}, {60, 15}} {
		d := start(t, company(newClock()))
		d.resize(size[0], size[1])
		d.press("jjj")
		d.pressKey(tea.KeyEnter)
		if size[1] < 20 {
			d.pressKey(tea.KeyPgDown)
		}
		d.sees("this system does not say: key since, last used", "not applicable: expires")
		d.press("k")
		d.sees("expires never")
		d.seesNot("not applicable")
	}
}

func TestDetailsThatAreCutSaySoAndByWhichKeyTheyGoOn(t *testing.T) {
	for _, size := range [][2]int{{120, 14}, {80, 24}, {60, 15}, {40, 10}} {
		d := opened(t, size[0], size[1])
		d.sees("pgdn more")
		d.seesNot("THE END")
		for range 20 {
			d.pressKey(tea.KeyPgDown)
		}
		d.sees("not applicable: expires", "pgup back")
		d.seesNot("pgdn more")
		for range 20 {
			d.pressKey(tea.KeyPgUp)
		}
		d.sees("token #103", "pgdn more")
	}
}

func TestPgdnIsForTheListWhereTheDetailsFit(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.resize(140, 36)
	d.pressKey(tea.KeyEnter, tea.KeyPgDown)
	d.seesNot("pgdn more")
	d.pointsAt("user10")
}

func TestDetailsStandBelowTheListWhereThereIsNoRoomBesideIt(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 20}, {99, 30}, {40, 22}} {
		d := opened(t, size[0], size[1])
		d.pointsAt("!wei")
		d.sees("token #103", "owner !wei")
		d.press("j")
		d.pointsAt("reza")
		d.sees("token #104", "owner reza")
	}
}

func TestTheMarkedRowStaysInSightWhenTheDetailsOpenBelowIt(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.resize(80, 24)
	d.press("G")
	d.pointsAt("user10")
	d.pressKey(tea.KeyEnter)
	d.pointsAt("user10")
	d.pressKey(tea.KeyEsc)
	d.pointsAt("user10")
}

func TestDetailsStandBesideTheListFrom100Columns(t *testing.T) {
	d := opened(t, 100, 30)
	var edges []int
	for line := range strings.SplitSeq(ansi.Strip(d.app.View()), "\n") {
		before, after, found := strings.Cut(line, "│")
		if !found {
			continue
		}
		edges = append(edges, ansi.StringWidth(strings.ReplaceAll(before, "‸", "")))
		if !strings.HasSuffix(before, " ") || !strings.HasPrefix(after, " ") && after != "" {
			t.Errorf("no blank at either side of the edge: %q", line)
		}
		if strings.HasPrefix(after, "  ") && strings.Contains(after, "token ") {
			t.Errorf("more than a blank after the edge: %q", line)
		}
	}
	if len(edges) < 20 {
		t.Fatalf("%d lines have an edge", len(edges))
	}
	for _, at := range edges {
		if at != edges[0] {
			t.Errorf("the edge is not straight: %v", edges)
		}
	}
}

func TestTheKeysSayThatEscClosesTheDetails(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {40, 10}} {
		d := opened(t, size[0], size[1])
		d.sees("esc close")
		d.seesNot("enter details", "esc back")
		d.pressKey(tea.KeyEsc)
		d.sees("enter details")
		d.seesNot("esc close", "token #103")
	}
}

func TestWhatTheDetailsAreAboutIsBold(t *testing.T) {
	d := prepare(t, termenv.ANSI, company(newClock()))
	d.begin(120, 36)
	d.pressKey(tea.KeyEnter)
	if !strings.Contains(d.app.View(), "\x1b[1m#100\x1b[0m") {
		t.Errorf("the name is not bold: %q", d.app.View())
	}
}
