package standing

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"authdeck/ui/list"
	"authdeck/ui/look"
)

// Columns leave out what no row has. The marks of a row and its state stand beside its name
// in every window: whoever goes there has to know them.
func Columns(st look.Styles) []list.Column[System] {
	return []list.Column[System]{
		{Max: 2, Rank: 1, Cell: func(s System) string { return s.Key }, Bare: func(s System) bool { return s.Key == "" }},
		{Title: "system", Max: 24, Least: 9, Cell: func(s System) string { return s.Info.Name }},
		{Max: 14, Cell: System.mark, Bare: func(s System) bool { return s.mark() == "" }, Style: markStyle(st)},
		{Title: "state", Max: 14, Cell: System.state, Style: stateStyle(st)},
		{Title: "you are", Max: 24, Least: 10, Rank: 5, Cell: System.known, Bare: func(s System) bool { return s.Reach != Reached }},
		{Title: "tokens", Max: 12, Rank: 3, Cell: System.total, Style: countStyle(st, System.total)},
		{Title: "never expire", Max: 12, Rank: 2, Cell: System.never, Style: countStyle(st, System.never)},
		{Title: "stale", Max: 12, Rank: 1, Cell: System.stale, Style: countStyle(st, System.stale)},
		{Title: "last answer", Max: 20, Rank: 4, Cell: System.answer, Style: answerStyle(st)},
		{Title: "kind", Max: 34, Least: 18, Rank: 6, Cell: func(s System) string { return Kind(s.Info) }},
		{Title: "host", Max: 36, Rank: 7, Cell: func(s System) string { return s.Info.Host }},
	}
}

func markStyle(st look.Styles) func(System) (lipgloss.Style, bool) {
	return func(s System) (lipgloss.Style, bool) {
		if s.Info.Production {
			return st.Danger, true
		}
		return st.Warn, s.Info.ReadOnly
	}
}

func stateStyle(st look.Styles) func(System) (lipgloss.Style, bool) {
	return func(s System) (lipgloss.Style, bool) {
		if s.Reach == Unreached || s.lacking() {
			return st.Warn, true
		}
		return st.Faint, s.Reach != Reached
	}
}

// countStyle draws what is no number. It is not the number that wants a look: the tokens are.
func countStyle(st look.Styles, of func(System) string) func(System) (lipgloss.Style, bool) {
	return func(s System) (lipgloss.Style, bool) {
		said := of(s)
		return st.Faint, strings.HasPrefix(said, yet) || said == unknown
	}
}

func answerStyle(st look.Styles) func(System) (lipgloss.Style, bool) {
	return func(s System) (lipgloss.Style, bool) { return st.Faint, s.Heard.At.IsZero() }
}
