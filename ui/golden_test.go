package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"authdeck/ui/caret"
)

var update = flag.Bool("update", false, "write the golden files anew")

// looked are the sizes at which every screen is looked at: a large window, the usual
// one, a low one, and the smallest that there is a console for.
func looked() [][2]int { return [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}} }

func TestScreensLookAsTheyDid(t *testing.T) {
	for _, s := range scenes() {
		for suffix, profile := range map[string]termenv.Profile{"": termenv.Ascii, "-colour": termenv.ANSI} {
			t.Run(s.name+suffix, func(t *testing.T) {
				var b strings.Builder
				for _, size := range looked() {
					fmt.Fprintf(&b, "── %d×%d\n%s\n", size[0], size[1], s.draw(t, profile, size))
				}
				compare(t, s.name+suffix, b.String())
			})
		}
	}
}

// draw is the screen as a file shows it: escape sequences are visible, ‸ is where the
// terminal's own cursor stands, and a line ends with its last letter.
func (s scene) draw(t *testing.T, profile termenv.Profile, size [2]int) string {
	t.Helper()
	systems := []*remote{company(newClock())}
	if s.of != nil {
		systems = s.of()
	}
	systems[0].slow = 12 * time.Millisecond
	if s.set != nil {
		s.set(systems[0])
	}
	d := prepare(t, profile, systems...)
	d.begin(size[0], size[1])
	s.keys(d)
	lines := strings.Split(strings.NewReplacer(caret.Here, "‸", "\x1b", "␛").Replace(d.app.View()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wanted, lines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wanted), len(lines)) {
		if i >= len(wanted) || i >= len(lines) || wanted[i] != lines[i] {
			t.Fatalf("%s differs from line %d on; got\n%s", path, i+1, got)
		}
	}
}

// TestEveryGoldenScreenIsDrawn wants no file that nothing is held against.
func TestEveryGoldenScreenIsDrawn(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.golden"))
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for _, s := range scenes() {
		drawn[s.name], drawn[s.name+"-colour"] = true, true
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".golden"); !drawn[name] {
			t.Errorf("%s is the golden screen of no scene", file)
		}
	}
}
