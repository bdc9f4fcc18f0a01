// Package background answers the question that Bubble Tea v1 would ask the
// terminal as it is loaded: is the background dark? The question costs a round
// trip, and five seconds on a terminal that never answers; a late answer comes
// in as typed keys. An answer that is given before is not asked for.
//
// Go initialises ready packages in the order of their import paths. This one
// needs lipgloss only, and its path sorts before github.com/charmbracelet/bubbletea,
// so it runs first. Whatever imports Bubble Tea imports it too; a test in a
// pseudo-terminal watches that no question is asked. It does not know what is drawn.
package background

import (
	"os"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

func init() { //nolint:gochecknoinits // the order of initialisation is the whole point
	lipgloss.SetHasDarkBackground(Dark(os.Getenv))
}

// Dark tells a dark background from what the environment says and never from a
// question: AUTHDECK_BACKGROUND (dark or light), else the last number of
// COLORFGBG, which some terminals set; else dark.
func Dark(getenv func(string) string) bool {
	switch getenv("AUTHDECK_BACKGROUND") {
	case "dark":
		return true
	case "light":
		return false
	}
	colours := strings.Split(getenv("COLORFGBG"), ";")
	switch colours[len(colours)-1] {
	case "7", "15": // white, bright white
		return false
	}
	return true
}
