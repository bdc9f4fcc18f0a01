package look

import "github.com/charmbracelet/lipgloss"

// The palette is of the sixteen colours that every terminal has. Yellow says look at this,
// faint that something is over or absent, red danger and production alone, and the accent
// where you are. A colour never says anything alone: words and markers say it too, for
// NO_COLOR and for eyes that do not tell red from green.
const (
	black  = lipgloss.Color("0")
	red    = lipgloss.Color("1")
	green  = lipgloss.Color("2")
	yellow = lipgloss.Color("3")
	blue   = lipgloss.Color("4")
	cyan   = lipgloss.Color("6")
)

// hues are the two that a light background washes out: on white, the yellow and the cyan of
// most terminals have a contrast of less than two to one. There, what has to be looked at
// is black on yellow as under a highlighter, and the accent is blue.
func hues(plain lipgloss.Style, dark bool) (accent lipgloss.Color, warn lipgloss.Style) {
	if dark {
		return cyan, plain.Foreground(yellow)
	}
	return blue, plain.Foreground(black).Background(yellow)
}

// Styles are the looks of everything on the screen. The marker of a row is two cells in
// reverse: on dark and on light a block, which bold letters are not, and in a colour, since
// the terminal's own cursor stands on the first and may turn it over once more.
type Styles struct {
	Plain, Bold, Faint, Accent, Good, Warn, Danger lipgloss.Style
	marker, Open, Badge, Alarm                     lipgloss.Style
	edge, heeded                                   lipgloss.Style // of a dialog that alarms, and of one to be looked at: a line needs no contrast to be seen
}

// NewStyles draws with a renderer of its own, so that nothing asks a global one
// about the terminal.
func NewStyles(r *lipgloss.Renderer) Styles {
	plain := r.NewStyle()
	accent, warn := hues(plain, r.HasDarkBackground())
	return Styles{
		Plain:  plain,
		Bold:   plain.Bold(true),
		Faint:  plain.Faint(true),
		Accent: plain.Foreground(accent),
		Good:   plain.Foreground(green),
		Warn:   warn,
		Danger: plain.Foreground(red).Bold(true),
		marker: plain.Foreground(accent).Reverse(true),
		Open:   plain.Foreground(accent).Bold(true),
		Badge:  plain.Foreground(accent).Bold(true).Reverse(true),
		Alarm:  plain.Foreground(red).Bold(true).Reverse(true),
		edge:   plain.Foreground(red),
		heeded: plain.Foreground(yellow),
	}
}
