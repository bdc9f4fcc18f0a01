package look

import (
	"io"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"authdeck/model"
)

func TestOnALightTerminalWhatIsToBeLookedAtIsNotYellowOnWhite(t *testing.T) {
	for dark, want := range map[bool][2]string{
		true: {"\x1b[33mw\x1b[0m", "\x1b[36ma\x1b[0m"}, false: {"\x1b[30;43mw\x1b[0m", "\x1b[34ma\x1b[0m"},
	} {
		r := lipgloss.NewRenderer(io.Discard)
		r.SetColorProfile(termenv.ANSI)
		r.SetHasDarkBackground(dark)
		st := NewStyles(r, model.Theme{})
		if got := [2]string{st.Warn.Render("w"), st.Accent.Render("a")}; got != want {
			t.Errorf("dark %t: %q, want %q", dark, got, want)
		}
	}
}
