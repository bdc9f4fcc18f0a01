package list

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

// wide is a list of a name, of whose it is, of what is good to know and of what is to spare.
func wide() *Model[string] {
	text := func(letters string) func(string) string { return func(string) string { return letters } }
	m := New(Options[string]{
		Columns: []Column[string]{
			{Title: "owner", Max: 30, Least: 6, Rank: 1, Cell: text(strings.Repeat("o", 20))},
			{Title: "name", Max: 30, Least: 10, By: model.Rising(model.ByName), Cell: text(strings.Repeat("n", 25))},
			{Title: "luxury", Max: 30, Rank: spare, Cell: text(strings.Repeat("l", 10))},
			{Title: "age", Max: 30, Rank: spare - 1, By: model.Falling(model.ByUpdated), Cell: text("a")},
		},
		Key: func(s string) string { return s },
		Sorted: func(q model.Query) model.Sort {
			return map[string]model.Sort{
				"":     {Label: "names", By: model.Falling(model.ByName)},
				"age":  {Label: "ages", By: model.Falling(model.ByUpdated)},
				"else": {Label: "else"},
			}[q.Sort]
		},
	})
	m.Put([]string{"one"})
	return m
}

func TestTheNameHasItsRoomBeforeOthersHaveMore(t *testing.T) {
	for width, want := range map[int][3]int{ // letters of the name, of the owner, and of what is to spare
		70: {25, 20, 10}, 60: {25, 14, 10}, 52: {25, 6, 10}, 51: {25, 17, 0}, 40: {25, 6, 0}, 30: {15, 6, 0}, 25: {10, 6, 0}, 19: {17, 0, 0}, 12: {10, 0, 0}, 9: {7, 0, 0},
	} {
		m := wide()
		m.SetSize(width, 3)
		row := strings.Split(m.View(), "\n")[1]
		for i, letter := range []string{"n", "o", "l"} {
			got := strings.Count(row, letter)
			if strings.Contains(row, letter+"…") {
				got++
			}
			if got != want[i] {
				t.Errorf("at %d: %q has %d cells of %s, want %d", width, row, got, letter, want[i])
			}
		}
	}
}

func TestAnArrowStandsAtTheHeadingOfWhatRowsGoBy(t *testing.T) {
	m := wide()
	m.SetSize(80, 3)
	titles := func() string { return strings.Join(strings.Fields(ansi.Strip(strings.Split(m.View(), "\n")[0])), " ") }
	if got := titles(); got != "owner name ↓ luxury age" || m.InWords() != "" {
		t.Errorf("%q", got)
	}
	m.shown.query.Sort = "age"
	m.arrange()
	if got := titles(); got != "owner name luxury age ↑" { // the later the change, the smaller the age
		t.Errorf("%q", got)
	}
	m.shown.query.Sort = "else"
	m.arrange()
	if got := titles(); got != "owner name luxury age" || m.InWords() != "else" {
		t.Errorf("%q", got)
	}
}
