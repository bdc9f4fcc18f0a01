package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/caret"
)

// dated is a company in which a date counts for app passwords only, and whose server sets
// that of all other tokens itself.
func dated(c *clock) *remote {
	r := company(c)
	r.info.Missing = nil
	r.forms[model.Create] = model.Form{
		Fields: []model.Field{
			{Key: "name", Label: "identifier", Help: "its name", Check: func(string) error { return nil }},
			{Key: "intent", Label: "kind", Kind: model.AskChoice, Value: "app", Choices: []model.Choice{{Value: "app", Label: "app password"}, {Value: "api", Label: "API token"}}},
			{Key: "expires", Label: "expires on", Kind: model.AskTime, Optional: true, Help: "the server has the last word", Idle: func(values map[string]string) string {
				if values["intent"] == "api" {
					return "app passwords only"
				}
				return ""
			}},
			{Key: "about", Label: "description", Optional: true, Help: "what it is for, and who to ask where nobody knows any more what it was for"},
		},
		Review: func(d model.Draft) []string {
			if d.Values["intent"] == "api" {
				return []string{"It expires in 30 minutes: the server sets this date."}
			}
			return nil
		},
	}
	return r
}

// every is the sizes at which a form is looked at; in the last two it has no box.
func every() [][2]int { return [][2]int{{120, 36}, {100, 30}, {80, 24}, {60, 15}, {40, 10}} }

func TestAFormLiesOverItsList(t *testing.T) {
	for _, size := range every() {
		d := prepare(t, termenv.Ascii, dated(newClock()))
		d.begin(size[0], size[1])
		d.press("c")
		d.sees("Create a token on shop", "› identifier")
		box := boxed(ansi.Strip(d.shown()))
		if (size[1] >= 24) != (len(box) > 0) {
			t.Errorf("at %v the box is %q", size, box)
		}
		if len(box) == 0 {
			continue
		}
		if wide := ansi.StringWidth(box[0]); wide > 76 || strings.Contains(d.lines()[size[1]-1], "enter") {
			t.Errorf("at %v the box is %d wide, and the last line is %q", size, wide, d.lines()[size[1]-1])
		}
		if d.marked() == "" {
			t.Errorf("at %v no row is marked beside the box:\n%s", size, ansi.Strip(d.app.View()))
		}
		d.sees("enter next esc leave ctrl+s review")
	}
}

func TestNothingInAFormJumpsWhileItIsGoneThrough(t *testing.T) {
	for _, size := range append(every()[:4], [2]int{80, 20}) { // in the last one only the help of the open field has room
		for name, begin := range map[string][]tea.KeyType{"dated": {tea.KeyTab, tea.KeySpace, tea.KeyShiftTab}, "formed": {tea.KeyTab}} {
			d := prepare(t, termenv.Ascii, map[string]*remote{"dated": dated(newClock()), "formed": formed(newClock())}[name])
			d.begin(size[0], size[1])
			d.press("c")
			d.pressKey(begin...) // to an API token, and for yourself
			first := d.places()
			for range 6 {
				d.pressKey(tea.KeyTab)
				if now := d.places(); now != first && (name == "dated" || size[1] > 15) { // there it is turned
					t.Fatalf("%s at %v: it stood at\n%s\nand stands at\n%s", name, size, first, now)
				}
			}
		}
	}
}

// places are the lines of the screen on which the fields of a form and the edges of its box
// begin.
func (d *driver) places() string {
	var places []string
	for i, line := range d.lines() {
		for _, word := range []string{"╭", "╰", "identifier", "kind", "expires on", "description", "intent", "expiring", "scopes", "expires ", "password", "It"} {
			if at := strings.Index(line, " "+word+" "); at >= 0 {
				places = append(places, fmt.Sprint(i, " ", ansi.StringWidth(line[:at]), " ", word))
			}
			if at := strings.Index(line, word+"──"); at >= 0 {
				places = append(places, fmt.Sprint(i, " ", ansi.StringWidth(line[:at]), " ", word))
			}
		}
	}
	return strings.Join(places, "\n")
}

func TestWhatDoesNotCountIsSaidWhyAndSteppedOver(t *testing.T) {
	for _, size := range every() {
		d := prepare(t, termenv.Ascii, dated(newClock()))
		d.begin(size[0], size[1])
		d.press("c")
		d.press("ci")
		d.pressKey(tea.KeyTab, tea.KeyTab)
		d.press("soon")
		d.pressKey(tea.KeyShiftTab, tea.KeySpace) // an API token
		d.sees("app passwords only")
		d.pressKey(tea.KeyTab)
		d.sees("› description")
		d.pressKey(tea.KeyShiftTab)
		d.sees("› kind ‹ API token ›")
		d.pressKey(tea.KeyCtrlS)
		d.sees("Create a token?", "API token")
		d.seesNot("expires on", "soon")
		d.press("y")
		if o := d.systems[0].orders[0]; len(o.Values) != 3 {
			t.Errorf("sent %v", o.Values)
		}
	}
}

