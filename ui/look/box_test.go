package look

import (
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
)

func TestABoxIsNotTurnedRoundByARowBehindItThatIsWrittenFromRightToLeft(t *testing.T) {
	line := across("  توکن برای علی\u200e  2026-11-30", "│2026-12-01│", 8, 12)
	if before, _, _ := strings.Cut(line, "│"); !strings.HasSuffix(before, "\u200e") {
		t.Errorf("nothing ends the row before the box begins: %q", line)
	}
	if line := across("plain row of a list", "│2026-12-01│", 8, 12); strings.Contains(line, "\u200e") {
		t.Errorf("a mark that nothing needs: %q", line)
	}
}

func TestAKeyBeginsWhereItsLineDoes(t *testing.T) {
	b := enclosed([]string{"The new key", "", "k-0123456789", ""}, 2, lipgloss.NewStyle(), &seat{})
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
