package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// askedAll is a console of all systems that was asked something of which it cannot be told of
// some tokens.
func askedAll(t *testing.T, question string) *driver {
	t.Helper()
	d, _ := everySystem(t)
	d.systems[0].sifted = &model.Sifted{Read: 861, Total: 861, Unsaid: 231, Untold: []string{"age"}}
	d.press("/" + question)
	d.pressKey(tea.KeyEnter)
	return d
}

// TestHowManyCannotBeToldStandsInEveryWindow is about a number of matches that reads as all
// there is.
func TestHowManyCannotBeToldStandsInEveryWindow(t *testing.T) {
	d := askedAll(t, "is:never-expires or is:old or age>1y")
	for _, window := range []struct {
		width, height int
		want          string
	}{
		{120, 36, "“is:never-expires or is:old or age>1y” · 10 tokens · 231 untold"},
		{100, 30, "“is:never-expires or is:old … · 10 tokens · 231 cannot be told"},
		{80, 24, "10 tokens · 231 cannot be told"},
		{60, 15, "10 tokens · 231 cannot be told"},
		{40, 10, "10 · 231 ?"},
	} {
		d.resize(window.width, window.height)
		d.sees(window.want)
	}
	d.sees("more: enter")
	d.pressKey(tea.KeyEnter)
	d.sees("? 231: age not told; U: them")
}

func TestWhatCannotBeToldSaysSoInEveryWindow(t *testing.T) {
	d := askedAll(t, "age>1y")
	d.press("U")
	for _, window := range []struct {
		width, height int
		want          string
	}{
		{120, 36, "“age>1y” · 10 tokens · of these it cannot be told"},
		{80, 24, "10 of which it cannot be told"},
		{60, 15, "10 of which it cannot be told"},
		{40, 10, "10 untold"},
	} {
		d.resize(window.width, window.height)
		d.sees(window.want)
	}
}

func TestALowWindowKeepsItsRowsRatherThanItsRemarks(t *testing.T) {
	d := askedAll(t, "age>1y")
	d.resize(40, 10)
	d.sees("✗ lab: connection refused; … more: enter", "shop sara")
}

// TestWhatAQuestionNamesIsSeenInEveryWindow is about an answer whose reason is out of sight.
func TestWhatAQuestionNamesIsSeenInEveryWindow(t *testing.T) {
	for question, column := range map[string]string{"age>1y": "key age", "is:old": "key age", "sort:created": "created", "not state:active": "state"} {
		d := askedAll(t, question)
		for _, width := range []int{80, 60, 40} {
			d.resize(width, 10)
			d.sees("system owner", column)
		}
	}
}
