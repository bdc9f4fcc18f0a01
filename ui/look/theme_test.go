package look

import (
	"io"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"authdeck/model"
)

func TestAThemeColoursWhatItNamesAndTheConsoleTheRest(t *testing.T) {
	themed := func(profile termenv.Profile, theme model.Theme) Styles {
		r := lipgloss.NewRenderer(io.Discard)
		r.SetColorProfile(profile)
		r.SetHasDarkBackground(true)
		return NewStyles(r, theme)
	}
	every := model.Theme{Accent: "5", Warn: "208", Danger: "#0000ff"}
	for _, c := range []struct {
		profile              termenv.Profile
		theme                model.Theme
		accent, warn, danger string
	}{
		{termenv.ANSI, model.Theme{}, "\x1b[36m", "\x1b[33m", "\x1b[1;31m"},
		{termenv.TrueColor, every, "\x1b[35m", "\x1b[38;5;208m", "\x1b[1;38;2;0;0;255m"},
		{termenv.ANSI256, every, "\x1b[35m", "\x1b[38;5;208m", "\x1b[1;38;5;21m"},
		{termenv.ANSI, every, "\x1b[35m", "\x1b[91m", "\x1b[1;94m"}, // the nearest of sixteen
		{termenv.ANSI, model.Theme{Danger: "9"}, "\x1b[36m", "\x1b[33m", "\x1b[1;91m"},
		{termenv.ANSI, model.Theme{Accent: model.NoColour, Warn: model.NoColour, Danger: model.NoColour}, "", "", "\x1b[1m"},
	} {
		st := themed(c.profile, c.theme)
		for i, style := range []lipgloss.Style{st.Accent, st.Warn, st.Danger} {
			want := []string{c.accent, c.warn, c.danger}[i] + "x"
			if want != "x" {
				want += "\x1b[0m"
			}
			if got := style.Render("x"); got != want {
				t.Errorf("%+v with %s: %q, want %q", c.theme, c.profile.Name(), got, want)
			}
		}
	}
}
