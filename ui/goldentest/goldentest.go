// Package goldentest holds screens against the files that say how they looked when
// somebody read them last. It knows neither what is on a screen nor who draws it.
package goldentest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"authdeck/ui/caret"
)

// Sizes are those at which every screen is looked at: a large window, the usual one, a
// low one, and the smallest that there is a console for.
func Sizes() [][2]int { return [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}} }

// Held is whether the files are the measure, or are to be written anew.
type Held int

// What becomes of a screen that is not as it was.
const (
	Compared Held = iota
	Written
)

// Look holds a screen at every size, without colours and with them, against the files
// testdata/NAME.golden and testdata/NAME-colour.golden.
func Look(t *testing.T, name string, held Held, draw func(t *testing.T, profile termenv.Profile, width, height int) string) {
	t.Helper()
	for suffix, profile := range map[string]termenv.Profile{"": termenv.Ascii, "-colour": termenv.ANSI} {
		t.Run(name+suffix, func(t *testing.T) {
			var b strings.Builder
			for _, size := range Sizes() {
				fmt.Fprintf(&b, "── %d×%d\n%s\n", size[0], size[1], legible(draw(t, profile, size[0], size[1])))
			}
			compare(t, filepath.Join("testdata", name+suffix+".golden"), held, b.String())
		})
	}
}

// legible is a view as a file shows it: escape sequences are visible, ‸ is where the
// terminal's own cursor stands, and a line ends with its last letter.
func legible(view string) string {
	lines := strings.Split(strings.NewReplacer(caret.Here, "‸", "\x1b", "␛").Replace(view), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func compare(t *testing.T, path string, held Held, got string) {
	t.Helper()
	if held == Written {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path) //nolint:gosec // a file of the test
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

// NoOther wants no golden file in testdata but those of the names.
func NoOther(t *testing.T, names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.golden"))
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for _, name := range names {
		drawn[name], drawn[name+"-colour"] = true, true
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".golden"); !drawn[name] {
			t.Errorf("%s is the golden screen of no scene", file)
		}
	}
}
