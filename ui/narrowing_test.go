package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

func TestAListIsNarrowedByARangeAndEscLetsItGo(t *testing.T) {
	r := company(newClock())
	r.info.TokenRanges = tokenRanges()
	d := start(t, r)
	d.press("/")
	d.sees("words, owner:ali expires<14d")
	d.press("updated:..2025-06-30 om")
	d.pressKey(tea.KeyEnter)
	if q := r.last("tokens"); q.Search != "om" || len(q.Ranges) != 1 || q.Ranges[0].To != "2025-06-30" {
		t.Errorf("asked for %+v", q)
	}
	d.sees("updated:..2025-06-30", "1 token")
	d.press("/")
	d.sees("/om updated:..2025-06-30")
	d.pressKey(tea.KeyEsc, tea.KeyEsc)
	d.sees("5 tokens")
	if q := r.last("tokens"); q.Search != "" || len(q.Ranges) != 0 {
		t.Errorf("asked for %+v", q)
	}
}

func TestAMistypedRangeStaysInTheLineWithItsReason(t *testing.T) {
	for _, width := range []int{40, 100} {
		r := company(newClock())
		r.info.TokenRanges = tokenRanges()
		d := start(t, r)
		d.resize(width, 24)
		reads := len(r.asked)
		d.press("/id:x")
		d.pressKey(tea.KeyEnter)
		d.sees("✗ id: this is no whole number")
		d.pressKey(tea.KeyBackspace)
		d.seesNot("✗")
		if len(r.asked) != reads {
			t.Error("it was asked all the same")
		}
		d.press("7")
		d.pressKey(tea.KeyEnter)
		if q := r.last("tokens"); len(q.Ranges) != 1 || q.Ranges[0].From != "7" {
			t.Errorf("asked for %+v", q)
		}
	}
}

func tokenRanges() []model.RangeField {
	return []model.RangeField{{Name: "updated", Kind: model.Dates}, {Name: "id", Kind: model.Numbers}}
}
