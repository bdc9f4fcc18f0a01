package caret

import (
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
)

func TestTheMarkIsTakenOutAndItsColumnIsCountedInCells(t *testing.T) {
	for line, want := range map[string]struct {
		clean  string
		column int
	}{
		Here:                              {"", 0},
		Here + "› row":                    {"› row", 0},
		"name: sara" + Here:               {"name: sara", 10},
		"\x1b[1mname\x1b[m " + Here + "x": {"\x1b[1mname\x1b[m x", 5},
		"李小明 " + Here + "x":               {"李小明 x", 7},
		"سلام" + Here:                     {"سلام", 4},
		"e\u0301" + Here + "x":            {"e\u0301x", 1},
	} {
		clean, column, found := Take(line)
		if clean != want.clean || column != want.column || !found {
			t.Errorf("%q became %q with the cursor in column %d (%v), want %q and %d", line, clean, column, found, want.clean, want.column)
		}
	}
}

func TestALineWithoutAMarkStaysAsItIs(t *testing.T) {
	for _, line := range []string{"", "name: 7", "\x1b[7mreverse\x1b[m"} {
		if clean, _, found := Take(line); clean != line || found {
			t.Errorf("%q became %q, and a mark was found: %v", line, clean, found)
		}
	}
}

func TestTheMarkHasNoWidthAndIsNeverCutApart(t *testing.T) {
	if got := ansi.StringWidth("ab" + Here + "cd"); got != 4 {
		t.Errorf("four letters and the mark are %d wide", got)
	}
	for width := range 6 {
		if got := ansi.Truncate("ab"+Here+"cd", width, ""); strings.Count(got, Here) != 1 {
			t.Errorf("cut to %d, a line is %q", width, got)
		}
	}
	if got := lipgloss.NewStyle().Width(9).Render("ab" + Here + "cd"); !strings.Contains(got, "ab"+Here+"cd") {
		t.Errorf("padded, a line is %q", got)
	}
}

func TestNoForeignTextHoldsTheMark(t *testing.T) {
	if got := model.Clean("a" + Here + "b").String(); strings.Contains(got, Here) {
		t.Errorf("a server put the mark into %q", got)
	}
}
