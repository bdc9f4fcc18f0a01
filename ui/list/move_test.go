package list

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// window is a list of thirty rows in a window that has room for ten.
func window() *Model[string] {
	var rows []string
	for i := range 30 {
		rows = append(rows, fmt.Sprintf("row%02d", i))
	}
	m := sheet(rows)
	m.SetSize(60, 11)
	return m
}

// inSight are the first and the last row that are shown, and the marked one.
func inSight(m *Model[string]) string {
	lines := strings.Split(ansi.Strip(m.View()), "\n")[1:]
	name := func(line string) string { return strings.Fields(strings.TrimPrefix(line, pointing))[0] }
	selected, _ := m.Selected()
	return name(lines[0]) + " to " + name(lines[len(lines)-1]) + ", on " + selected
}

func TestAtTheEdgeTheListGoesOnByOneRow(t *testing.T) {
	m := window()
	press := func(times int, key tea.KeyType, want string) {
		t.Helper()
		for range times {
			m.Press(tea.KeyMsg{Type: key})
		}
		if got := inSight(m); got != want {
			t.Errorf("in sight are %s, want %s", got, want)
		}
	}
	press(9, tea.KeyDown, "row00 to row09, on row09")
	press(1, tea.KeyDown, "row01 to row10, on row10")
	press(1, tea.KeyDown, "row02 to row11, on row11")
	press(9, tea.KeyUp, "row02 to row11, on row02")
	press(1, tea.KeyUp, "row01 to row10, on row01")
	press(1, tea.KeyEnd, "row20 to row29, on row29")
	press(9, tea.KeyUp, "row20 to row29, on row20")
	press(1, tea.KeyUp, "row19 to row28, on row19")
	press(1, tea.KeyHome, "row00 to row09, on row00")
}

func TestAScreenOnShowsWhatIsAroundTheRow(t *testing.T) {
	m := window()
	for _, step := range []struct {
		key  tea.KeyType
		want string
	}{
		{tea.KeyPgDown, "row05 to row14, on row10"},
		{tea.KeyPgDown, "row15 to row24, on row20"},
		{tea.KeyPgDown, "row20 to row29, on row29"},
		{tea.KeyPgUp, "row15 to row24, on row19"},
		{tea.KeyPgUp, "row05 to row14, on row09"},
		{tea.KeyPgUp, "row00 to row09, on row00"},
	} {
		m.Press(tea.KeyMsg{Type: step.key})
		if got := inSight(m); got != step.want {
			t.Errorf("in sight are %s, want %s", got, step.want)
		}
	}
}

func TestAWindowThatGetsLowerKeepsTheRowInSight(t *testing.T) {
	m := window()
	for range 9 {
		m.Press(tea.KeyMsg{Type: tea.KeyDown})
	}
	m.SetSize(60, 10)
	if got, want := inSight(m), "row01 to row09, on row09"; got != want {
		t.Errorf("in sight are %s, want %s", got, want)
	}
}
