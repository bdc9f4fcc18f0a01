package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
)

func TestEverythingThatAKeyDoesIsDoneByItsName(t *testing.T) {
	for command, want := range map[string]string{
		"delete":                "Delete",
		"users":                 "›2 Users",
		"systems":               "›0 Systems",
		"help":                  "on this page",
		"sort":                  "Sort the tokens",
		"sort name":             "no. ↑",
		"sort OLDEST first":     "created ↑",
		"turn-the-order":        "created ↑",
		"search owner:sara":     "“owner:sara”",
		"search sara":           "search “sara”",
		"filter":                "filter: this system cannot narrow this list",
		"filter x":              "filter: this system cannot narrow this list",
		"down":                  "5 tokens",
		"last":                  "This is page 1, and there is none after it.",
		"page 1":                "This is page 1.",
		"system live":           "authdeck live PRODUCTION",
		"edit":                  "edit: there is nothing to edit",
		"details":               "owner",
		"":                      "5 tokens",
		"  ask-again ":          "5 tokens",
		"regenerate":            "Regenerate",
		"unclear-rows":          "unclear rows: search age>1y first",
		"paint-the-screen-anew": "5 tokens",
	} {
		t.Run(command, func(t *testing.T) {
			d := start(t, three()...)
			d.press(":" + command + "⏎")
			d.sees(want)
			d.seesNot("✗")
		})
	}
	d := start(t, company(newClock()))
	d.press(":quit⏎")
	d.ended(true)
}

func TestAMoveByItsNameIsThatOfTheKey(t *testing.T) {
	d := start(t, company(newClock()))
	d.press(":down⏎:down⏎")
	d.pointsAt("лев")
	d.press(":last-row⏎")
	d.pointsAt("reza")
	d.press("2:filter without⏎")
	d.sees("without a token · page 1 of 1 · 2 users")
}

func TestWhatIsNoCommandIsSaidAtItsWordWithTheNearest(t *testing.T) {
	for _, c := range []struct{ line, says, before, after string }{
		{"delte", "no command “delte”; is it “delete”?", ":delte", " "},
		{"delete it", "nothing follows “delete”", ":delete it", " "},
		{"sort colour", "there is “newest first”, “oldest first”, “by name”", ":sort colour", " "},
		{"sort first", "is it “newest first” or “oldest first”?", ":sort first", " "},
		{"search stat:x", "no field is called “stat”; is it “state”?", ":search stat", ":x"},
		{"page x", "the number of a page follows, such as :page 40", ":page x", " "},
		{"page", "the number of a page follows, such as :page 40", ":page", " "},
		{"page 0", "the number of a page follows, such as :page 40", ":page 0", " "},
		{"system x", "there is “shop”, “lab”, “live”", ":system x", " "},
	} {
		t.Run(c.line, func(t *testing.T) {
			d := start(t, three()...)
			asked := d.questions()
			d.press(":" + c.line + "⏎")
			d.resize(120, 20)
			d.sees(c.says)
			d.cursorOn(c.before, c.after)
			if d.questions() != asked {
				t.Error("something was asked of a system")
			}
			d.pressKey(tea.KeyEsc)
			d.seesNot(c.says)
			d.wrote()
		})
	}
}

func TestCommandsAndTheirWordsAreCompletedAndRemembered(t *testing.T) {
	d := start(t, three()...)
	d.press(":sys")
	d.sees("system systems")
	d.pressKey(tea.KeyTab)
	d.press(" li")
	d.pressKey(tea.KeyTab)
	d.sees(":system live")
	d.press("⏎")
	d.sees("authdeck live")
	d.press(":search -state:exp")
	d.pressKey(tea.KeyTab)
	d.sees(":search -state:expired")
	d.pressKey(tea.KeyEsc)
	d.press(":")
	d.pressKey(tea.KeyUp)
	d.sees(":system live")
}

func TestAPageIsGoneToByItsNumberWithProgressUntilEsc(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.press(":last⏎")
	d.sees("page 3 of 3")
	d.press(":first⏎")
	d.sees("page 1 of 3")
	d.press(":page ۲⏎")
	d.sees("page 2 of 3")
	d.press(":page 1⏎")
	d.hold()
	d.press(":page 99⏎")
	d.sees("There is no page 99: the last one is 3.")
	d.pass(2 * time.Second)
	d.sees("page 1, on to 99 ·", "esc stays here")
	d.pressKey(tea.KeyEsc)
	d.sees("Stayed on page 1.")
	d.press(":page 3⏎")
	d.pass(2 * time.Second)
	d.sees("page 1, on to 3 ·")
	d.release()
	d.sees("page 3 of 3")
}

func TestAPasteIsTextInACommandAndLettersAreAsTheyAreTyped(t *testing.T) {
	d := start(t, company(newClock()))
	d.press(":search ")
	d.paste("سارا")
	d.press("д")
	d.sees("سارا", "д")
	d.wrote()
}

// TestTheCandidateThatStandsInTheLineIsSeenAmongTheOthers is about colours that the line once took
// from elsewhere: with NO_COLOR it had none, and nothing told one candidate from the next.
func TestTheCandidateThatStandsInTheLineIsSeenAmongTheOthers(t *testing.T) {
	d := prepare(t, termenv.ANSI, company(newClock()))
	d.begin(100, 30)
	for _, line := range []string{":so", "/is:o"} {
		d.press(line)
		d.pressKey(tea.KeyTab)
		if shown := d.app.View(); !strings.Contains(shown, "\x1b[7m") || !strings.Contains(shown, "\x1b[2m") {
			t.Errorf("%s: %q", line, shown)
		}
		d.pressKey(tea.KeyEsc)
		d.pressKey(tea.KeyEsc)
	}
}
