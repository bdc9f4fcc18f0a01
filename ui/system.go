package ui

import (
	"strings"
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

// systemColumns leave out what no row has. The marks of a row stand beside its name in
// every window: whoever goes there has to know them.
func systemColumns(st look.Styles) []list.Column[system] {
	return []list.Column[system]{
		{Title: "system", Max: 24, Least: 12, Cell: func(s system) string { return s.info.Name }},
		{Max: 14, Cell: func(s system) string { return s.mark() }, Bare: func(s system) bool { return s.mark() == "" }, Style: markStyle(st)},
		{Title: "state", Max: 20, Cell: func(s system) string { return s.state() }, Style: reachStyle(st)},
		{Title: "took", Max: 9, Rank: 2, Cell: func(s system) string { return s.wait() }, Bare: func(s system) bool { return s.took == 0 }},
		{Title: "you are", Max: 24, Rank: 1, Cell: func(s system) string { return s.known() }, Bare: func(s system) bool { return s.reach != reached }},
		{Title: "kind", Max: 34, Rank: 3, Cell: func(s system) string { return kindOf(s.info) }},
		{Title: "host", Max: 36, Rank: 4, Cell: func(s system) string { return s.info.Host }},
	}
}

// marks are what to beware of in a system, and what cannot be done there.
func (s system) marks() []string {
	var words []string
	if s.info.Production {
		words = append(words, "PRODUCTION")
	}
	if s.info.ReadOnly {
		words = append(words, "read-only")
	}
	return words
}

// mark are the marks beside the name, in as many letters as leave the state some room in the
// narrowest window.
func (s system) mark() string {
	words := strings.Join(s.marks(), ", ")
	if s.info.Production && s.info.ReadOnly {
		return "PRODUCTION r/o"
	}
	return words
}

func markStyle(st look.Styles) func(system) (lipgloss.Style, bool) {
	return func(s system) (lipgloss.Style, bool) {
		if s.info.Production {
			return st.Danger, true
		}
		return st.Warn, s.info.ReadOnly
	}
}

func reachStyle(st look.Styles) func(system) (lipgloss.Style, bool) {
	return func(s system) (lipgloss.Style, bool) {
		if s.reach == unreached {
			return st.Warn, true
		}
		return st.Faint, s.reach != reached
	}
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

// known is who we are as far as the system has said so.
func (s system) known() string {
	if s.reach != reached {
		return "–"
	}
	return s.who()
}

// state is a word or two; the whole of it is in the fields.
func (s system) state() string {
	switch s.reach {
	case reached:
		return "ok"
	case unreached:
		return look.InShort(s.err)
	case asking:
		return "asking…"
	case unasked:
	}
	return "not asked yet"
}

// wait is how long the last answer took.
func (s system) wait() string {
	if s.took == 0 {
		return "–"
	}
	return look.Milliseconds(s.took)
}

// fields are what is known of a system: how it answers, where and what it is, who we are
// there, and what cannot be done.
func (s system) fields() []look.Field {
	fields := []look.Field{{Label: "state", Value: s.state()}}
	switch s.reach {
	case unreached:
		fields = []look.Field{{Label: "state", Value: look.Sentence(s.err), Stress: look.Heeded}}
		if advice := look.Advice(s.err); advice != "" {
			fields = append(fields, look.Field{Value: advice})
		}
	case reached:
		fields[0].Value += ", answered in " + s.wait()
	case unasked, asking:
	}
	if words := s.marks(); len(words) > 0 {
		fields = append(fields, look.Field{Label: "beware", Value: strings.Join(words, ", "), Stress: look.Heeded})
	}
	fields = append(fields, look.Field{Label: "address", Value: s.info.Host}, look.Field{Label: "kind", Value: kindOf(s.info)}, look.Field{Label: "you are", Value: s.who()})
	return append(fields, s.missing()...)
}

// missing are the actions that cannot be done, with their reasons. Those with the same one
// stand together.
func (s system) missing() []look.Field {
	var reasons []string
	actions := map[string]string{}
	for _, a := range model.Actions() {
		why, missing := s.info.Missing[a]
		if !missing {
			continue
		}
		if actions[why] == "" {
			reasons = append(reasons, why)
		}
		actions[why] = look.Join(actions[why], a.String())
	}
	label := "cannot do"
	var fields []look.Field
	for _, why := range reasons {
		fields = append(fields, look.Field{Label: label, Value: actions[why] + ": " + why})
		label = ""
	}
	return fields
}
