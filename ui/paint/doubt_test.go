package paint

import (
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// TestWhatTablesCountDifferentlyIsInDoubt holds the table of what is in doubt against two
// that programs go by: that of runewidth, as wcwidth(3) counts, and that of displaywidth.
func TestWhatTablesCountDifferentlyIsInDoubt(t *testing.T) {
	for r := rune(' '); r <= utf8.MaxRune; r++ {
		if letter := string(r); utf8.ValidRune(r) && ansi.StringWidthWc(letter) != ansi.StringWidth(letter) && !unsure(letter) {
			t.Errorf("%U is %d columns wide for some, %d for others", r, ansi.StringWidthWc(letter), ansi.StringWidth(letter))
		}
	}
}
