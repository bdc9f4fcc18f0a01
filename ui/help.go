package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/prompt"
)

// help lists every key and command, made from the actions themselves, and does the marked
// one; what cannot be done here and now stands there with its reason. It says what the marks
// on the screen mean, too.
type help struct {
	styles look.Styles
	keys   look.Keys
	moves  list.KeyMap
	groups []group
	part   look.Part

	find   *prompt.Model // what is looked for; nil while nothing is
	cursor int           // of the entries that can be done
	at     []int         // the line of each of them, as they were drawn last
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
	does  *action // nil for a mark
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
			g.entries = append(g.entries, entry{a.Help().Key, st.Bold, a.shown().Help().Desc, a.reason(), &a})
		}
		h.groups = append(h.groups, g)
	}
	h.groups = append(h.groups, h.marks(), h.colours())
	h.groups[len(all)-1].last = "Dialogs and plans show keys of their own. Letters work on Persian, Arabic and Russian layouts too, by the place of the key."
	return h
}

// marks are what the marks on the screen mean.
func (h *help) marks() group {
	return group{title: "what the marks mean", entries: []entry{
		{"›", h.styles.Open, "where you are", "", nil},
		{"*", h.styles.Bold, "marked", "", nil},
		{"!", h.styles.Plain, "altered for the screen; details have what came", "", nil},
		{"–", h.styles.Plain, "nothing", "", nil},
		{"↑ ↓", h.styles.Plain, "sorted by this column", "", nil},
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
	h.at = nil
	if width < twoFrom {
		var lines []string
		for _, g := range h.shown() {
			lines = h.under(lines, g, width)
		}
		return lines
	}
	width = (width - betweenPages) / 2
	var left, right []string
	for _, g := range h.shown() {
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
		marked := e.does != nil && len(h.at) == h.cursor
		if e.does != nil {
			h.at = append(h.at, len(lines))
		}
		lines = append(lines, h.draw(e, marked, width)...)
	}
	if g.last != "" {
		lines = append(lines, look.Hang("", look.Wrap(g.last, width-2), 2)...)
	}
	return lines
}

func (h *help) draw(e entry, marked bool, width int) []string {
	text, label, style := e.text, e.style, h.styles.Plain
	if e.why != "" {
		text, label, style = e.text+": "+e.why, h.styles.Faint, h.styles.Faint
	}
	mark := h.styles.Mark(marked)
	if marked && h.find == nil {
		mark = caret.Here + mark
	}
	return look.Hang(mark+label.Render(e.key), look.Rendered(style, text, width-keyRoom), keyRoom)
}

// View draws as much of the help as there is room for.
func (h *help) View(width, height int) string {
	if h.find == nil {
		return look.Fit(strings.Join(h.part.Of(h.lines(width), height), "\n"), width, height)
	}
	lines := h.lines(width)
	if len(h.shown()) == 0 {
		lines = []string{h.styles.Warn.Render("Nothing here says “" + model.Clean(h.find.Value()).String() + "”.")}
	}
	return look.Fit(strings.Join(h.part.Of(lines, height-1), "\n"), width, height-1) + "\n" + look.Cut(h.find.View(width), width)
}

// Heading is which part of the help is shown.
func (h *help) Heading() string { return h.part.Place() }

// Help are the keys of the help.
func (h *help) Help() []key.Binding {
	keys := []key.Binding{look.Named(h.keys.Back, "close")}
	if h.part.More() {
		keys = append(keys, look.Named(h.moves.PageDown, "more"))
	}
	if _, is := h.marked(); is {
		keys = append(keys, look.Named(h.keys.Enter, "do it"))
	}
	if h.find == nil {
		keys = append(keys, look.Named(h.keys.Search, "find"), h.moves.Down, h.moves.Up)
	}
	return keys
}
