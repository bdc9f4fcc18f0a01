package look

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

func TestOptionsAndCommandsStayWholeWhereATextIsBroken(t *testing.T) {
	text := "authdeck demo --read-only changes nothing; ctrl+r asks again, and docker-compose up starts it."
	for width := 16; width < 90; width++ {
		lines := Wrap(text, width)
		if joined := strings.Join(lines, " "); joined != text {
			t.Fatalf("at %d it became %q", width, joined)
		}
		for _, line := range lines {
			if ansi.StringWidth(line) > width {
				t.Errorf("at %d a line is %q", width, line)
			}
		}
	}
}

func TestAWordThatIsTooLongIsBrokenAnywhere(t *testing.T) {
	if got, want := Wrap("a 0123456789 b\n世界世界", 4), []string{"a", "0123", "4567", "89 b", "世界", "世界"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Wrap("", 9); !slices.Equal(got, []string{""}) {
		t.Errorf("nothing became %q", got)
	}
}

func TestWhatStandsAtTheRightYieldsByWholeSayings(t *testing.T) {
	for width, want := range map[int]string{
		34: "left        page 1 · 9 rows · newest", 33: "left  page 1 · 9 rows · newest", 24: "left       page 1 · 9 rows", 18: "left        page 1", 13: "left",
	} {
		got := strings.Join(strings.Fields(Between("left", "page 1\n9 rows\nnewest", width)), " ")
		if got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("at %d: %q, want %q", width, got, want)
		}
	}
}

func TestAPathStaysWholeWhereALineHasRoomForItAndElseBreaksBehindASlash(t *testing.T) {
	path := "/home/op/.config/authdeck/keys/shop-100-20260301T120000Z.key"
	for _, c := range []struct {
		width, room int
		want        []string
	}{
		{70, 70, []string{"written to", path}},
		{40, 70, []string{"written to", path}},
		{40, 40, []string{"written to", "/home/op/.config/authdeck/keys/", "shop-100-20260301T120000Z.key"}},
		{20, 20, []string{"written to", "/home/op/.config/", "authdeck/keys/", "shop-100-20260301T12", "0000Z.key"}},
	} {
		if got := WrapWithin("written to "+path, c.width, c.room); !slices.Equal(got, c.want) {
			t.Errorf("in %d columns of %d: %q", c.width, c.room, got)
		}
	}
}

func TestAPathThatIsCutOffHasNoBlankInIt(t *testing.T) {
	said := "Made by op, in /home/op/.local/state/authdeck/plans/20260301T120000Z-delete.json, and more."
	for width, want := range map[int][]string{
		100: {said},
		40:  {"Made by op, in", "/home/op/.local/state/authdeck/plans/20…"},
		30:  {"Made by op, in", "/home/op/.local/state/authdec…"},
	} {
		if got := Block(lipgloss.NewStyle(), said, width, 2); !slices.Equal(got, want) {
			t.Errorf("in %d columns: %q", width, got)
		}
	}
	if got := Block(lipgloss.NewStyle(), said, 40, 3); got[2] != "20260301T120000Z-delete.json, and more." || got[1] != "/home/op/.local/state/authdeck/plans/" {
		t.Errorf("in three lines: %q", got)
	}
}

func TestWhatHasNoRoomIsSaidShorterAndNotCut(t *testing.T) {
	for room, want := range map[int]string{20: "page 10 of 18", 13: "page 10 of 18", 12: "10 of 18", 3: "10 of 18"} {
		if got := Longest(room, "page 10 of 18", "10 of 18"); got != want {
			t.Errorf("in %d columns: %q", room, got)
		}
	}
}
