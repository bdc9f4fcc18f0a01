package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/goldentest"
)

// atEachSize opens a list in a window of each size.
func atEachSize(t *testing.T, look func(d *driver)) {
	t.Helper()
	for _, size := range goldentest.Sizes() {
		d := prepare(t, termenv.Ascii, plenty(newClock()))
		d.begin(size[0], size[1])
		look(d)
	}
}

func TestAWaitSaysHowLongAndHowItIsGivenUpInEveryWindow(t *testing.T) {
	atEachSize(t, func(d *driver) {
		d.hold()
		d.press("2")
		d.pass(12 * time.Second)
		d.sees("12 s", "esc gives up")
	})
}

func TestEscIsOfferedOnlyWhereItGoesSomewhere(t *testing.T) {
	atEachSize(t, func(d *driver) {
		d.seesNot("esc")
		d.press("2")
		d.seesNot("esc")
		d.press("/om")
		d.pressKey(tea.KeyEnter)
		if last := d.app.front.Help(); len(last) == 0 {
			t.Fatal("no keys")
		}
		offered := false
		for _, k := range d.app.front.Help() {
			offered = offered || k.Help().Key == "esc"
		}
		if !offered {
			t.Error("the way out of a search is not offered")
		}
	})
}

func TestTheWayOutOfANewKeyIsOfferedInEveryWindow(t *testing.T) {
	atEachSize(t, func(d *driver) {
		d.keepErr = errors.New("no space left on device")
		renewed("w")(d)
		d.sees("esc close")
	})
}

func TestWhatIsSaidBelowADialogIsReadToTheEndInEveryWindow(t *testing.T) {
	atEachSize(t, func(d *driver) {
		d.press("r")
		d.hold()
		agree(d)
		d.pressKey(tea.KeyCtrlC)
		d.sees("ctrl+c again leaves; the answer may hold a new key.")
		d.release()
		d.pressKey(tea.KeyEsc)
	})
}

func TestBehindADialogTheListGoesOnToTheEnd(t *testing.T) {
	for name, before := range map[string]func(d *driver){
		"a remark":          func(d *driver) { d.systems[0].tokens = d.systems[0].tokens[1:]; d.pressKey(tea.KeyCtrlR) },
		"details below it":  func(d *driver) { d.pressKey(tea.KeyEnter) },
		"nothing beside it": func(*driver) {},
	} {
		d := prepare(t, termenv.Ascii, plenty(newClock()))
		d.begin(80, 24)
		before(d)
		d.press("d")
		d.sees("Delete token")
		lines := strings.Split(ansi.Strip(d.app.View()), "\n")
		if row := lines[len(lines)-3]; !strings.HasPrefix(row, "  user") {
			t.Errorf("with %s the last row is %q", name, row)
		}
	}
}

func TestATitleSaysOfAHalfDoneWriteNoOtherThanTheText(t *testing.T) {
	d := start(t, company(newClock()))
	d.systems[0].fail["regenerate"] = model.Fail(model.Partial, "the old token is still there")
	renewed("")(d)
	d.sees("Regenerating token #100 of sara: half done", "It half happened")
	d.seesNot("failed")
}

func TestWhatHasShownIsNotAlsoInDoubt(t *testing.T) {
	d := start(t, company(newClock()))
	d.systems[0].fail["regenerate"] = model.Fail(model.Uncertain, "the answer was lost")
	d.systems[0].finding = model.Finding{End: model.Visible, Words: "Token #100 has a new key."}
	renewed("")(d)
	d.sees("it shows", "Token #100 has a new key.", "Before that it was not known: the answer was lost")
	d.seesNot("may have happened")
}