func TestWhatDoesNotCountIsFaint(t *testing.T) {
	d := prepare(t, termenv.ANSI, dated(newClock()))
	d.begin(100, 30)
	d.press("cci")
	d.pressKey(tea.KeyTab, tea.KeyTab)
	d.press("30d")
	d.pressKey(tea.KeyShiftTab, tea.KeySpace)
	for _, want := range []string{"\x1b[2m30d\x1b[0m", "\x1b[2mapp passwords only\x1b[0m"} {
		if !strings.Contains(d.app.View(), want) {
			t.Errorf("there is no %q in\n%q", want, d.app.View())
		}
	}
}

func TestWhatWasTypedIsThereAgainAfterTheWayBack(t *testing.T) {
	d := start(t, dated(newClock()))
	d.press("cci")
	d.pressKey(tea.KeyTab, tea.KeyTab)
	d.press("30d")
	d.pressKey(tea.KeyShiftTab, tea.KeySpace, tea.KeyCtrlS)
	d.sees("Create a token?")
	d.press("n")
	d.sees("› identifier ci", "‹ API token ›", "30d", "app passwords only")
	d.pressKey(tea.KeyTab, tea.KeySpace)
	d.sees("expires on 30d", "= 2026-03-31 12:00:00 UTC")
	d.seesNot("app passwords only")
}

func TestWhatTheServerWillDoStandsInTheFormAndInTheQuestion(t *testing.T) {
	d := start(t, dated(newClock()))
	d.press("cci")
	d.pressKey(tea.KeyTab)
	d.seesNot("the server sets this date")
	d.pressKey(tea.KeySpace)
	d.sees("› kind ‹ API token ›", "It expires in 30 minutes: the server sets this date.")
	d.pressKey(tea.KeyCtrlS)
	d.sees("Create a token?", "It expires in 30 minutes: the server sets this date.")
}

func TestCtrlSGoesOnFromAnywhere(t *testing.T) {
	d := start(t, dated(newClock()))
	d.press("c")
	d.pressKey(tea.KeyTab, tea.KeyCtrlS)
	d.sees("› identifier", "✗ a value is needed here")
	d.press("ci")
	d.seesNot("✗")
	d.pressKey(tea.KeyCtrlS)
	d.sees("Create a token?")
	d.wrote()
}

func TestTheLastFieldThatCountsGoesOn(t *testing.T) {
	d := start(t, dated(newClock()))
	d.press("cci")
	d.pressKey(tea.KeyEnter, tea.KeyEnter, tea.KeyEnter)
	d.sees("› description", "enter review")
	d.pressKey(tea.KeyEnter)
	d.sees("Create a token?")
}

func TestWhatIsWrongIsSeenWithItsFieldAtEverySize(t *testing.T) {
	for _, size := range every() {
		d := prepare(t, termenv.Ascii, dated(newClock()))
		d.begin(size[0], size[1])
		d.press("cci")
		d.pressKey(tea.KeyTab, tea.KeyTab)
		d.press("soon")
		d.pressKey(tea.KeyTab, tea.KeyCtrlS)
		d.sees("› expires on soon", "✗ this is no time; write 2026-12-31")
	}
}

func TestAnEmptyFieldIsSeen(t *testing.T) {
	for profile, want := range map[termenv.Profile]string{termenv.Ascii: "____", termenv.ANSI: "\x1b[4m    "} {
		d := prepare(t, profile, dated(newClock()))
		d.begin(100, 30)
		d.press("c")
		if n := strings.Count(caret.Without(d.app.View()), want); n < 3 {
			t.Errorf("%q is there %d times", want, n)
		}
	}
}

func TestPersianInAFieldLeavesWhatFollowsInItsPlace(t *testing.T) {
	d := prepare(t, termenv.ANSI, dated(newClock()))
	d.begin(80, 24)
	d.press("cci")
	d.pressKey(tea.KeyShiftTab, tea.KeyTab, tea.KeyTab, tea.KeyTab)
	d.press("برای گزارش")
	d.sees("› description برای گزارش")
	d.cursorOn("› description  برای گزارش", " ")
	if !strings.Contains(d.app.View(), "برای گزارش"+caret.Here+" \u200e") {
		t.Errorf("it is not ended:\n%q", d.app.View())
	}
}
