package ui

import (
	"path/filepath"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/client/rotations"
	"authdeck/model"
)

// rotating is a console that remembers rotations.
func remembering(t *testing.T, change func(*model.Info)) *driver {
	t.Helper()
	r := company(newClock())
	if change != nil {
		change(&r.info)
	}
	d := prepare(t, 0, r)
	w := d.app.world
	w.Rotations = rotations.In(filepath.Join(t.TempDir(), "rotations"))
	d.app = New(w, []model.API{r}, 0)
	d.begin(100, 40)
	return d
}

func TestATokenIsRotatedFromItsRowAndFoundAgainInTheView(t *testing.T) {
	d := remembering(t, nil)
	d.press("R")
	d.sees("Create a successor of token #100 of sara?", "It stands beside the old token")
	d.press("y")
	d.sees("The successor of token #100 of sara")
	d.keys("v\x1b")
	d.sees("Handed over. Token #100 of sara still opens")
	d.press("R") // the cursor is on the new one by now
	d.sees("Create a successor of token #91 of sara?")
	d.press("n")
	d.press("W")
	d.sees("Rotation of token #100 of sara", "new token", "#91", "shop does not tell when a token was used")
	d.press("o")
	d.isOn("#100")
	d.press("W")
	d.press("n")
	d.isOn("#91")
	d.press("W")
	d.press("d")
	d.sees("Delete token #100 of sara?", "successor", "#91")
	d.press("y")
	d.sees("Deleted: token #100 of sara. The rotation is over: #91 has its place.")
}

func TestWhereNoSecondTokenStandsBesideAnotherItsKeySaysWhy(t *testing.T) {
	d := remembering(t, func(i *model.Info) { i.Lone = "a user has one token here" })
	d.press("R")
	d.sees("rotate: a user has one token here")
	if len(d.systems[0].orders) > 0 {
		t.Errorf("sent %+v", d.systems[0].orders)
	}
	d = remembering(t, func(i *model.Info) { i.Missing[model.Create] = "authdeck is read-only here" })
	d.press("R")
	d.sees("rotate: authdeck is read-only here")
}

func TestRotationsHaveTheirNamesInTheCommandLine(t *testing.T) {
	d := remembering(t, nil)
	d.press(":rotations")
	d.pressKey(tea.KeyEnter)
	d.sees("No rotation is under way; R on a token begins one.")
	d.press(":rotate")
	d.pressKey(tea.KeyEnter)
	d.sees("Create a successor of token #100 of sara?")
}

// isOn wants the cursor to be on a token.
func (d *driver) isOn(name string) {
	d.t.Helper()
	if row, _ := d.app.tokens.list.Selected(); row.Name.String() != name {
		d.t.Errorf("the cursor is on %s, and not on %s", row.Name, name)
	}
}
