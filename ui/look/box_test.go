package look

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
)

func TestABoxIsNotTurnedRoundByARowBehindItThatIsWrittenFromRightToLeft(t *testing.T) {
	line := across("  توکن برای علی\u200e  2026-11-30", "│2026-12-01│", 8, 12)
	if before, _, _ := strings.Cut(line, "│"); !strings.HasSuffix(strings.TrimRight(before, " "), "\u200e") {
		t.Errorf("nothing ends the row before the box begins: %q", line)
	}
	if line := across("plain row of a list", "│2026-12-01│", 8, 12); strings.Contains(line, "\u200e") {
		t.Errorf("a mark that nothing needs: %q", line)
	}
}

func TestAKeyBeginsWhereItsLineDoes(t *testing.T) {
	b := banded([]string{"The new key", "", "k-0123456789", ""}, 80, lipgloss.NewStyle(), &seat{})
	page := Behind{lines: strings.Split(strings.Repeat("behind\n", 20), "\n"), row: -1}
	var found bool
	for line := range strings.SplitSeq(b.Over(page, 80, 21), "\n") {
		if strings.Contains(line, "k-0123456789") {
			found = line == "k-0123456789"
		}
	}
	if !found {
		t.Errorf("who marks the line marks more than the key:\n%s", b.Over(page, 80, 21))
	}
}

func TestBesideABoxStandsNoScrapOfThePage(t *testing.T) {
	for width := 60; width < 140; width++ {
		b := enclosed([]string{strings.Repeat("x", 50)}, lipgloss.NewStyle(), &seat{})
		page := Behind{lines: slices.Repeat([]string{strings.Repeat("page", 40)[:width]}, 9), row: -1}
		for line := range strings.SplitSeq(b.Over(page, width, 9), "\n") {
			left, inside, covered := strings.Cut(line, "│")
			at := strings.LastIndex(inside, "│")
			if !covered || at < 0 {
				continue
			}
			for _, side := range []string{left, inside[at+len("│"):]} {
				if seen := strings.TrimSpace(side); seen != "" && len(seen) < scrap {
					t.Errorf("at %d there is %q beside the box", width, seen)
				}
			}
		}
	}
}

func TestOfAWordThatABoxCoversThereIsNoScrap(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"francoise.strauss  now active here", "franco… │......│   now active here"},
		{"one      active, used here  2026", "one     │......│            2026"},
		{"one      no  active, used here", "one     │......│"},
		{"mailbox  2026-12-24  active", "mailbox │......│     active"},
		{"mailboxe 2026-12-24  active", "mailbo… │......│     active"},
		{"sara    #100  2025-12-24  active", "sara    │......│          active"},
		{"sara  #100    2025-12-24  active", "sara    │......│          active"},
		{"one two  three  four  five  six  ", "one two │......│      five  six"},
		{"小梅    李  王王王王王王  active", "小梅    │......│          active"},
	} {
		if got := across(c.line, "│......│", 8, 8); got != c.want {
			t.Errorf("of %q there is %q, not %q", c.line, got, c.want)
		}
	}
}

func TestTheEdgeOfABoxIsNotTurnedRoundByWhatStandsInIt(t *testing.T) {
	for _, line := range enclosed([]string{"owner  علی", "owner  sara"}, lipgloss.NewStyle(), &seat{}).lines {
		text := strings.TrimRight(strings.TrimSuffix(line, "│"), " ")
		if named := strings.Contains(text, "علی"); named != strings.HasSuffix(text, "\u200e") {
			t.Errorf("before the edge stands %q", text)
		}
	}
}
