package look

import (
	"io"
	"testing"
	"time"

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
		st := NewStyles(r)
		if got := [2]string{st.Warn.Render("w"), st.Accent.Render("a")}; got != want {
			t.Errorf("dark %t: %q, want %q", dark, got, want)
		}
	}
}

func TestAnEndWithinAWeekIsNewsUnlessTheWholeLifeIsShorter(t *testing.T) {
	in := func(d time.Duration) model.When { return model.At(noon.Add(d)) }
	for name, c := range map[string]struct {
		token model.Token
		news  bool
	}{
		"in three days":               {model.Token{State: model.Active, Expires: in(3 * day), Created: before(90 * day)}, true},
		"in eight days":               {model.Token{State: model.Active, Expires: in(8 * day), Created: before(90 * day)}, false},
		"of unknown age":              {model.Token{State: model.Active, Expires: in(time.Minute)}, true},
		"over":                        {model.Token{State: model.Expired, Expires: before(day)}, false},
		"revoked":                     {model.Token{State: model.Revoked, Expires: in(day)}, false},
		"never":                       {model.Token{State: model.Active, Expires: model.Not(model.Never)}, false},
		"an hour from each use on":    {model.Token{State: model.Active, Expires: in(50 * time.Minute), LastUsed: before(10 * time.Minute)}, false},
		"a month from each use, late": {model.Token{State: model.Active, Expires: in(2 * day), LastUsed: before(28 * day)}, true},
	} {
		if got := Ending(c.token, noon); got != c.news {
			t.Errorf("%s: %t", name, got)
		}
	}
	if !Stale(before(183*day), noon) || Stale(before(181*day), noon) || Stale(model.Not(model.Never), noon) {
		t.Error("half a year is not what is stale")
	}
}
