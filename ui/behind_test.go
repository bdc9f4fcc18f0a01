package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/caret"
)

func TestTheRowThatAQuestionIsAboutIsWholeAndMarkedAboveOrBelowIt(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {100, 30}, {80, 24}, {80, 20}, {60, 20}} {
		for warnings := range 6 {
			r := plenty(newClock())
			r.forms[model.Delete] = model.Form{Warnings: slices.Repeat([]string{"This has to be known."}, warnings)}
			for moves := range size[1] - 6 {
				d := prepare(t, termenv.Ascii, r)
				d.begin(size[0], size[1])
				d.press(strings.Repeat("j", moves))
				row := d.marked()
				d.press("d")
				d.sees("Delete token")
				if d.app.front.Framed() && d.marked() != row {
					t.Fatalf("at %v with %d warnings, %d rows down: the row was %q and is %q", size, warnings, moves, row, d.marked())
				}
			}
		}
	}
}

func TestTheRowOfANewKeyIsStillMarkedBehindIt(t *testing.T) {
	for height := 20; height < 30; height++ {
		for moves := range height - 8 {
			d := prepare(t, termenv.Ascii, plenty(newClock()))
			d.begin(80, height)
			d.press(strings.Repeat("j", moves))
			row := d.marked()
			d.press("ry")
			if d.app.front.Framed() && d.marked() != row {
				t.Errorf("%d rows down the row was %q and is %q", moves, row, d.marked())
			}
		}
	}
}

func TestAPageBehindABoxIsTurnedUpOnlyAsLongAsTheBoxStands(t *testing.T) {
	d := prepare(t, termenv.Ascii, plenty(newClock()))
	d.begin(80, 24)
	d.press(strings.Repeat("j", 9))
	before := d.app.View()
	d.press("d")
	if titles := d.lines()[2]; titles != strings.Split(ansi.Strip(before), "\n")[2] {
		t.Errorf("the titles are %q", titles)
	}
	d.press("n")
	d.press("k")
	d.press("j")
	if d.app.View() != before {
		t.Errorf("the list is\n%s", strings.Join(d.lines(), "\n"))
	}
}

func TestBehindAQuestionAllRowsAreFaintButTheOneItIsAbout(t *testing.T) {
	d := prepare(t, termenv.ANSI, plenty(newClock()))
	d.begin(120, 36)
	d.press("j")
	was := strings.Split(caret.Without(d.app.View()), "\n")
	d.press("d")
	lines := strings.Split(caret.Without(d.app.View()), "\n")
	for i := 3; i < 9; i++ {
		switch faint := strings.HasPrefix(lines[i], "\x1b[2m"); {
		case i == 4 && lines[i] != was[i]:
			t.Errorf("the marked row was %q and is %q", was[i], lines[i])
		case i != 4 && !faint:
			t.Errorf("not faint: %q", lines[i])
		case ansi.Strip(lines[i]) != ansi.Strip(was[i]):
			t.Errorf("the row was %q and is %q", was[i], lines[i])
		}
	}
	d.press("n")
	if now := strings.Split(caret.Without(d.app.View()), "\n"); now[5] != was[5] {
		t.Errorf("without the question the row is %q, not %q", now[5], was[5])
	}
}
