package ui

import (
	"time"

	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/list"
	"authdeck/ui/look"
)

// system is one row of the systems: what is known of it, and who the credential
// turned out to be.
type system struct {
	index int
	info  model.Info
	reach reach
	asked int // how often; an answer to an earlier question is dropped
	user  model.User
	err   error
	took  time.Duration
}

type reach int

const (
	unasked reach = iota
	asking
	reached
	unreached
)

func systemColumns(st look.Styles) []list.Column[system] {
	return []list.Column[system]{
		{Title: "system", Max: 24, Cell: func(s system) string { return s.info.Name }},
		{Title: "kind", Max: 34, Rank: 2, Cell: func(s system) string { return kindOf(s.info) }},
		{Title: "host", Max: 36, Rank: 4, Cell: func(s system) string { return s.info.Host }},
		{Title: "care", Max: 22, Rank: 3, Cell: func(s system) string { return care(s.info) }, Style: careStyle(st)},
		{Title: "you are", Max: 24, Rank: 1, Cell: func(s system) string { return s.who() }},
		{Title: "state", Max: 80, Least: 24, Cell: func(s system) string { return s.state() }, Style: reachStyle(st)},
	}
}

func care(i model.Info) string {
	words := ""
	if i.Production {
		words = "production"
	}
	if i.ReadOnly {
		words = look.Join(words, "read-only")
	}
	if words == "" {
		return "–"
	}
	return words
}

func careStyle(st look.Styles) func(system) (lipgloss.Style, bool) {
	return func(s system) (lipgloss.Style, bool) { return st.Danger, s.info.Production }
}

func reachStyle(st look.Styles) func(system) (lipgloss.Style, bool) {
	return func(s system) (lipgloss.Style, bool) { return st.Warn, s.reach == unreached }
}

// who is the credential's owner, in one word or two.
func (s system) who() string {
	switch s.reach {
	case reached:
		return look.Marked(s.user.Username)
	case asking:
		return "asking…"
	case unasked, unreached:
	}
	return "unknown"
}

func (s system) state() string {
	switch s.reach {
	case reached:
		return "reached in " + look.Milliseconds(s.took)
	case unreached:
		return look.Sentence(s.err)
	case asking:
		return "asking…"
	case unasked:
	}
	return "not asked yet"
}
