package paint_test

import (
	"strings"
	"testing"

	"authdeck/ui/caret"
	"authdeck/ui/paint"
)

const view = "authdeck  shop\n  row one\n" + caret.Here + "› row two\n"

func newPainter() *paint.Painter { return paint.New(paint.AbilitiesOf("xterm-256color")) }

func TestAViewThatIsOnTheScreenCostsNothing(t *testing.T) {
	p := newPainter()
	p.Paint(view, 20, 4)
	if got := p.Paint(view, 20, 4); len(got) > 0 {
		t.Errorf("it is written once more: %q", got)
	}
	if got := p.Paint(strings.ReplaceAll(view, caret.Here, ""), 20, 4); string(got) != "\x1b[?25l" {
		t.Errorf("a cursor that has no place is hidden by %q", got)
	}
	if got := p.Paint(view, 20, 4); string(got) != "\x1b[3H\x1b[?25h" {
		t.Errorf("one that has a place again is shown by %q", got)
	}
}
