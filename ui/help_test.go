package ui

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
)

// helped is a console whose help is open in a window of a size.
func helped(t *testing.T, width, height int) *driver {
	t.Helper()
	d := start(t, company(newClock()))
	d.resize(width, height)
	d.press("?")
	return d
}

func TestTheHelpSaysThatThereIsMoreAndWhichPartThisIs(t *testing.T) {
	for _, size := range [][2]int{{100, 20}, {80, 24}, {60, 15}, {40, 10}} {
		d := helped(t, size[0], size[1])
		d.sees("pgdn more", " 1–")
		for range 14 {
			d.pressKey(tea.KeyPgDown)
		}
		d.seesNot("pgdn more", " 1–")
		d.press("g")
		d.sees("pgdn more", "on this page", "enter details")
		d.press("G")
		d.sees("production only")
		d.seesNot("pgdn more")
	}
}

func TestAHelpThatFitsSaysNothingOfMore(t *testing.T) {
	d := helped(t, 120, 40)
	d.sees("on this page", "production only", "esc close")
	d.seesNot("pgdn more", "1–")
}

func TestTheHelpHasTwoColumnsFrom100OnAndNoneIsTorn(t *testing.T) {
	for width, beside := range map[int]bool{99: false, 100: true, 140: true} {
		d := helped(t, width, 60)
		first := strings.Split(ansi.Strip(d.app.View()), "\n")[2]
		if got := strings.Contains(first, "on this page") && strings.Contains(first, "many at once"); got != beside {
			t.Errorf("at %d: %q", width, first)
		}
		d.sees("q quit (ctrl+c too)", "Letters work on Persian")
	}
}

func TestTheHelpHasTheKeysForManyTokensTogether(t *testing.T) {
	d := helped(t, 80, 76)
	_, rest, _ := strings.Cut(ansi.Strip(d.app.View()), "many at once\n")
	rest, _, _ = strings.Cut(rest, "\n\nin every list")
	var got []string
	for line := range strings.SplitSeq(rest, "\n") {
		if words := strings.Fields(line); len(words) > 0 {
			got = append(got, words[0])
		}
	}
	if want := []string{"space", "m", "*", "M", ":plan"}; !slices.Equal(got, want) {
		t.Errorf("together are %q, not %q", got, want)
	}
}

func TestTheHelpSaysWhatTheMarksMean(t *testing.T) {
	d := helped(t, 80, 76)
	d.sees("› where you are", "* marked", "! altered for the screen; details have what came", "– nothing", "↑ ↓ sorted by this column", "look at this, this is over, danger and production only, you are here")
}

func TestKeysAreBoldInTheHelpAndThoseThatCannotBeUsedAreFaint(t *testing.T) {
	r := company(newClock())
	r.info.Missing[model.Delete] = "too old"
	d := prepare(t, termenv.ANSI, r)
	d.begin(80, 60)
	d.press("?")
	for _, want := range []string{"\x1b[1mc\x1b[0m        create", "\x1b[2md\x1b[0m        \x1b[2mdelete: too old\x1b[0m"} {
		if !strings.Contains(d.app.View(), want) {
			t.Errorf("%q is not in %q", want, d.app.View())
		}
	}
}

func TestTheHelpDoesWhatIsMarkedInIt(t *testing.T) {
	for keys, want := range map[string]string{
		"?⏎":               "expires",
		"?j⏎":              "for which user?",
		"?/delete⏎":        "Delete",
		"?/turn⏎":          "created ↑",
		"?/of that num⏎":   ":page",
		"?/users⏎":         "›2 Users",
		"?/cannot narrow⏎": "filter: this system cannot narrow this list",
		"?/last row⏎":      "› reza",
		"?kG⏎":             "5 tokens",
		"2?/copy name⏎":    "sara",
	} {
		t.Run(keys, func(t *testing.T) {
			d := start(t, company(newClock()))
			d.resize(80, 24)
			d.press(keys)
			d.sees(want)
			d.seesNot("on this page", "everywhere")
		})
	}
}

func TestTheHelpIsNarrowedToWhatIsLookedForAndEscShowsAllOfIt(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}} {
		d := helped(t, size[0], size[1])
		d.press("/sys")
		d.sees("on this page", "› f filter: this system", "everywhere", "/sys")
		d.seesNot("regenerate", "where you are")
		d.pressKey(tea.KeyDown)
		d.press("tem of that")
		d.sees("› :system system of that name")
		d.press("zz")
		d.sees("Nothing here says “system of thatzz”.")
		d.press("⏎")
		d.sees("Nothing here says")
		d.pressKey(tea.KeyEsc)
		d.sees("on this page", "› enter details")
		d.pressKey(tea.KeyEsc)
		d.seesNot("on this page")
		d.wrote()
	}
}
