package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/ui/list"
	"authdeck/ui/look"
)

// help lists every key, made from the bindings themselves; a key that cannot be
// used here and now stands there with its reason. It says what the marks mean, too.
type help struct {
	styles look.Styles
	keys   look.Keys
	moves  list.KeyMap
	groups []group
	part   look.Part
}

// group is what belongs together under a title, and is not torn between two columns.
type group struct {
	title   string
	entries []entry
	last    string // a sentence at its end
}

// entry is a key or a mark, how it is drawn, and what it does or means. What it does not do
// here and now it says why.
type entry struct {
	key   string
	style lipgloss.Style
	text  string
	why   string
}

const (
	keyRoom      = 11  // of a key and the blanks around it
	twoFrom      = 100 // columns from which the help has two of its own
	betweenPages = 4   // columns between those
)

func newHelp(st look.Styles, k look.Keys, all []actions) *help {
	h := &help{styles: st, keys: k, moves: list.Keys()}
	for _, as := range all {
		g := group{title: as.title}
		for _, a := range as.actions {
			g.entries = append(g.entries, h.entry(a.Binding, a.reason()))
		}
		h.groups = append(h.groups, g)
	}
	h.groups = append(h.groups, h.marks(), h.colours())
	h.groups[2].last = "Letters work on Persian, Arabic and Russian layouts too, by the place of the key."
	return h
}

func (h *help) entry(b key.Binding, why string) entry {
	return entry{b.Help().Key, h.styles.Bold, b.Help().Desc, why}
}

// marks are what the marks on the screen mean.
func (h *help) marks() group {
	return group{title: "what the marks mean", entries: []entry{
		{"›", h.styles.Open, "where you are", ""},
		{"!", h.styles.Plain, "altered; the details show what came", ""},
		{"–", h.styles.Plain, "nothing", ""},
		{"↑ ↓", h.styles.Plain, "sorted by this column", ""},
	}}
}

// colours are what colours mean, in words that are drawn in their own, whatever that is
// here. None says what no word says.
func (h *help) colours() group {
	st := h.styles
	return group{title: "what is drawn like this", last: st.Warn.Render("look at this") + ", " +
		st.Faint.Render("this is over") + ", " + st.Danger.Render("danger and production only") + ", " + st.Open.Render("you are here")}
}

// lines are the groups in a width, one after the other or each in the shorter of two columns.
func (h *help) lines(width int) []string {
	if width < twoFrom {
		var lines []string
		for _, g := range h.groups {
			lines = h.under(lines, g, width)
		}
		return lines
	}
	width = (width - betweenPages) / 2
	var left, right []string
	for _, g := range h.groups {
		if len(right) < len(left) {
			right = h.under(right, g, width)
		} else {
			left = h.under(left, g, width)
		}
	}
	for len(left) < len(right) {
		left = append(left, "")
	}
	return strings.Split(look.Beside(strings.Join(left, "\n"), strings.Join(right, "\n"), width, strings.Repeat(" ", betweenPages)), "\n")
}

// under are the lines of a group, below others.
func (h *help) under(lines []string, g group, width int) []string {
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	lines = append(lines, h.styles.Bold.Render(g.title))
	for _, e := range g.entries {
		lines = append(lines, h.draw(e, width)...)
	}
	if g.last != "" {
		lines = append(lines, look.Hang("", look.Wrap(g.last, width-2), 2)...)
	}
	return lines
}

func (h *help) draw(e entry, width int) []string {
	text, label, style := e.text, e.style, h.styles.Plain
	if e.why != "" {
		text, label, style = e.text+": "+e.why, h.styles.Faint, h.styles.Faint
	}
	return look.Hang("  "+label.Render(e.key), look.Rendered(style, text, width-keyRoom), keyRoom)
}

// press scrolls; false when the help is to be closed.
func (h *help) press(msg tea.KeyMsg) bool {
	switch {
	case key.Matches(msg, h.keys.Back, h.keys.Help, h.keys.Quit, h.keys.Enter):
		return false
	case key.Matches(msg, h.moves.Down):
		h.part.Go(1)
	case key.Matches(msg, h.moves.Up):
		h.part.Go(-1)
	case key.Matches(msg, h.moves.PageDown):
		h.part.Turn(1)
	case key.Matches(msg, h.moves.PageUp):
		h.part.Turn(-1)
	case key.Matches(msg, h.moves.Top):
		h.part = look.Part{}
	case key.Matches(msg, h.moves.Bottom):
		h.part.End()
	}
	return true
}

// View draws as much of the help as there is room for.
func (h *help) View(width, height int) string {
	return look.Fit(strings.Join(h.part.Of(h.lines(width), height), "\n"), width, height)
}

// Heading is which part of the help is shown.
func (h *help) Heading() string { return h.part.Place() }

// Help are the keys of the help.
func (h *help) Help() []key.Binding {
	keys := []key.Binding{look.Named(h.keys.Back, "close")}
	if h.part.More() {
		keys = append(keys, look.Named(h.moves.PageDown, "more"))
	}
	if h.part.Cut() {
		keys = append(keys, h.moves.Down, h.moves.Up)
	}
	return keys
}
