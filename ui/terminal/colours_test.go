package terminal

import (
	"testing"

	"github.com/muesli/termenv"

	"authdeck/ui/paint"
)

func TestWhoAsksForNoColoursStillGetsBoldAndReverse(t *testing.T) {
	for _, c := range []struct {
		env   []string
		dress termenv.Profile
		ink   paint.Ink
	}{
		{[]string{"TERM=xterm"}, termenv.ANSI, paint.Full},
		{[]string{"TERM=screen"}, termenv.ANSI, paint.Full},
		{[]string{"TERM=xterm-256color", "NO_COLOR=1"}, termenv.ANSI, paint.Colourless},
		{[]string{"TERM=xterm-256color", "COLORTERM=truecolor", "CLICOLOR=0"}, termenv.ANSI, paint.Colourless},
		{[]string{"TERM=screen", "CI=true"}, termenv.ANSI, paint.Colourless},
		{[]string{"TERM=vt100"}, termenv.ANSI, paint.Colourless},
		{[]string{"TERM=unheard-of"}, termenv.Ascii, paint.Colourless},
		{[]string{"TERM=xterm", "CI=true"}, termenv.ANSI, paint.Full},
	} {
		env := environment(c.env...)
		if dress, ink := Dress(env), inkOf(env); dress != c.dress || ink != c.ink {
			t.Errorf("%v: drawn with %s and sent as %d, want %s and %d", c.env, dress.Name(), ink, c.dress.Name(), c.ink)
		}
	}
}
