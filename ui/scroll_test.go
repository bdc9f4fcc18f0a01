package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// low is a company whose questions do not fit into the least window.
func low(c *clock) *remote {
	r := company(c)
	r.forms[model.Delete] = model.Form{Danger: true, Warnings: []string{
		"First of all, whatever uses the key is signed out, and nobody will be told of it by the system.",
		"Second, this token is managed by the system itself.", "Third, THE END.",
	}}
	return r
}

func TestAQuestionThatDoesNotFitIsReadToItsEndBeforeItIsAnswered(t *testing.T) {
	d := start(t, low(newClock()))
	d.resize(40, 10)
	d.press("d")
	d.sees("Delete token #100 of sara?", "pgdn shows more")
	d.seesNot("THE END")
	d.press("y")
	d.sees("pgdn first")
	d.wrote()
	for range 12 {
		d.pressKey(tea.KeyPgDown)
	}
	d.sees("system: shop, hamgam")
	d.seesNot("pgdn shows more")
	d.press("y")
	d.wrote("delete 100")
}

func TestEveryLineOfALowQuestionComesToTheScreen(t *testing.T) {
	d := start(t, low(newClock()))
	d.resize(40, 10)
	d.press("d")
	seen := d.sight()
	for range 12 {
		d.pressKey(tea.KeyDown)
		seen += d.sight()
	}
	for _, words := range []string{"First of all", "Second, this", "THE END", "owner: sara", "not applicable: expires", "does not say: last used", "system: shop"} {
		if !strings.Contains(seen, words) {
			t.Errorf("%q never came to the screen", words)
		}
	}
	for range 12 {
		d.pressKey(tea.KeyUp)
	}
	d.sees("Delete token #100 of sara?")
}

func TestAQuestionThatFitsIsAnsweredAtOnce(t *testing.T) {
	d := start(t, low(newClock()))
	d.press("d")
	d.sees("THE END", "system shop")
	d.press("y")
	d.wrote("delete 100")
}

func TestALetterInALowQuestionIsTypedAndDoesNotTurnIt(t *testing.T) {
	r := low(newClock())
	r.info.Production = true
	r.tokens[0].Name = model.Clean("git-hook")
	d := start(t, r)
	d.resize(40, 10)
	d.press("d")
	for range 12 {
		d.pressKey(tea.KeyPgDown)
	}
	d.seesNot("To go on, type")
	d.press("git-hook")
	d.sees("To go on, type git-hook", "> git-hook") // where it is typed
	d.pressKey(tea.KeyEnter)
	d.wrote("delete 100")
}
