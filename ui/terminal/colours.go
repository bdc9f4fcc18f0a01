package terminal

import (
	"io"
	"strings"

	"github.com/muesli/termenv"
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

func coloured(term string) bool {
	for _, family := range []string{"screen", "tmux", "rxvt"} {
		if strings.HasPrefix(term, family) {
			return true
		}
	}
	return false
}
