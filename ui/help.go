package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/list"
)

// help lists every key, made from the bindings themselves; a key that cannot be
// used here and now stands there with its reason.
type help struct {
	*desk
	lines []string
	view  viewport.Model
}

func (d *desk) newHelp(global []key.Binding, p page) *help {
	h := &help{desk: d, view: viewport.New(0, 0)}
	h.section("on this page")
	for _, a := range p.Actions() {
		h.line(a.Binding, a.reason())
	}
	h.section("in every list")
	for _, b := range list.Keys().Bindings() {
		h.line(b, "")
	}
	h.section("everywhere")
	for _, b := range global {
		h.line(b, "")
	}
	h.lines = append(h.lines, "", "  Letters work on Persian, Arabic and Russian layouts too, by the place of the key.")
	return h
}

func (h *help) section(title string) {
	if len(h.lines) > 0 {
		h.lines = append(h.lines, "")
	}
	h.lines = append(h.lines, h.styles.bold.Render(title))
}

func (h *help) line(b key.Binding, why string) {
	text := "  " + b.Help().Key + strings.Repeat(" ", max(1, 9-len([]rune(b.Help().Key)))) + b.Help().Desc
	if why != "" {
		text = h.styles.faint.Render(text + ": " + why)
	}
	h.lines = append(h.lines, text)
}

// press scrolls; false when the help is to be closed.
func (h *help) press(msg tea.KeyMsg) bool {
	if key.Matches(msg, h.keys.back, h.keys.help, h.keys.quit, h.keys.enter) {
		return false
	}
	h.view, _ = h.view.Update(msg)
	return true
}

// View draws as much of the help as there is room for.
func (h *help) View(width, height int) string {
	h.view.Width, h.view.Height = width, height
	var lines []string
	for _, line := range h.lines {
		lines = append(lines, cut(line, width))
	}
	h.view.SetContent(strings.Join(lines, "\n"))
	return h.view.View()
}

// Help are the keys of the help.
func (h *help) Help() []key.Binding {
	moves := list.Keys()
	return []key.Binding{named(h.keys.back, "close"), moves.Down, moves.Up}
}
