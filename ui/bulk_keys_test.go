package ui

import (
	"strings"
	"sync"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
)

// fullShelf keeps plans, and has no room for keys, of which three come before it says so.
type fullShelf struct {
	shelf
	come sync.WaitGroup
}

func newFullShelf() *fullShelf {
	s := &fullShelf{}
	s.come.Add(3)
	return s
}

func (s *fullShelf) Outlets(*plan.Plan) []plan.Outlet {
	return []plan.Outlet{{Way: plan.InFile, Open: func(string) (plan.Keys, error) { return s, nil }}}
}

func (s *fullShelf) Take(*plan.Line, model.Issued) error {
	s.come.Done()
	s.come.Wait()
	return errBroken
}

func (*fullShelf) Place(*plan.Line) plan.Place { return plan.Place{} }

// TestOnTheWayOutEachKeyThatWaitsIsNamed is about several keys of a plan that no file took, and
// that are sealed since they came.
func TestOnTheWayOutEachKeyThatWaitsIsNamed(t *testing.T) {
	for how, leave := range map[string]func(*driver){
		"TERM": func(d *driver) { d.give(signalled()) }, "a lost terminal": func(d *driver) { d.give(hangups()["lost terminal"]) },
		"ctrl+c": func(d *driver) { d.pressKey(tea.KeyCtrlC) },
	} {
		d := keeping(t, &keeper{}, nil)
		d.shelve()
		d.app.Desk.Plans, d.app.Desk.Making.AtOnce = newFullShelf(), 3
		d.keepErr = errBroken
		d.press(":plan regenerate⏎")
		d.press("a⏎")
		d.press("regenerate 5⏎")
		d.sees("The new key of token")
		leave(d)
		d.ended(true)
		said, lost := d.app.Farewell()
		if named := strings.Count(strings.Join(said, " "), "was not handed over, and is kept, sealed:"); named != 3 || lost != nil {
			t.Errorf("%s: of 3 keys %d are named in %q, %v", how, named, said, lost)
		}
	}
}

// TestASealedKeyThatSomebodyTookAwayIsRescuedLikeAnyOther is about a line that drops, and a
// sealed file that is not where it was put.
func TestASealedKeyThatSomebodyTookAwayIsRescuedLikeAnyOther(t *testing.T) {
	for how, leave := range map[string]func(*driver){
		"TERM": func(d *driver) { d.give(signalled()) }, "ctrl+c": func(d *driver) { d.pressKey(tea.KeyCtrlC) },
	} {
		d := keeping(t, &keeper{gone: errBroken}, nil)
		d.newKey()
		leave(d)
		d.ended(true)
		said, lost := d.app.Farewell()
		if len(d.kept) != 2 || !strings.HasSuffix(d.kept[0], model.RescuedKey) || lost != nil || !strings.Contains(strings.Join(said, " "), "was written to a file") {
			t.Errorf("%s: kept %d, said %q, %v", how, len(d.kept), said, lost)
		}
	}
}
