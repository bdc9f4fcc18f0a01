package look

import (
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"authdeck/model"
)

// The palette is of the sixteen colours that every terminal has. Yellow says look at this,
// faint that something is over or absent, red danger and production alone, and the accent
// where you are. A colour never says anything alone: words and markers say it too, for
// NO_COLOR and for eyes that do not tell red from green.
const (
	black  = lipgloss.Color("0")
	red    = lipgloss.Color("1")
	yellow = lipgloss.Color("3")
	blue   = lipgloss.Color("4")
	cyan   = lipgloss.Color("6")
)

// hues are the two that a light background washes out: on white, the yellow and the cyan of
// most terminals have a contrast of less than two to one. There, what has to be looked at
// is black on yellow as under a highlighter, and the accent is blue.
func hues(plain lipgloss.Style, dark bool) (accent lipgloss.TerminalColor, warn lipgloss.Style) {
	if dark {
		return cyan, plain.Foreground(yellow)
	}
	return blue, plain.Foreground(black).Background(yellow)
}

// grey is the one grey that there is: faint letters, which each terminal mixes by itself. On a
// background that is told to be light some mix less than three to one, so that there, where the
// terminal has a grey of its own, it is that one. Where nobody has told, any grey might be wrong.
func grey(r *lipgloss.Renderer, plain lipgloss.Style) lipgloss.Style {
	if !r.HasDarkBackground() && r.ColorProfile() <= termenv.ANSI256 {
		return plain.Foreground(lipgloss.Color("240"))
	}
	return plain.Faint(true)
}

// Styles are the looks of everything on the screen. The marker of a row is two cells in
// reverse: on dark and on light a block, which bold letters are not, and in a colour, since
// the terminal's own cursor stands on the first and may turn it over once more.
type Styles struct {
	Plain, Bold, Faint, Accent, Warn, Danger lipgloss.Style
	marker, Open, Badge, Alarm, Chosen       lipgloss.Style
	edge, heeded                             lipgloss.Style // of a dialog that alarms, and of one to be looked at: a line needs no contrast to be seen
}

// NewStyles draws with a renderer of its own, so that nothing asks a global one
// about the terminal.
func NewStyles(r *lipgloss.Renderer, theme model.Theme) Styles {
	plain := r.NewStyle()
	accent, warn := hues(plain, r.HasDarkBackground())
	accent, danger, heeded := chosen(theme.Accent, accent), chosen(theme.Danger, red), chosen(theme.Warn, yellow)
	if theme.Warn != "" {
		warn = plain.Foreground(heeded) // whoever chose it has seen it on their background
	}
	return Styles{
		Plain:  plain,
		Bold:   plain.Bold(true),
		Faint:  grey(r, plain),
		Accent: plain.Foreground(accent),
		Warn:   warn,
		Danger: plain.Foreground(danger).Bold(true),
		marker: plain.Foreground(accent).Reverse(true),
		Open:   plain.Foreground(accent).Bold(true),
		Badge:  plain.Foreground(accent).Bold(true).Reverse(true),
		Alarm:  plain.Foreground(danger).Bold(true).Reverse(true),
		Chosen: plain.Reverse(true),
		edge:   plain.Foreground(danger),
		heeded: plain.Foreground(heeded),
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
