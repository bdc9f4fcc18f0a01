package paint_test

import (
	"testing"

	"authdeck/ui/paint"
	"authdeck/ui/paint/painttest"
)

// TestWhatRandomSessionsFoundStaysRight has the smallest views with which the screen once
// was not the view.
func TestWhatRandomSessionsFoundStaysRight(t *testing.T) {
	for name, c := range map[string]struct {
		before, after string
		is            painttest.Kind
		sure          bool // how wide all of it is
	}{
		"a row gets shorter than the place of a letter of which terminals differ": {before: "12  56🇮", after: "1"},
		"marks of letters behind the edge stay there":                             {after: "12345678\x1b[1m9\x1b[4m\u0301\x1b[m", sure: true},
		"a sequence that is no UTF-8 is none of the terminal's business":          {after: "a\xff\xfeb"},
		"a letter wider than we know does not push the row into the next one":     {after: "\naೳ3456789\nb"},
		"what comes after a letter with an older width is not moved":              {before: "☰ab", after: "☰ac", is: painttest.Kind{Older: true}},
		"what comes after a vowel that some draw with its letter is not moved":    {before: "x\x1b[1mக\x1b[4mி\x1b[m1", after: "x\x1b[1mக\x1b[4mி\x1b[m2", is: painttest.Kind{Clustering: true}},
	} {
		t.Run(name, func(t *testing.T) {
			p, screen := paint.New(paint.Abilities{}), painttest.New(c.is, 8, 3)
			fresh := painttest.New(c.is, 8, 3)
			for _, view := range []string{c.before, c.after} {
				if err := screen.Frame(p.Paint(view, 8, 3)); err != nil {
					t.Error(err)
				}
			}
			if err := fresh.Frame(paint.New(paint.Abilities{}).Paint(c.after, 8, 3)); err != nil {
				t.Error(err)
			}
			if differs := screen.Differs(fresh); differs != "" {
				t.Error(differs)
			}
			if c.sure {
				if differs := screen.Differs(painttest.Shown(c.is, c.after, 8, 3)); differs != "" {
					t.Error(differs)
				}
			}
		})
	}
}

func TestAScreenThatHadNoSizeForAWhileIsPaintedWhole(t *testing.T) {
	p, screen := paint.New(paint.Abilities{}), painttest.New(painttest.Kind{NoRegions: true}, 8, 3)
	p.Paint("words", 8, 3)
	if b := p.Paint("words", 0, 0); len(b) > 0 {
		t.Errorf("on no screen is painted %q", b)
	}
	screen.Scramble(8, 3, 1)
	if err := screen.Frame(p.Paint("words", 8, 3)); err != nil {
		t.Error(err)
	}
	if differs := screen.Differs(painttest.Shown(painttest.Kind{}, "words", 8, 3)); differs != "" {
		t.Error(differs)
	}
}
