package prompt

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/ui/caret"
)

// colours completes the last word of a line.
func colours(before string) Candidates {
	from := strings.LastIndex(before, " ") + 1
	c := Candidates{From: len([]rune(before[:from]))}
	for _, w := range []string{"red", "rose", "green", "grün"} {
		if strings.HasPrefix(w, before[from:]) {
			c.Words = append(c.Words, w)
		}
	}
	return c
}

func key(k tea.KeyType) tea.KeyMsg { return tea.KeyMsg{Type: k} }

func TestTabGoesThroughWhatTheWordBeforeTheCursorCanBecome(t *testing.T) {
	for _, c := range []struct {
		keys []tea.KeyMsg
		want string
	}{
		{[]tea.KeyMsg{typed("grün gre"), key(tea.KeyTab)}, "grün green"},
		{[]tea.KeyMsg{typed("r"), key(tea.KeyTab)}, "red"},
		{[]tea.KeyMsg{typed("r"), key(tea.KeyTab), key(tea.KeyTab)}, "rose"},
		{[]tea.KeyMsg{typed("r"), key(tea.KeyTab), key(tea.KeyTab), key(tea.KeyTab)}, "red"},
		{[]tea.KeyMsg{typed("r"), key(tea.KeyShiftTab)}, "rose"},
		{[]tea.KeyMsg{typed("r"), key(tea.KeyTab), typed(" g"), key(tea.KeyShiftTab)}, "red grün"},
		{[]tea.KeyMsg{typed("r x"), key(tea.KeyLeft), key(tea.KeyLeft), key(tea.KeyTab)}, "red x"},
		{[]tea.KeyMsg{typed("x"), key(tea.KeyTab), typed("y")}, "xy"},
	} {
		p := New(":", "")
		p.Complete(colours)
		press(p, c.keys...)
		if p.Value() != c.want {
			t.Errorf("%v give %q, want %q", c.keys, p.Value(), c.want)
		}
	}
}

func TestTheCandidatesStandAboveTheLineAndTheOneInItIsAlwaysAmongThem(t *testing.T) {
	for _, width := range []int{80, 40, 12} {
		p := New(":", "")
		p.Complete(colours)
		for range 4 {
			press(p, key(tea.KeyTab))
			lines := []string{p.Offered(width), p.View(width)}
			if !strings.Contains(lines[0], p.Value()) || !strings.Contains(ansi.Strip(caret.Without(lines[1])), ":"+p.Value()) {
				t.Errorf("at %d: %q", width, lines)
			}
			if ansi.StringWidth(lines[0]) > width {
				t.Errorf("%q is wider than %d", lines[0], width)
			}
		}
	}
}

func TestTheArrowsGoThroughWhatWasTypedBeforeAndBackToWhatWasBegun(t *testing.T) {
	var h History
	for _, line := range []string{"one", "two", "one", "", "three"} {
		h.Keep(line)
	}
	p := New("/", "beg")
	p.Recall(&h)
	for _, want := range []struct {
		key  tea.KeyType
		line string
	}{{tea.KeyUp, "three"}, {tea.KeyUp, "one"}, {tea.KeyUp, "two"}, {tea.KeyUp, "two"}, {tea.KeyDown, "one"}, {tea.KeyDown, "three"}, {tea.KeyDown, "beg"}, {tea.KeyDown, "beg"}} {
		if press(p, key(want.key)); p.Value() != want.line {
			t.Errorf("the line is %q, want %q", p.Value(), want.line)
		}
	}
}

func TestNoLineWithWhatMayBeAKeyIsRemembered(t *testing.T) {
	var h History
	h.Keep("owner:ali")
	h.Keep("name:Zk9vX2pQ7rT4wY8uB3nM6cV1")
	p := New("/", "")
	p.Recall(&h)
	if press(p, key(tea.KeyUp)); p.Value() != "owner:ali" {
		t.Errorf("%q was remembered", p.Value())
	}
}
