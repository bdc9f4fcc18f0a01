package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// ofOmid is a console whose list of tokens is narrowed to one owner.
func ofOmid(t *testing.T, along bool) (*driver, *remote) {
	t.Helper()
	r := company(newClock())
	r.info.TokenFilters = []model.Choice{{Value: "with", Label: "of people"}}
	r.info.OwnerAndMore = along
	d := start(t, r)
	d.press("2jt")
	d.sees("only omid · page 1 of 1 · 1 token")
	return d, r
}

func TestOneOwnersTokensAreNarrowedOrderedAndSearchedAsOneOwners(t *testing.T) {
	for key, want := range map[string]string{"fj⏎": "of people", "sj⏎": "created ↑", "/om": "search “om”"} {
		d, r := ofOmid(t, true)
		d.press(key)
		if key[0] == '/' {
			d.pressKey(tea.KeyEnter)
		}
		d.sees("only omid", want, "1 token")
		if q := r.last("tokens"); q.Filter.Only.ID != "2" {
			t.Errorf("%s asks for %+v", key, q)
		}
	}
}

func TestEscTakesOneStepBackFromOneOwnersTokens(t *testing.T) {
	d, _ := ofOmid(t, true)
	d.press("sj⏎fj⏎/om")
	d.pressKey(tea.KeyEnter)
	d.sees("search “om” · only omid · of people")
	d.pressKey(tea.KeyEsc)
	d.sees("only omid · of people")
	d.pressKey(tea.KeyEsc)
	d.sees("only omid · page")
	d.seesNot("of people")
	d.pressKey(tea.KeyEsc)
	d.sees("7 users")
	d.press("1")
	d.sees("5 tokens", "created ↓")
}

func TestANarrowingThatIsDroppedIsSaid(t *testing.T) {
	for _, key := range []string{"fj⏎", "/sara"} {
		d, r := ofOmid(t, false)
		d.press(key)
		if key[0] == '/' {
			d.pressKey(tea.KeyEnter)
		}
		d.seesNot("only omid · page")
		d.sees("All tokens again, not only omid; this system cannot do both.")
		if q := r.last("tokens"); q.Filter.Only.ID != "" {
			t.Errorf("%s asks for %+v", key, q)
		}
	}
	d, _ := ofOmid(t, false)
	d.press("s")
	d.sees("sort: the list is narrowed to omid", "only omid")
	d.press("/")
	d.pressKey(tea.KeyEnter)
	d.sees("only omid")
}

func TestAfterAJumpTheListIsAsItWasBefore(t *testing.T) {
	r := company(newClock())
	r.info.TokenFilters = []model.Choice{{Value: "with", Label: "of people"}}
	d := start(t, r)
	d.press("sj⏎fj⏎2jt")
	d.sees("only omid")
	d.pressKey(tea.KeyEsc)
	d.press("1")
	d.sees("of people · page 1 of 1 · 5 tokens", "created ↑")
}
