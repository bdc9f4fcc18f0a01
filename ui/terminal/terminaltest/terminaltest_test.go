package terminaltest_test

import (
	"slices"
	"testing"

	"authdeck/ui/terminal/terminaltest"
)

func TestWhatIsLeftBehindIsNamed(t *testing.T) {
	for written, want := range map[string][]string{
		"":                                   nil,
		"letters\r\n\x1b[2;5H\x1b[K":         nil,
		"\x1b[?1049h\x1b[?2004h\x1b[?25l":    {"mode ?1049 was left with h", "mode ?2004 was left with h", "mode ?25 was left with l"},
		"\x1b[?1049h\x1b[?25l\x1b[?1049;25l": {"mode ?25 was left with l"},
		"\x1b[?25l\x1b[?25h\x1b[?7l\x1b[?7h": nil,
		"\x1b[4h\x1b[?7l":                    {"mode 4 was left with h", "mode ?7 was left with l"},
		"\x1b[2;9r":                          {"only the rows 2;9 scroll"},
		"\x1b[2;9r\x1b[r":                    nil,
		"\x1b[1;36mred\x1b[m\x1b[7m":         {"letters look like 7"},
		"\x1b[1;36m\x1b[0m\x1b[7;0m":         nil,
	} {
		if got := terminaltest.Left([]byte(written)); !slices.Equal(got, want) {
			t.Errorf("after %q: %q, want %q", written, got, want)
		}
	}
}
