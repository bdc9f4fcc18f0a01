package terminal

import (
	"io"
	"strings"

	"github.com/muesli/termenv"

	"authdeck/ui/paint"
)

// surroundings lets termenv see the environment that this program was given.
type surroundings struct{ env func(string) string }

func (surroundings) Environ() []string           { return nil }
func (s surroundings) Getenv(name string) string { return s.env(name) }

// Colours is how many colours the terminal is drawn with, as the environment
// says and never by a question. termenv takes TERM=screen and rxvt, which tmux
// and GNU screen set without more ado, for terminals without any; they have had
// sixteen for decades.
func Colours(env func(string) string) termenv.Profile {
	out := termenv.NewOutput(io.Discard, termenv.WithEnvironment(surroundings{env}), termenv.WithTTY(true))
	profile := out.EnvColorProfile()
	if profile == termenv.Ascii && !out.EnvNoColor() && env("CI") == "" && coloured(env("TERM")) {
		return termenv.ANSI
	}
	return profile
}

// Dress is what views are drawn with, for lipgloss. Its profile without
// colours has neither bold nor reverse nor faint letters, which are no colours: whoever asks
// for none (NO_COLOR), or has a VT100, gets views with colours, of which none is sent.
func Dress(env func(string) string) termenv.Profile {
	if profile := Colours(env); profile != termenv.Ascii || !dressed(env("TERM")) {
		return profile
	}
	return termenv.ANSI
}

// inkOf is what of such views is sent.
func inkOf(env func(string) string) paint.Ink {
	if Colours(env) == termenv.Ascii {
		return paint.Colourless
	}
	return paint.Full
}

// dressed reports a terminal that is known to have bold and reverse letters: all that are
// known to scroll a part of their screen do.
func dressed(term string) bool {
	return paint.AbilitiesOf(term).Regions || strings.Contains(term, "color") || strings.Contains(term, "ansi")
}

func coloured(term string) bool {
	for _, family := range []string{"screen", "tmux", "rxvt"} {
		if strings.HasPrefix(term, family) {
			return true
		}
	}
	return false
}
