package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
)

// measure holds every screen to the window, and to one place at most for the terminal's
// own cursor.
func (d *driver) measure() {
	d.t.Helper()
	lines := strings.Split(d.app.View(), "\n")
	if len(lines) != d.height {
		d.t.Errorf("the view has %d lines in a window of %d", len(lines), d.height)
	}
	for _, line := range lines {
		if ansi.StringWidth(line) > d.width {
			d.t.Errorf("a line of %d in a window of %d: %q", ansi.StringWidth(line), d.width, line)
		}
	}
	if d.watch != nil {
		d.watch(d.app.View())
	}
	if n := strings.Count(d.app.View(), caret.Here); n > 1 {
		d.t.Errorf("the cursor is to stand in %d places: %q", n, d.app.View())
	}
}

// cursorOn holds the terminal's own cursor to what stands before it and after it in its
// line.
func (d *driver) cursorOn(before, after string) {
	d.t.Helper()
	for line := range strings.SplitSeq(d.app.View(), "\n") {
		left, right, found := strings.Cut(line, caret.Here)
		if found {
			if left, right = ansi.Strip(left), ansi.Strip(right); !standsAfter(left, before) || !strings.HasPrefix(right, after) {
				d.t.Errorf("the cursor stands between %q and %q, not between %q and %q", left, right, before, after)
			}
			return
		}
	}
	d.t.Errorf("the cursor stands nowhere, not between %q and %q:\n%s", before, after, ansi.Strip(d.app.View()))
}

// standsAfter reports whether a text is all that stands at the left of the cursor: in the
// box, where it stands in one.
func standsAfter(left, text string) bool {
	if edge := strings.LastIndex(left, "│"); edge >= 0 {
		left = left[edge+len("│"):]
	}
	return strings.TrimLeft(left, " ") == text
}

// sight is the screen as words: no colours, no frames, no line breaks. What stands in a box
// is read first, and what stands beside it is not in between.
func (d *driver) sight() string {
	screen := ansi.Strip(d.shown())
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune("│╭╮╰╯─\u200e", r) {
			return -1
		}
		return r
	}, strings.Join(boxed(screen), "\n")+"\n"+screen)
	return strings.Join(strings.Fields(plain), " ")
}

// boxed are the lines in the box on a screen, with its frame; none without one. What stands
// between two rules from edge to edge is one too.
func boxed(screen string) []string {
	var lines []string
	left, right := -1, -1
	for line := range strings.SplitSeq(caret.Without(screen), "\n") {
		rule := line != "" && strings.Trim(line, "─") == ""
		switch {
		case rule && left < 0:
			left, right = 0, ansi.StringWidth(line)
		case rule:
			return append(lines, line)
		}
		if before, _, begins := strings.Cut(line, "╭"); begins {
			top, _, _ := strings.Cut(line, "╮")
			left, right = ansi.StringWidth(before), ansi.StringWidth(top)+1
		}
		if left < 0 {
			continue
		}
		inside := ansi.Cut(line, left, right)
		lines = append(lines, inside)
		if strings.HasPrefix(inside, "╰") {
			break
		}
	}
	return lines
}

func (d *driver) sees(words ...string) {
	d.t.Helper()
	for _, w := range words {
		if !strings.Contains(d.sight(), w) {
			d.t.Errorf("%q is not on the screen:\n%s", w, ansi.Strip(d.app.View()))
		}
	}
}

func (d *driver) seesNot(words ...string) {
	d.t.Helper()
	for _, w := range words {
		if strings.Contains(d.sight(), w) {
			d.t.Errorf("%q is on the screen:\n%s", w, ansi.Strip(d.app.View()))
		}
	}
}

// pointsAt holds the row under the cursor to a text.
func (d *driver) pointsAt(name string) {
	d.t.Helper()
	for line := range strings.SplitSeq(ansi.Strip(d.app.View()), "\n") {
		if row, at := strings.CutPrefix(line, "› "); at {
			if !strings.HasPrefix(row, name) {
				d.t.Errorf("the cursor is on %q, not on %s", strings.TrimSpace(row), name)
			}
			return
		}
	}
	d.t.Errorf("there is no cursor, nor %s under it:\n%s", name, ansi.Strip(d.app.View()))
}

// wrote holds the writes of the first system to a list.
func (d *driver) wrote(want ...string) {
	d.t.Helper()
	if got := d.systems[0].writes; strings.Join(got, ", ") != strings.Join(want, ", ") {
		d.t.Errorf("written: %q, want %q", got, want)
	}
}

func (d *driver) ended(want bool) {
	d.t.Helper()
	if d.gone != want {
		d.t.Errorf("the program has ended: %v, want %v", d.gone, want)
	}
}
