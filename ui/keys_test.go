package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/order"
)

func TestAPasteOutsideATextFieldDoesNothingAndSaysSo(t *testing.T) {
	for name, keys := range map[string]string{"list": "", "users": "2", "systems": "0", "question": "d", "picker": "c", "key": "ry"} {
		t.Run(name, func(t *testing.T) {
			d := start(t, company(newClock()))
			d.press(keys)
			writes := len(d.systems[0].writes)
			d.paste("y")
			d.paste("dyq\n")
			d.sees("Pasted text does nothing outside a text field.")
			d.ended(false)
			if len(d.systems[0].writes) != writes || len(d.sent) != 0 {
				t.Error("the paste did something")
			}
		})
	}
}

func TestAKeyWithoutMeaningSaysSo(t *testing.T) {
	for _, page := range []string{"", "2", "0"} {
		d := start(t, company(newClock()))
		d.press(page + "z")
		d.sees("z does nothing here; ? shows the keys.")
	}
}

func TestWhatWasSaidIsGoneWithTheNextKey(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("zj")
	d.seesNot("does nothing here")
}

func TestQEnds(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("q")
	d.ended(true)
}

func TestAKeyThatCannotBeUsedSaysWhy(t *testing.T) {
	r := company(newClock())
	r.info.Missing = model.Caps{model.Delete: "this Hamgam is too old", model.Create: "only staff may"}
	d := start(t, r)
	d.press("d")
	d.sees("delete: this Hamgam is too old")
	d.press("c")
	d.sees("create: only staff may")
	d.press("2Gc")
	d.sees("create token: only staff may")
	d.press("1/nobody")
	d.pressKey(tea.KeyEnter)
	d.sees("No token of shop matches “nobody” (looked at: owner, number). esc shows all 5.")
	for key, name := range map[string]string{"d": "delete", "r": "regenerate", "u": "owner", "y": "copy owner"} {
		d.press(key)
		d.sees(name + ": there is no token under the cursor")
	}
	d.pressKey(tea.KeyEnter)
	d.sees("details: there is no token under the cursor")
	d.wrote()
}

func TestReadOnlySaysSoInTheHeaderAndAtEachKey(t *testing.T) {
	r := company(newClock())
	r.info.ReadOnly = true
	for _, a := range model.Actions() {
		r.info.Missing[a] = "authdeck was started read-only"
	}
	d := start(t, r)
	d.sees("READ-ONLY")
	for key, name := range map[string]string{"d": "delete", "r": "regenerate", "c": "create"} {
		d.press(key)
		d.sees(name + ": authdeck was started read-only")
		d.press("y")
	}
	d.wrote()
	d.seesNot("d delete", "r regenerate")
}

func TestLettersOfAnotherLayoutActByTheirPlace(t *testing.T) {
	for name, keys := range map[string][4]string{
		"Persian": {"ت", "ق", "غ", "ح"}, "Russian": {"о", "к", "н", "з"},
	} {
		t.Run(name, func(t *testing.T) {
			d := start(t, company(newClock()))
			d.press(keys[0])
			d.pointsAt("omid")
			d.press(keys[1])
			d.sees("Regenerate token #101 of omid?")
			d.press(keys[2])
			d.wrote("regenerate 101")
		})
	}
}

func TestLettersOfAnotherLayoutAreTextInATextField(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press("/лев")
	d.pressKey(tea.KeyEnter)
	d.pointsAt("лев")
	d.press("/")
	d.pressKey(tea.KeyBackspace, tea.KeyBackspace, tea.KeyBackspace)
	d.press("قغ")
	d.pressKey(tea.KeyEnter)
	if q := r.last("tokens").Search; q != "قغ" {
		t.Errorf("searched for %q", q)
	}
	d.wrote()
}

func TestHelpIsMadeOfTheKeysAndTheirReasons(t *testing.T) {
	r := company(newClock())
	r.info.Missing[model.Delete] = "this Hamgam is too old"
	d := start(t, r)
	d.resize(100, 40)
	d.press("?")
	for _, a := range d.app.tokens.Actions() {
		d.sees(a.Help().Key + " " + a.Help().Desc)
	}
	for _, b := range d.app.globals() {
		d.sees(b.Help().Key + " " + b.Help().Desc)
	}
	d.sees("d delete: this Hamgam is too old", "n next page")
	d.press("d")
	d.wrote()
	d.press("?")
	d.pointsAt("sara")
}

func TestHelpScrollsInALowWindow(t *testing.T) {
	d := start(t, company(newClock()))
	d.resize(60, 12)
	d.press("?")
	d.seesNot("quit (ctrl+c too)")
	d.press(strings.Repeat("j", 70))
	d.sees("danger and production only")
	d.pressKey(tea.KeyEsc)
	d.pointsAt("sara")
}

func TestNobodyActsInAWindowThatIsTooSmallToSee(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.resize(39, 9)
	d.press("r")
	d.pass(order.Arming)
	d.press("y")
	if len(r.writes) != 0 {
		t.Errorf("unseen: %q", r.writes)
	}
	d.resize(100, 30)
	d.seesNot("Regenerate token")
}
