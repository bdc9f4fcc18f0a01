package ui

import "github.com/charmbracelet/lipgloss"

// The palette is five of the sixteen colours that every terminal has and every
// theme makes readable. A colour never says anything alone: words and markers
// say it too, for NO_COLOR and for eyes that do not tell red from green.
const (
	red    = lipgloss.Color("1")
	green  = lipgloss.Color("2")
	yellow = lipgloss.Color("3")
	cyan   = lipgloss.Color("6")
)

type styles struct {
	plain, bold, faint, accent, good, warn, danger lipgloss.Style
	selected, open, badge, alarm                   lipgloss.Style
	box, alarmBox                                  lipgloss.Style
}

// newStyles draws with a renderer of its own, so that nothing asks a global one
// about the terminal.
func newStyles(r *lipgloss.Renderer) styles {
	plain := r.NewStyle()
	box := plain.Border(lipgloss.RoundedBorder()).BorderForeground(cyan).Padding(0, 2)
	return styles{
		plain:    plain,
		bold:     plain.Bold(true),
		faint:    plain.Faint(true),
		accent:   plain.Foreground(cyan),
		good:     plain.Foreground(green),
		warn:     plain.Foreground(yellow),
		danger:   plain.Foreground(red).Bold(true),
		selected: plain.Reverse(true),
		open:     plain.Foreground(cyan).Bold(true),
		badge:    plain.Foreground(cyan).Bold(true).Reverse(true),
		alarm:    plain.Foreground(red).Bold(true).Reverse(true),
		box:      box,
		alarmBox: box.BorderForeground(red),
	}
}
