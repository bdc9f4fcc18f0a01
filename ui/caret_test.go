package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/caret"
)

func TestTheCursorStandsAtTheMarkedRow(t *testing.T) {
	d := start(t, company(newClock()))
	d.cursorOn("", "› sara")
	d.press("jj")
	d.cursorOn("", "› лев")
	d.resize(80, 15)
	d.pressKey(tea.KeyEnter) // the details of a low window have no marked row
	d.cursorNowhere()
	d.resize(80, 24)
	d.cursorOn("", "› лев")
	d.resize(140, 30)
	d.cursorOn("", "› лев")
	d.press("2")
	d.cursorOn("", "› sara")
	d.press("0")
	d.cursorOn("", "› shop")
	d.press("?j")
	d.cursorOn("", "› ctrl+r")
}

func TestTheCursorStandsInTheSearchThatIsTyped(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("/")
	d.cursorOn("/", "words")
	d.press("omid")
	d.cursorOn("/omid", " ")
	d.pressKey(tea.KeyLeft, tea.KeyLeft)
	d.cursorOn("/om", "id")
	d.pressKey(tea.KeyEsc)
	d.cursorOn("", "› sara")

	d.press("c")
	d.cursorOn("", "› nika")
	d.press("/")
	d.cursorOn("/", "words")
	d.press("李")
	d.cursorOn("/李", " ")
}

func TestTheCursorStandsInTheFieldThatIsFilledIn(t *testing.T) {
	d := start(t, formed(newClock()))
	for _, size := range [][2]int{{100, 30}, {80, 24}, {60, 15}, {40, 10}} {
		d.resize(size[0], size[1])
		d.press("c")
		d.cursorOn("", "› sara")
		d.pressKey(tea.KeyTab)
		d.press("ci")
		d.cursorOn("› identifier  ci", "_")
		d.pressKey(tea.KeyLeft)
		d.cursorOn("› identifier  c", "i")
		d.pressKey(tea.KeyEnter)
		d.cursorOn("› intent      ‹ ", "API ›")
		d.pressKey(tea.KeySpace)
		d.cursorOn("› intent      ‹ ", "app password ›")
		d.pressKey(tea.KeyEnter, tea.KeyEnter)
		d.cursorOn("› scopes      ", "▸ [ ] read")
		d.pressKey(tea.KeyDown, tea.KeySpace)
		d.cursorOn("", "▸ [x] write")
		d.pressKey(tea.KeyEnter)
		d.press("30d")
		d.pressKey(tea.KeyHome)
		d.cursorOn("› expires     ", "30d")
		d.pressKey(tea.KeyEnter)
		d.cursorOn("› password    ", "_")
		d.press("abc")
		d.cursorOn("› password    •••", "_")
		d.pressKey(tea.KeyEsc)
	}
}

func TestTheCursorStandsWhereADialogBegins(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("d")
	d.cursorOn("", "Delete token #100 of sara?")
	d.resize(40, 10)
	d.cursorOn("", "Delete token #100 of sara?")
	d.resize(100, 30)
	d.press("n")
	d.cursorOn("", "› sara")
	d.press("ry")
	d.keepErr = errors.New("no room")
	d.press("w")
	d.cursorOn("", "The new key")
	d.press("o")
	d.cursorOn("folder: ", " ")
	d.press("/tmp")
	d.cursorOn("folder: /tmp", " ")
}

func TestTheCursorStandsInThePhraseThatAProductionSystemAsksFor(t *testing.T) {
	r := company(newClock())
	r.info.Production = true
	d := start(t, r)
	d.press("d#1")
	d.cursorOn("> #1", " ")
}

func TestTheCursorStandsAtTheBeginningOfAFailureAndOfNothingElse(t *testing.T) {
	r := company(newClock())
	r.fail["tokens"] = model.Fail(model.Unavailable, "connection refused")
	d := start(t, r)
	d.cursorOn("", "The system is not available")
	d.press("/om") // the failure stays on the screen
	d.cursorOn("/om", " ")
}

func TestTheCursorStandsWhereTheReadingOfALowDialogGoesOn(t *testing.T) {
	d := start(t, low(newClock()))
	d.resize(40, 10)
	d.press("d")
	d.pressKey(tea.KeyPgDown)
	first, _, _ := strings.Cut(strings.Join(strings.Split(d.app.View(), "\n")[2:], "\n"), "\n")
	if !strings.HasPrefix(first, caret.Here) {
		t.Errorf("the first line that is shown is %q", first)
	}
}

func TestTheCursorStandsNowhereInAListWithoutRows(t *testing.T) {
	r := company(newClock())
	r.tokens = nil
	d := start(t, r)
	d.cursorNowhere()
	d.resize(30, 8)
	d.cursorNowhere()
	d.resize(100, 30)
	d.hold()
	d.pass(time.Second)
	d.cursorNowhere()
}

// cursorNowhere holds a screen to no place for the terminal's own cursor.
func (d *driver) cursorNowhere() {
	d.t.Helper()
	if strings.Contains(d.app.View(), caret.Here) {
		d.t.Errorf("the cursor stands in %q", d.app.View())
	}
}
