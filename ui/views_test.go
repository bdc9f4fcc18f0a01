package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"authdeck/model"
)

// TestAViewIsAQuestionThatNeedNotBeTyped chooses one that everybody has, and one of one's own.
func TestAViewIsAQuestionThatNeedNotBeTyped(t *testing.T) {
	r := company(newClock())
	d := prepare(t, termenv.Ascii, r)
	d.app.Views = []model.View{
		{Name: model.Clean("Old CI keys"), Query: "name:ci-* age>1y sort:-age"},
		{Name: model.Clean("People off"), Query: "is:inactive"},
	}
	d.app.enter(0) // a page reads its views once
	d.begin(100, 30)
	d.press("V")
	d.sees("Show which tokens?", "› Look at these", "Expiring", "Never expires", "Expired", "Inactive owners", "Mine", "Old CI keys")
	d.seesNot("People off")
	d.press("old")
	d.pressKey(tea.KeyEnter)
	if q := r.last("tokens").Where; q != "name:ci-* age>1y sort:-age" {
		t.Errorf("asked for %q", q)
	}
	d.sees("“name:ci-* age>1y sort:-age”")
	d.press("V")
	d.sees("Old CI keys now")
	d.pressKey(tea.KeyEsc)
	d.press("/")
	d.sees("name:ci-* age>1y sort:-age")
	d.pressKey(tea.KeyEsc, tea.KeyEsc)
	if q := r.last("tokens").Where; q != "" {
		t.Errorf("esc left %q", q)
	}
	d.press("2V")
	d.sees("Show which users?", "People off")
	d.seesNot("Old CI keys", "Expiring")
}

func TestAPageWithoutAViewSaysWhereTheyComeFrom(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("2V")
	d.sees("views: no view asks for users; a [[view]] of the configuration can")
}

func TestAViewIsAskedForByItsName(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press(":views exp")
	d.pressKey(tea.KeyEnter)
	d.sees("is it “Expiring” or")
	d.pressKey(tea.KeyEsc)
	d.press(":views mine")
	d.pressKey(tea.KeyEnter)
	if q := r.last("tokens").Where; q != "is:mine" {
		t.Errorf("asked for %q", q)
	}
}

// TestASystemThatThereIsNotIsSaidAtItsWordAndNobodyIsAsked has a console of three systems, and
// asks in one of them too.
func TestASystemThatThereIsNotIsSaidAtItsWordAndNobodyIsAsked(t *testing.T) {
	d, _ := openSystems(t, three())
	for _, page := range []string{"9", "1"} {
		d.press(page)
		d.press("/system:nope")
		d.pressKey(tea.KeyEnter)
		d.sees("no system is called “nope”; there are", "/system:nope")
		d.pressKey(tea.KeyEsc)
	}
}
