package paint_test

import (
	"bytes"
	"strings"
	"testing"

	"authdeck/ui/caret"
	"authdeck/ui/paint"
)

func TestTheNameOfATerminalDecidesWhatItIsSent(t *testing.T) {
	whole, plain, least := paint.Abilities{Regions: true, Synchronized: true}, paint.Abilities{Regions: true}, paint.Abilities{}
	for term, want := range map[string]paint.Abilities{
		"xterm": whole, "xterm-256color": whole, "xterm-kitty": whole, "tmux-256color": whole, "screen": whole,
		"screen-256color": whole, "screen.xterm-256color": whole, "screen.linux": whole, "foot": whole, "alacritty": whole,
		"linux": plain, "linux-16color": plain, "vt220": plain, "vt100": plain,
		"vte-256color": whole, "vt": least, "vtx": least, "ansi": least, "adm3a": least, "": least, "xtermish": least,
	} {
		if got := paint.AbilitiesOf(term); got != want {
			t.Errorf("TERM=%s: %+v, want %+v", term, got, want)
		}
	}
}

func TestATerminalThatNobodyKnowsHasItsRowsWrittenInsteadOfScrolled(t *testing.T) {
	page := func(top int) string {
		var b bytes.Buffer
		b.WriteString("titles\n" + caret.Here)
		for i := range 8 {
			b.WriteString(strings.Repeat(string(rune('a'+top+i)), 30) + "\n")
		}
		return b.String()
	}
	for term, scrolls := range map[string]bool{"xterm": true, "vt220": true, "unheard-of": false} {
		p := paint.New(paint.AbilitiesOf(term))
		p.Paint(page(0), 60, 10)
		got := p.Paint(page(1), 60, 10)
		if bytes.Contains(got, []byte("r\x1b[9H\n\x1b[r")) != scrolls {
			t.Errorf("TERM=%s: %q", term, got)
		}
	}
}

func TestWithoutColourBoldFaintAndReverseStay(t *testing.T) {
	view := "\x1b[1;36mbold\x1b[0m \x1b[2mfaint\x1b[0m \x1b[33mwarn\x1b[0m \x1b[36;7m› \x1b[0m\x1b[41m \x1b[0mend"
	got := string(paint.New(paint.Abilities{Ink: paint.Colourless}).Paint(view, 40, 1))
	for _, want := range []string{"\x1b[1mbold", "\x1b[22;2mfaint", "\x1b[mwarn", "\x1b[7m› ", "\x1b[mend"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	if strings.Contains(got, "3m") || strings.Contains(got, "36") || strings.Contains(got, "41") {
		t.Errorf("a colour is in %q", got)
	}
}
