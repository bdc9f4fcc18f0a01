package look

import (
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
)

// The palette is five of the sixteen colours that every terminal has and every
// theme makes readable. A colour never says anything alone: words and markers
// say it too, for NO_COLOR and for eyes that do not tell red from green.
const (
	red    = lipgloss.Color("1")
	green  = lipgloss.Color("2")
	yellow = lipgloss.Color("3")
	cyan   = lipgloss.Color("6")
)

// Styles are the looks of everything on the screen. The marker of a row is two cells in
// reverse: on dark and on light a block, which bold letters are not, and in a colour, since
// the terminal's own cursor stands on the first and may turn it over once more.
type Styles struct {
	Plain, Bold, Faint, Accent, Good, Warn, Danger lipgloss.Style
	marker, Open, Badge, Alarm                     lipgloss.Style
	edge                                           lipgloss.Style // of a dialog that alarms
}

// NewStyles draws with a renderer of its own, so that nothing asks a global one
// about the terminal.
func NewStyles(r *lipgloss.Renderer, theme model.Theme) Styles {
	plain := r.NewStyle()
	accent, warn, danger := chosen(theme.Accent, cyan), chosen(theme.Warn, yellow), chosen(theme.Danger, red)
	return Styles{
		Plain:  plain,
		Bold:   plain.Bold(true),
		Faint:  plain.Faint(true),
		Accent: plain.Foreground(accent),
		Good:   plain.Foreground(green),
		Warn:   plain.Foreground(warn),
		Danger: plain.Foreground(danger).Bold(true),
		marker: plain.Foreground(accent).Reverse(true),
		Open:   plain.Foreground(accent).Bold(true),
		Badge:  plain.Foreground(accent).Bold(true).Reverse(true),
		Alarm:  plain.Foreground(danger).Bold(true).Reverse(true),
		edge:   plain.Foreground(danger),
	}
}

// chosen is the colour that a theme names, else the usual one. A terminal that has fewer
// colours than were named shows the nearest of its own.
func chosen(named model.Colour, usual lipgloss.TerminalColor) lipgloss.TerminalColor {
	switch named {
	case "":
		return usual
	case model.NoColour:
		return lipgloss.NoColor{}
	default:
		return lipgloss.Color(named)
	}
}
