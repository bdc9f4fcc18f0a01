package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/list"
	"authdeck/ui/look"
)

// help lists every key, made from the bindings themselves; a key that cannot be
// used here and now stands there with its reason.
type help struct {
	styles  look.Styles
	keys    look.Keys
	entries []entry
	view    viewport.Model
}

// entry is a key and what it does, or, without a key, a title.
type entry struct{ key, text, why string }

// keyRoom is the room of a key before what it does.
const keyRoom = 11

func newHelp(st look.Styles, k look.Keys, global []key.Binding, p page) *help {
	h := &help{styles: st, keys: k, view: viewport.New(0, 0)}
	h.entries = append(h.entries, entry{text: "on this page"})
	for _, a := range p.Actions() {
		h.line(a.Binding, a.reason())
	}
	h.entries = append(h.entries, entry{text: "in every list"})
	for _, b := range list.Keys().Bindings() {
		h.line(b, "")
	}
	h.entries = append(h.entries, entry{text: "everywhere"})
	for _, b := range global {
		h.line(b, "")
	}
	return h
}

func (h *help) line(b key.Binding, why string) {
	h.entries = append(h.entries, entry{b.Help().Key, b.Help().Desc, why})
}

// lines are the entries in a width.
func (h *help) lines(width int) []string {
	var lines []string
	for i, e := range h.entries {
		switch {
		case e.key == "" && i > 0:
			lines = append(lines, "", h.styles.Bold.Render(e.text))
		case e.key == "":
			lines = append(lines, h.styles.Bold.Render(e.text))
		default:
			lines = append(lines, h.draw(e, width)...)
		}
	}
	last := look.Wrap("Letters work on Persian, Arabic and Russian layouts too, by the place of the key.", width-2)
	lines = append(lines, "")
	for _, part := range last {
		lines = append(lines, "  "+part)
	}
	return lines
}

func (h *help) draw(e entry, width int) []string {
	text, style := e.text, h.styles.Plain
	if e.why != "" {
		text, style = e.text+": "+e.why, h.styles.Faint
	}
	label := "  " + e.key + strings.Repeat(" ", max(1, keyRoom-2-len([]rune(e.key))))
	var lines []string
	for _, part := range look.Wrap(text, max(keyRoom, width-keyRoom)) {
		lines = append(lines, style.Render(label+part))
		label = strings.Repeat(" ", keyRoom)
	}
	return lines
}

// press scrolls; false when the help is to be closed.
func (h *help) press(msg tea.KeyMsg) bool {
	if key.Matches(msg, h.keys.Back, h.keys.Help, h.keys.Quit, h.keys.Enter) {
		return false
	}
	h.view, _ = h.view.Update(msg)
	return true
}

// View draws as much of the help as there is room for.
func (h *help) View(width, height int) string {
	h.view.Width, h.view.Height = width, height
	h.view.SetContent(look.Fit(strings.Join(h.lines(width), "\n"), width, len(h.lines(width))))
	return h.view.View()
}

// Help are the keys of the help.
func (h *help) Help() []key.Binding {
	moves := list.Keys()
	return []key.Binding{look.Named(h.keys.Back, "close"), moves.Down, moves.Up}
}
